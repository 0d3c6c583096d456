# Each target sets up what it needs; a second run starts at once. `make help` lists them.

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TESTED := $(VENV)/.tested
SOURCES := $(wildcard $(shell git ls-files -co --exclude-standard 2>/dev/null))

Q ?= Sóc Trăng kết nạp bao nhiêu đảng viên?
export Q

.DEFAULT_GOAL := help
.PHONY: help setup ask chat test test-cluster check format wheel clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

setup: $(READY) ## Make .venv with everything in it, at pinned versions

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Setting up $(VENV), once; this takes a minute or two"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt hatchling editables
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt --no-build-isolation -e '.[dev]'
	@touch $@

ask: $(READY) ## Ask the sample corpus one question: make ask Q="…"
	@$(BIN)/hoidap ask "$$Q"

chat: $(READY) ## Chat with the sample corpus
	@$(BIN)/hoidap chat

test: $(READY) ## Run the tests, the quality gate among them
	@$(BIN)/python -m pytest -n auto --dist loadfile --ignore tests/cluster
	@touch $(TESTED)
	@echo "Left out: the tests against a cluster of three OpenSearch nodes; make test-cluster runs them (Java 21, Maven)."

test-cluster: $(READY) ## Run the tests against a cluster of three nodes; needs Java 21 or later, and Maven
	@$(BIN)/python -m pytest tests/cluster --durations 5

$(TESTED): $(SOURCES) | $(READY)
	@$(MAKE) --no-print-directory test

check: $(READY) $(TESTED) ## Format, lint, types, import contracts, and the tests unless nothing changed since they passed
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(READY) ## Put the code into shape
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

wheel: $(READY) ## Build the wheel and the source archive into dist/
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt build
	@$(BIN)/python -m build --no-isolation

clean: ## Remove .venv and everything built
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
