package catalogue

// Invariant is something that two artefacts must agree on for a span to arrive.
type Invariant struct {
	Number int
	Doc    string   // what must agree, in one sentence without its full stop
	Codes  []string // the checks that hold it, where the user has a choice
	Tests  []string // the tests which show that the output cannot break it
}

// Invariants has them all, by number: what people who wire this stack by hand
// break, with everything green and no traces.
var Invariants = []Invariant{
	{
		Number: 1,
		Doc:    "an exporter's host is the Service of the backend, under the name that its release, its chart and its namespace give it",
	},
	{
		Number: 2,
		Doc:    "an exporter's port is one that a receiver of the backend listens on, in the pinned chart version",
	},
	{
		Number: 3,
		Doc:    "an exporter speaks the protocol, and asks for the path, of the receiver behind that port",
	},
	{
		Number: 4,
		Doc:    "TLS, scheme and form of an address are what the program at each end wants",
	},
	{
		Number: 5,
		Doc:    "the bucket that Tempo writes to is the bucket that is made, and the one that the policy names",
	},
	{
		Number: 6,
		Doc:    "the key that Tempo uses belongs to the user that the policy is attached to, and the policy allows what Tempo does",
	},
	{
		Number: 7,
		Doc:    "whoever uses the store states the same region as the store itself",
	},
	{
		Number: 8,
		Doc:    "the Secret, its keys and the environment variables have the same names in every component that reads the store, and each expands them",
	},
	{
		Number: 9,
		Doc:    "a Grafana datasource points to the Service and port that serve queries in the pinned chart version",
	},
	{
		Number: 10,
		Doc:    "every uid that a datasource or a dashboard refers to belongs to a datasource",
	},
	{
		Number: 11,
		Doc:    "the expression that finds a trace ID in a log line fits what the log pipeline writes",
	},
	{
		Number: 12,
		Doc:    "the ingress writes its access log, as JSON, and keeps the trace ID in it",
	},
	{
		Number: 13,
		Doc:    "every hop understands one propagation format",
	},
	{
		Number: 14,
		Doc:    "sampling is decided once, at the root, at a rate that the chart can state",
	},
	{
		Number: 15,
		Doc:    "a collector's pipeline is closed: each part of it is defined, and its Service exposes what it receives on",
	},
	{
		Number: 16,
		Doc:    "the mesh knows the identity of the backend that its proxies export to, and that backend is meshed",
	},
	{
		Number: 17,
		Doc:    "the names in a query are the names that the applications and their logs have",
	},
	{
		Number: 18,
		Doc:    "a host, an ingress class and an entry point are the same wherever they are named",
	},
	{
		Number: 19,
		Doc:    "what the metrics generator writes to exists and receives, and its processors are those that somebody reads",
	},
	{
		Number: 20,
		Doc:    "a dollar sign is escaped for each layer that it passes, and for no other",
	},
	{
		Number: 21,
		Doc:    "every variable in a Flux tree is defined for it, and nothing else looks like a variable",
	},
	{
		Number: 22,
		Doc:    "a component waits for what it needs in order to start, and for nothing else",
	},
	{
		Number: 23,
		Doc:    "there are at least as many ingesters as hold each trace",
	},
	{
		Number: 24,
		Doc:    "a receiver is one that the pinned Tempo has, and it listens on an address that others reach",
	},
	{
		Number: 25,
		Doc:    "the mode and the parts of Tempo are ones that the pinned chart version has",
	},
	{
		Number: 26,
		Doc:    "on kind, the ports of the ingress are those that the cluster maps to the host",
	},
	{
		Number: 27,
		Doc:    "traces are kept as long as the logs that link to them",
	},
	{
		Number: 28,
		Doc:    "Minio's names and keys are as long as Minio wants them",
	},
	{
		Number: 29,
		Doc:    "every key of the values exists in the pinned version of the chart",
	},
	{
		Number: 30,
		Doc:    "Traefik's tracing flags agree: one exporter, and an address in the form of its protocol",
	},
	{
		Number: 31,
		Doc:    "what aggregates over spans sees all of them: it runs once, or behind what routes by trace ID",
	},
	{
		Number: 32,
		Doc:    "with Linkerd the collector is meshed under the identity that the proxies expect, and ports outside the mesh are skipped",
	},
	{
		Number: 33,
		Doc:    "a service map has a metrics generator, a target that it can write to, and that target as a datasource",
	},
	{
		Number: 34,
		Doc:    "datasources that lead to each other form a closed graph, and what they query by exists",
	},
	{
		Number: 35,
		Doc:    "retention of traces, bucket and logs, and the storage that they need, fit each other",
	},
	{
		Number: 36,
		Doc:    "the sum of what is requested fits on the nodes",
	},
	{
		Number: 37,
		Doc:    "no secret is in the output, and every Secret that is referred to has somebody who makes it",
	},
	{
		Number: 38,
		Doc:    "a chart comes from the repository that holds the pinned version",
	},
	{
		Number: 39,
		Doc:    "no generated file holds a dollar sign that a later layer would eat",
	},
	{
		Number: 40,
		Doc:    "no value is one that the chart drops, or reads under another name",
	},
}
