# Needs Python 3.11 or newer, git and make; everything else is put into .venv on first use,
# and again whenever pyproject.toml or constraints.txt has changed.

VENV := .venv
BIN := $(VENV)/bin
RUNNABLE := $(VENV)/.runnable
STAMP := $(VENV)/.installed
FUZZER := $(VENV)/.fuzzer
ARGS ?=
ROUNDS ?= 300
ENGINE ?= both
RUNS ?= 200000
EXAMPLES ?= 1500
SECONDS ?= 60
COUNT ?= 400
SEED ?=
REACHED := .reports/reached.json
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $(name))))

.PHONY: help run test check bench coverage mutants faults typing fuzz snapshots docs release clean
.DEFAULT_GOAL := help

# Half of what a test of the console takes is waiting: two cores have work for more than two.
test: WORKERS ?= 8
coverage: WORKERS ?= 4
mutants: WORKERS ?= 2
# Hands rest most of the time.
typing: WORKERS ?= 12

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name text; do \
		printf '  make %-10s %s\n' "$$name" "$$text"; done

run: $(RUNNABLE) ## open the console (ARGS="demo" and the like are passed on)
	@exec $(BIN)/incident-tui $(ARGS)

# What an unused picture is, a test of its own says: in several processes none of them could know.
test: $(STAMP) ## run every test (ARGS="-k words" chooses)
	$(BIN)/python -m pytest -n $(WORKERS) --dist=loadgroup --snapshot-warn-unused $(ARGS)

check: $(STAMP) ## lint, format, types and the arrows between the layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

coverage: $(STAMP) ## run every test, and count the lines and branches that none reaches
	@mkdir -p $(dir $(REACHED))
	$(BIN)/python -m slipcover --json --out $(REACHED) \
		-m pytest -n $(WORKERS) --dist=loadgroup --snapshot-warn-unused $(ARGS)
	$(BIN)/python -m slipcover --fail-under 95 --merge $(REACHED) --out $(REACHED)

bench: $(STAMP) ## measure, and print ratios
	$(BIN)/python -m benchmarks $(ARGS)

mutants: $(STAMP) ## break rules one by one and see a test fail, for an hour at most (COUNT=400 SEED=)
	$(BIN)/python -m tests.mutants --count $(COUNT) $(if $(SEED),--seed $(SEED)) \
		--workers $(WORKERS) $(ARGS)

faults: $(STAMP) ## cause every fault the guarantees speak of, and count what is lost (ROUNDS=300)
	$(BIN)/python -m tests.faults --rounds $(ROUNDS) $(ARGS)

typing: $(STAMP) ## type every line into every place of a console in tmux, at every pace of people
	EVERY_PACE=1 $(BIN)/python -m pytest -n $(WORKERS) tests/flows/keyboard/test_human_speed.py $(ARGS)

fuzz: $(FUZZER) ## fuzz what comes from outside, with both engines (RUNS=200000 EXAMPLES=1500 SECONDS=60)
	$(BIN)/python -m tests.security.fuzz --engine $(ENGINE) --runs $(RUNS) --examples $(EXAMPLES) \
		--seconds $(SECONDS) $(ARGS)

snapshots: $(STAMP) ## redraw the pictures of the console; look at the diff before committing
	$(BIN)/python -m pytest tests/flows --snapshot-update $(ARGS)
	@git status --short snapshots

docs: $(STAMP) ## write the reference pages from the declarations
	$(BIN)/python docs/generate

release: $(STAMP) ## build what is published, into dist/, and check it
	.ci/release

clean: ## remove caches, reports and build results (to rebuild the environment too, delete .venv)
	rm -rf build dist .reports .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -path ./$(VENV) -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

# Only what running needs: somebody may be waiting whose production is down. The build backend comes first, so that
# installing the project itself needs no network of its own.
$(RUNNABLE): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer found. Install one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@printf 'Setting up incident-tui in $(VENV), this once:' >&2
	@$(PYTHON) -m venv $(VENV)
	@$(call install,hatchling)
	@$(call install,--no-build-isolation --editable .)
	@echo ' done.' >&2
	@touch $@

# Run pip with those words, and say the name of each package as it comes; pip's own status is the answer.
define install
{ PYTHONUNBUFFERED=1 $(BIN)/python -m pip install --progress-bar off --disable-pip-version-check \
	--constraint constraints.txt $(1); echo $$? >$(VENV)/.status; } \
	| while read -r what name rest; do case $$what in \
		Collecting) printf ' %s' "$${name%%[<>=!~;([]*}" >&2 ;; \
		Installing) printf ', installing' >&2 ;; esac; done; \
	read -r status <$(VENV)/.status; rm -f $(VENV)/.status; exit "$$status"
endef

$(STAMP): $(RUNNABLE)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
		--no-build-isolation --editable '.[dev]'
	@touch $@

# The coverage-guided fuzzer is for few platforms, so it is no part of what everybody installs.
$(FUZZER): $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
		--no-build-isolation --editable '.[dev,fuzz]'
	@touch $@
