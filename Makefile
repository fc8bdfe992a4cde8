# Two commands are all the set-up there is: make run, make test.
# They need Python 3.11 or newer and make; everything else comes from the hashed lock files.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.complete
MAIN := $(BIN)/python main.py
PYTEST := $(BIN)/python -m pytest

# What goes to main.py or pytest as well:  make talk ARGS="--lang he"
ARGS ?=
# Test processes at once; "auto" is one a core.
WORKERS ?= auto

# The steps of `make check`; to add one, write its target and name it here. The catalogues are
# read by check-content, and what is generated from them by check-docs.
CHECKS := check-format check-lint check-types check-contracts check-content check-docs check-proof

# Steps run two at a time. Their output stays apart where make can do that (not the make of macOS).
TOGETHER := --no-print-directory -j2 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

.DEFAULT_GOAL := help
.PHONY: help run talk test test-flows test-rest check $(CHECKS) fix docs texts lock long bench clean $(VENV)

help:
	@echo "make run      start Vigil; with nothing configured, a demonstration in this terminal"
	@echo "make talk     the family's conversation in this terminal; in Hebrew: ARGS='--lang he'"
	@echo "make test     every check and every test"
	@echo "make check    format, lint, types, import contracts, content, generated docs, catalogues"
	@echo "make fix      put the format and simple lint right"
	@echo "make docs     write the generated documentation again"
	@echo "make texts    bring the catalogues up to the texts in code and content"
	@echo "make long     the tests that are too slow for every change"
	@echo "make bench    measurements"
	@echo "make lock     write the lock files again after an edit of requirements*.in; needs uv"
	@echo "make clean    remove the virtual environment and every cache"

run: $(STAMP)
	@$(MAIN) run $(ARGS)

talk: $(STAMP)
	@$(MAIN) talk $(ARGS)

# --- The environment ---------------------------------------------------------------------------
# The stamp is made last: a build that was interrupted has none and is begun again.

$(VENV): $(STAMP)

$(STAMP): requirements.lock requirements-dev.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Vigil needs Python 3.11 or newer; say which one: PYTHON=python3.12 make ..." >&2; exit 1; }
	@echo "Making $(VENV) from requirements-dev.lock"
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $(STAMP)

# The dev lock holds the runtime lock too, so one environment serves all. The order matters:
# the second reads the first, which keeps every version the same in both.
COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

lock:
	@$(COMPILE) requirements.in -o requirements.lock
	@$(COMPILE) requirements-dev.in -c requirements.lock -o requirements-dev.lock

# --- Checks and tests --------------------------------------------------------------------------

check: $(STAMP)
	@$(MAKE) $(TOGETHER) $(CHECKS)

check-format: $(STAMP)
	@$(BIN)/ruff format --check --quiet . || { echo "not formatted: make fix" >&2; exit 1; }

check-lint: $(STAMP)
	@$(BIN)/ruff check --quiet .

check-types: $(STAMP)
	@$(BIN)/mypy

check-contracts: $(STAMP)
	@$(BIN)/lint-imports --no-logo

check-content: $(STAMP)
	@$(MAIN) check

check-docs: $(STAMP)
	@$(MAIN) docs --check

# The content, judged by the product and by a second reader of the table that shares no code with it.
check-proof: $(STAMP)
	@$(PYTEST) tests/proof -q -n 2

# The flows are measured alone: what covers them must be their own unit tests.
test: check test-flows test-rest

test-flows: $(STAMP)
	@$(PYTEST) tests/flows -n $(WORKERS) --cov=flows --cov-report=term-missing:skip-covered --cov-fail-under=100 $(ARGS)

test-rest: $(STAMP)
	@$(PYTEST) tests --ignore=tests/flows --ignore=tests/proof -n $(WORKERS) $(ARGS)

long: $(STAMP)
	@$(PYTEST) tests -m long -n $(WORKERS) --hypothesis-profile=default $(ARGS)

fix: $(STAMP)
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

docs: $(STAMP)
	@$(MAIN) docs

# A text is named in the code by text("..."). No fuzzy guesses: a half-right medical text is wrong.
texts: $(STAMP)
	@$(MAIN) texts

bench: $(STAMP)
	@$(PYTEST) tests -m bench -s $(ARGS)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage .coverage.* htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
