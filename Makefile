# `make demo` builds Bayplan and compiles the guide's workspace; `make test` runs every test. Both install what they need.

SHELL := /bin/bash
DEMO := demo

.PHONY: build demo test coverage mutants lint format regenerate new-rule docs clean

build: ## the static executable, in .build/release/bayplan
	@.ci/install build
	swift build -c release --product bayplan

demo: build ## compiles manifests/zixly into demo/ and shows what was emitted
	@.ci/demo $(DEMO)

test: ## everything: unit tests, and the emitted files against the real tools
	@.ci/install test
	@.ci/test

coverage: ## the lines that the Swift tests reach, by module; in .build-coverage
	@.ci/install test
	@.ci/coverage

mutants: ## what no Swift test would notice, in .build-mutation: make mutants MUTANTS='--sample 300', or --modules Rules, or all
	@.ci/install test
	nice Tests/Tools/Mutation/mutate.py $(MUTANTS)

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

format:
	swift format --in-place --recursive Package.swift Sources Tests

regenerate: ## the generated files that are kept in the repository
	@.ci/install docs
	swift build
	.ci/regenerate

new-rule: ## begins a rule: make new-rule CODE=BP518 NAME=terminal-kept
	@.ci/new-rule "$(CODE)" "$(NAME)"

docs: ## the documentation as a site, in .build/site: open index.html, no server is needed
	@.ci/install docs
	@[ -x .build/release/bayplan ] || [ -x .build/debug/bayplan ] || swift build --product bayplan
	@.ci/site/build

clean:
	Tests/Tools/Engine/engine stop
	rm -rf .build .build-coverage .build-mutation $(DEMO)
