# Targets say what they do: `make help`.
GO      ?= go
FUZZTIME ?= 30s
CORPUS   = $(abspath $(or $(PLUMB_CORPUS),../shared/corpus))
LINTER  := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

# The packages whose tests open pages.
PAGES    = ./apidocs/site ./integration/catalog/view ./lifecycle/view ./parity/view ./perf/view ./report ./snapshot/view

.DEFAULT_GOAL := all
.PHONY: agreement agreement-redocly evidence all help build test race lint golangci demo generate golden fuzz bench bench-edits bench-load bench-k6 bench-hook pages bench-pages bench-peers axe cover ci

all: test lint ## Test and lint

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

build: ## Build ./plumb
	$(GO) build -o plumb ./cmd/plumb

test: ## Run every test
	$(GO) test ./...

race: ## Run every test under the race detector, in random order
	$(GO) test -race -shuffle=on ./...

lint: ## gofmt, go vet and golangci-lint
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo 'run: gofmt -w .'; exit 1; }
	$(GO) vet ./...
	@$(MAKE) --no-print-directory golangci

golangci: ## golangci-lint, built at the pinned version where it is missing
	@test -x .tmp/bin/golangci-lint || GOBIN=$(CURDIR)/.tmp/bin $(GO) install $(LINTER)
	.tmp/bin/golangci-lint run

demo: ## What the README shows first: run a product with flaws, and find all of them
	$(GO) run ./cmd/plumb demo

generate: ## Write rule pages, CLI reference, config schema, API text and mocks anew
	$(GO) generate ./...

golden: ## Write the golden files anew
	$(GO) test ./... -update

fuzz: ## Run each fuzz target for FUZZTIME (default 30s)
	@$(GO) list ./... | while read -r pkg; do \
		for target in $$($(GO) test -list '^Fuzz' "$$pkg" | grep '^Fuzz'); do \
			echo "$$pkg $$target"; \
			$(GO) test "$$pkg" -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x || exit 1; \
		done; \
	done

bench: build ## Print the table of speeds against floors and peers
	$(GO) run ./internal/benchtable

bench-edits: ## Print what a lint after an edit takes, beside one of the whole, on GitHub's description in JSON and YAML; needs PLUMB_CORPUS
	PLUMB_CORPUS=$(CORPUS) $(GO) test ./lint -run '^$$' -bench Relint -benchtime 20x

bench-load: ## Print what the load generator costs beside vegeta's own, and k6 where it is installed
	$(GO) build -o .tmp/benchload ./internal/benchload && .tmp/benchload

bench-k6: ## Install the k6 that bench-load measures too
	GOBIN=$(CURDIR)/.tmp/bin $(GO) install go.k6.io/k6@v1.8.1

bench-hook: build ## Print what webhook/hook does with GitHub's payloads, beside go-github in one run; needs PLUMB_CORPUS
	mkdir -p .tmp/peer && cp webhook/hook/testdata/peer/* .tmp/peer/
	./plumb webhooks generate --quiet --provider github --package github --output .tmp/peer/github $(CORPUS)/github/webhooks/openapi-webhooks.api.github.com.json
	cd .tmp/peer && $(GO) mod edit -replace github.com/plumbapi/plumb=$(CURDIR) && PLUMB_CORPUS=$(CORPUS) $(GO) test -mod=mod -v -run 'RoundTrip|Mutations' -bench .

pages: ## Run the tests that open pages in Chromium
	PLUMB_PAGES=1 $(GO) test $(PAGES)

bench-pages: ## Print how long a page of the reference takes in Chromium until it can be used
	PLUMB_PAGES=1 $(GO) test ./apidocs/site -run '^$$' -bench Interactive -benchtime 20x

bench-peers: ## Install the peers that bench measures against, from npm
	npm install --prefix .tmp/peers --no-audit --no-fund @redocly/cli@2.77.0

agreement: build ## Compare plumb with Spectral over public rulesets, which it installs from npm (ARGS='--verbose --ruleset NAME')
	$(GO) run ./internal/agreement $(ARGS)

agreement-redocly: build ## Compare plumb with Redocly CLI, which it installs from npm, over its rulesets and configurable rules
	$(GO) run ./internal/agreement --with redocly $(ARGS)

axe: ## Install the accessibility checker that tests of pages use, from npm
	npm install --prefix .tmp/axe --no-audit --no-fund axe-core@4.14.1

evidence: ## Measure the integrations for their catalog (NAME="slack jira" for some) and write integration/*/evidence.json; needs chromium and make axe
	$(GO) run ./internal/evidence $(NAME)

cover: ## Show test coverage by function
	$(GO) test -coverprofile=.tmp/cover.out ./... && $(GO) tool cover -func=.tmp/cover.out | tail -n 40

ci: ## What continuous integration runs
	.ci/run
