# Sets up everything in .venv and runs it from there; `make` alone lists the words.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

PYTHON ?= python3
PYTEST_ARGS ?= -n 2
SCALE ?= 1
ONLY ?=
ARTICLES ?= 100000
KEEP ?=
ENGINE ?= docker

BIN := .venv/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check
UV := .venv-lock/bin/uv --quiet --no-progress
EXPORT := $(UV) export --frozen --format requirements-txt --no-emit-project --no-header
ARCHITECTURE := tests/test_architecture.py tests/test_lock.py

.PHONY: help
help:
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z]+:.*## / { printf "  make %-9s%s\n", $$1, $$2 }' Makefile

##@ Run

.PHONY: demo serve migrate
demo: .venv/.runtime ## a sample newspaper on http://127.0.0.1:8000
	@$(BIN)/broadsheet demo

serve: .venv/.runtime ## your own newspaper; settings from BROADSHEET_… variables
	@$(BIN)/broadsheet serve

migrate: .venv/.runtime ## bring the database's tables up to date
	@$(BIN)/broadsheet migrate

##@ Change

.PHONY: check lint types layers test prove bench openapi format
check: lint types layers ## everything that is judged without running the server
	@echo "check: nothing to object"

lint: .venv/.installed ## ruff, rules and layout
	@echo "lint: ruff"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet --diff .

types: .venv/.installed ## mypy, strict
	@echo "types: mypy"
	@$(BIN)/mypy

layers: .venv/.installed ## who may import whom, and whether the locks fit pyproject.toml
	@echo "layers: import-linter, architecture, locks"
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/pytest --quiet $(ARCHITECTURE)

test: .venv/.installed ## the suite on SQLite and PostgreSQL; PYTEST_ARGS="-n 2"
	@$(BIN)/pytest $(PYTEST_ARGS)

prove: .venv/.installed ## the long forms; their figures go to docs/promises.md. SCALE=0.1 ONLY=kill
	@$(BIN)/python -m tests.prove --scale "$(SCALE)" --only "$(ONLY)"

bench: .venv/.installed ## ratios against a reference, into docs/performance.md. SCALE=0.1 ARTICLES=2000 ONLY=F1
	@$(BIN)/python -m bench --scale "$(SCALE)" --articles "$(ARTICLES)" --only "$(ONLY)" \
	  $(if $(KEEP),--keep "$(KEEP)")

# First the examples, since the documents hold them.
openapi: .venv/.installed ## renew the examples and the committed API documents
	@$(BIN)/python -W ignore -m tests.contract.examples > app/examples.json.new
	@mv app/examples.json.new app/examples.json
	@mkdir -p tests/contract/snapshots
	@$(BIN)/broadsheet openapi > tests/contract/snapshots/openapi.json
	@$(BIN)/broadsheet openapi --manage > tests/contract/snapshots/manage-openapi.json
	@git diff --stat -- app/examples.json tests/contract/snapshots

format: .venv/.installed ## let ruff lay out the code
	@$(BIN)/ruff format .

##@ Ship

.PHONY: lock docker clean
lock: .venv-lock/bin/uv ## resolve the newest allowed versions into the locks (network)
	@$(UV) lock --upgrade
	@$(EXPORT) --all-extras --all-groups --output-file requirements.lock >/dev/null
	@$(EXPORT) --all-extras --no-default-groups --output-file requirements-runtime.lock >/dev/null
	@$(EXPORT) --only-group build --output-file requirements-build.lock >/dev/null
	@grep -c '==' requirements.lock requirements-runtime.lock requirements-build.lock

docker: ## the image broadsheet:latest; ENGINE=docker
	$(ENGINE) build --tag broadsheet .

clean: ## remove environments, caches and reports, but no newspaper's database
	@rm -rf .venv .venv-lock .mypy_cache .ruff_cache .pytest_cache .import_linter_cache \
	  .hypothesis .coverage .coverage.* htmlcov dist

# Two steps, so that `make demo` need not wait for the tools of `make test`. Every
# file is checked against its hash, and the project itself is linked, not fetched.
.venv/.runtime: requirements-runtime.lock requirements-build.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Broadsheet needs Python 3.11 or newer and '$(PYTHON)' is not that." >&2; \
	  echo "Name another one: make PYTHON=python3.13 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Installing Broadsheet into .venv"
	@$(PYTHON) -m venv .venv
	@$(PIP) install --require-hashes --no-deps -r requirements-runtime.lock -r requirements-build.lock
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

.venv/.installed: .venv/.runtime requirements.lock
	@echo "Installing the tools for tests and checks into .venv"
	@$(PIP) install --require-hashes --no-deps -r requirements.lock
	@touch $@

.venv-lock/bin/uv:
	@$(PYTHON) -m venv .venv-lock
	@.venv-lock/bin/pip --quiet --disable-pip-version-check install uv
