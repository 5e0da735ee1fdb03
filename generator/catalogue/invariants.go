package catalogue

import "slices"

// Invariant is something that two artefacts must agree on for a span to arrive.
type Invariant struct {
	Number int
	Doc    string   // what must agree, in one sentence without its full stop
	Tests  []string // those which show over the bytes that the output keeps it
}

// Codes gives the checks that hold it, where the user has a choice: those whose
// explanations say so.
func (i Invariant) Codes(all []Entry) []string {
	var out []string
	for _, e := range all {
		if slices.Contains(e.Invariants, i.Number) {
			out = append(out, e.Code)
		}
	}
	return out
}

// Invariants has them all, by number: what people who wire this stack by hand
// break, with everything green and no traces.
var Invariants = []Invariant{
	{
		Number: 1,
		Doc:    "an exporter's host is the Service of the backend, under the name that its release, its chart and its namespace give it",
		Tests:  []string{"TestAgreement", "TestDisagreement", "TestServicesOfEveryRelease", "TestFullname"},
	},
	{
		Number: 2,
		Doc:    "an exporter's port is one that a receiver of the backend listens on, in the pinned chart version",
		Tests:  []string{"TestAgreement", "TestDisagreement", "TestReceiversByValues"},
	},
	{
		Number: 3,
		Doc:    "an exporter speaks the protocol, and asks for the path, of the receiver behind that port",
		Tests:  []string{"TestAgreement", "TestDisagreement", "TestAppFiles"},
	},
	{
		Number: 4,
		Doc:    "TLS, scheme and form of an address are what the program at each end wants",
		Tests:  []string{"TestDisagreement", "TestExportByTLS"},
	},
	{
		Number: 5,
		Doc:    "the bucket that Tempo writes to is the bucket that is made, and the one that the policy names",
		Tests:  []string{"TestAgreement", "TestDisagreement"},
	},
	{
		Number: 6,
		Doc:    "the key that Tempo uses belongs to the user that the policy is attached to, and the policy allows what Tempo does",
		Tests:  []string{"TestDisagreement", "TestScripts"},
	},
	{
		Number: 7,
		Doc:    "whoever uses the store states the same region as the store itself",
		Tests:  []string{"TestDisagreement", "TestValues"},
	},
	{
		Number: 8,
		Doc:    "the Secret, its keys and the environment variables have the same names in every component that reads the store, and each expands them",
		Tests:  []string{"TestDisagreement", "TestValues"},
	},
	{
		Number: 9,
		Doc:    "a Grafana datasource points to the Service and port that serve queries in the pinned chart version",
		Tests:  []string{"TestDisagreement", "TestServicesOfEveryRelease"},
	},
	{
		Number: 10,
		Doc:    "every uid that a datasource or a dashboard refers to belongs to a datasource",
		Tests:  []string{"TestDisagreement", "TestShippedDashboards"},
	},
	{
		Number: 11,
		Doc:    "the expression that finds a trace ID in a log line fits what the log pipeline writes",
		Tests:  []string{"TestDisagreement", "TestLogTraceFieldFollowsTraefik"},
	},
	{
		Number: 12,
		Doc:    "the ingress writes its access log, as JSON, and keeps the trace ID in it",
		Tests:  []string{"TestDisagreement", "TestFlags"},
	},
	{
		Number: 13,
		Doc:    "every hop understands one propagation format",
		Tests:  []string{"TestDisagreement", "TestAppFiles"},
	},
	{
		Number: 14,
		Doc:    "sampling is decided once, at the root, at a rate that the chart can state",
		Tests:  []string{"TestDisagreement", "TestFlags"},
	},
	{
		Number: 15,
		Doc:    "a collector's pipeline is closed: each part of it is defined, and its Service exposes what it receives on",
		Tests:  []string{"TestDisagreement", "TestAlloyConfig"},
	},
	{
		Number: 16,
		Doc:    "the mesh knows the identity of the backend that its proxies export to, and that backend is meshed",
		Tests:  []string{"TestDisagreement", "TestMeshFiles"},
	},
	{
		Number: 17,
		Doc:    "the names in a query are the names that the applications and their logs have",
		Tests:  []string{"TestDisagreement", "TestShippedDashboards"},
	},
	{
		Number: 18,
		Doc:    "a host, an ingress class and an entry point are the same wherever they are named",
		Tests:  []string{"TestDisagreement", "TestAppFiles"},
	},
	{
		Number: 19,
		Doc:    "what the metrics generator writes to exists and receives, and its processors are those that somebody reads",
		Tests:  []string{"TestDisagreement", "TestProcessorsFollowTempo"},
	},
	{
		Number: 20,
		Doc:    "a dollar sign is escaped for each layer that it passes, and for no other",
		Tests:  []string{"TestTextsArrive", "TestHostileTextsArrive", "TestNobodyEscapesByHand", "TestDollars"},
	},
	{
		Number: 21,
		Doc:    "every variable in a Flux tree is defined for it, and nothing else looks like a variable",
		Tests:  []string{"TestComments", "TestNotes", "TestDollars"},
	},
	{
		Number: 22,
		Doc:    "a component waits for what it needs in order to start, and for nothing else",
		Tests:  []string{"TestDisagreement", "TestFluxFiles"},
	},
	{
		Number: 23,
		Doc:    "there are at least as many ingesters as hold each trace",
		Tests:  []string{"TestDisagreement"},
	},
	{
		Number: 24,
		Doc:    "a receiver is one that the pinned Tempo has, and it listens on an address that others reach",
		Tests:  []string{"TestReceivers", "TestEveryVersion"},
	},
	{
		Number: 25,
		Doc:    "the mode and the parts of Tempo are ones that the pinned chart version has",
		Tests:  []string{"TestEveryVersion", "TestRendered"},
	},
	{
		Number: 26,
		Doc:    "on kind, the ports of the ingress are those that the cluster maps to the host",
		Tests:  []string{"TestDisagreement", "TestKindFiles"},
	},
	{
		Number: 27,
		Doc:    "traces are kept as long as the logs that link to them",
		Tests:  []string{"TestDisagreement"},
	},
	{
		Number: 28,
		Doc:    "Minio's names and keys are as long as Minio wants them",
		Tests:  []string{"TestScripts"},
	},
	{
		Number: 29,
		Doc:    "every key of the values exists in the pinned version of the chart",
		Tests:  []string{"TestEveryVersion", "TestReadsWhateverIsWritten"},
	},
	{
		Number: 30,
		Doc:    "Traefik's tracing flags agree: one exporter, and an address in the form of its protocol",
		Tests:  []string{"TestDisagreement", "TestFlags", "TestExportByTLS"},
	},
	{
		Number: 31,
		Doc:    "what aggregates over spans sees all of them: it runs once, or behind what routes by trace ID",
		Tests:  []string{"TestDisagreement"},
	},
	{
		Number: 32,
		Doc:    "with Linkerd the collector is meshed under the identity that the proxies expect, and ports outside the mesh are skipped",
		Tests:  []string{"TestDisagreement", "TestMeshFiles"},
	},
	{
		Number: 33,
		Doc:    "a service map has a metrics generator, a target that it can write to, and that target as a datasource",
		Tests:  []string{"TestDisagreement"},
	},
	{
		Number: 34,
		Doc:    "datasources that lead to each other form a closed graph, and what they query by exists",
		Tests:  []string{"TestDisagreement", "TestGrafanaFiles"},
	},
	{
		Number: 35,
		Doc:    "retention of traces, bucket and logs, and the storage that they need, fit each other",
		Tests:  []string{"TestDisagreement"},
	},
	{
		Number: 36,
		Doc:    "the sum of what is requested fits on the nodes",
	},
	{
		Number: 37,
		Doc:    "no secret is in the output, and every Secret that is referred to has somebody who makes it",
		Tests:  []string{"TestDisagreement"},
	},
	{
		Number: 38,
		Doc:    "a chart comes from the repository that holds the pinned version",
		Tests:  []string{"TestDisagreement", "TestRepositories"},
	},
	{
		Number: 39,
		Doc:    "no generated file holds a dollar sign that a later layer would eat",
		Tests:  []string{"TestTextsArrive", "TestComments", "TestNotes", "TestDollars"},
	},
	{
		Number: 40,
		Doc:    "no value is one that the chart drops, or reads under another name",
		Tests:  []string{"TestEveryVersion", "TestFlags"},
	},
}
