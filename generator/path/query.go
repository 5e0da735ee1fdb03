package path

func (f *follower) query() {}
func (f *follower) metrics() {}
func (f *follower) logs() {}
