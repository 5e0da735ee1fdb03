package path

func Mermaid(p *Path) string { return "" }
