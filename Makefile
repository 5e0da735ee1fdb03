# The names of what people run; the commands are plain go commands.

.PHONY: build test update generate check kustomize policy sarif bench keys fuzz

build:
	go build -o bin/ ./cmd/tracegen

test:
	go test ./...

# Accepts what the compiler makes now: goldens, and out/. Look at the diff.
update:
	TRACEGEN_UPDATE=1 go test ./...
	go run ./cmd/tracegen build

# The types from schema/, the chart table from schema/charts/.
generate:
	go generate ./...

# Everything that CI checks.
check:
	.ci/run

# Real Kustomize, Flux's substitution and Alloy's parser read the trees.
kustomize:
	cd test/kustomize && go test -count=1 ./...

# What --format sarif prints, against the schema of OASIS.
sarif:
	cd test/sarif && go test -count=1 ./...

# Minio's own library judges what generator/policy makes of S3 policies.
policy:
	cd test/policy && go test -count=1 ./...

# tracegen beside its peers, in CPU; fails where a limit is passed. Then what the
# value keys cost at a build of the two shipped profiles.
bench:
	cd bench && go run .
	go test ./generator -run '^$$' -bench ValueKeys -benchmem

# The value keys that tracegen brings, from real charts: CHARTS are directories of
# charts, with their subcharts in charts/. What is known of others stays.
keys:
	go run ./generator/chart/keys/gen -o generator/chart/keys/known $(CHARTS)

# Each fuzz target for a while; what it finds, it leaves in testdata/fuzz.
FUZZTIME = 30s
fuzz:
	@grep -rl --include='*_test.go' '^func Fuzz' generator cmd internal | while read -r f; do \
		for name in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\).*/\1/p' "$$f"); do \
			echo "== $$name in $$(dirname "$$f")"; \
			go test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) -parallel 2 "./$$(dirname "$$f")" || exit 1; \
		done; \
	done
