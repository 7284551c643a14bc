# make          sets up, executes every notebook, builds the site
# make test     sets up, then checks everything
# make help     lists the rest

# Another folder of sources, answered and shown beside the collection: make SEEDS=path/to/folder
SEEDS ?= seeds
# The first Python that is new enough; another one: make PYTHON=/path/to/python
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)

# The virtualenv, and the versions in it; `make environments` has others beside these.
VENV := .venv
LOCK := requirements.lock
bin := $(VENV)/bin
ready := $(VENV)/ready
# What notebooks show must not depend on somebody's own profile, style sheet or font cache.
export IPYTHONDIR := $(CURDIR)/$(VENV)/ipython
export MPLCONFIGDIR := $(CURDIR)/$(VENV)/matplotlib
# Only the plugins that a run names: the others cost seconds in each process.
export PYTEST_DISABLE_PLUGIN_AUTOLOAD := 1
on_two_cores := $(bin)/python -m pytest -p xdist.plugin -n 2

.PHONY: all help setup execute site test style checks outputs lab bench fuzz changes environments lock
.DEFAULT_GOAL := all
.NOTPARALLEL:

all: execute site ## set up, execute the notebooks, build the site

help: ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/\1 \2/p' Makefile | \
		while read -r name what; do printf 'make %-12s %s\n' "$$name" "$$what"; done

setup: $(ready) ## make .venv from requirements.lock

$(ready): $(LOCK) pyproject.toml
	@test -n "$(PYTHON)" || { echo "This project needs Python 3.11 or newer, and found none." \
		"Install one, or say where it is: make PYTHON=/path/to/python" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo \
		"$(PYTHON) is too old or does not run: this project needs Python 3.11 or newer." >&2; exit 1; }
	@echo "Setting up $(VENV): a minute or two, once."
	@"$(PYTHON)" -m venv $(VENV) || { echo "Python's own venv module is missing or broken." \
		"On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(bin)/python -m pip install -qq --disable-pip-version-check \
		--require-hashes --requirement $(LOCK)
	@$(bin)/python -m pip install -qq --disable-pip-version-check \
		--no-deps --no-build-isolation --editable .
	@# Matplotlib says so in a notebook if it must first look through all fonts.
	@$(bin)/python -c 'import matplotlib.font_manager' 2>/dev/null
	@touch $@

execute: $(ready) ## execute the notebooks from SEEDS, and gather their findings
	@$(bin)/python -m helpers execute --seeds "$(SEEDS)"

site: $(ready) ## build the site from the notebooks as they are stored; with SEEDS, of those
	@$(bin)/python -m helpers.site --seeds "$(SEEDS)"

test: style checks outputs ## check style, helpers, and every notebook's stored outputs

style: $(ready)
	@echo "Style"
	@$(bin)/ruff check --quiet
	@$(bin)/ruff format --check --quiet || { echo "These files are not formatted:"; \
		$(bin)/ruff format --check; exit 1; }

checks: $(ready)
	@echo "Helpers, and what the notebooks must hold to"
	@$(on_two_cores) -p _hypothesis_pytestplugin tests

outputs: $(ready)
	@echo "Notebooks, run anew: every output must be the stored one"
	@$(on_two_cores) --dist loadfile -p nbval.plugin --nbval --nbval-current-env notebooks

lab: $(ready) ## open JupyterLab on the notebooks
	@# JupyterLab shows the figures of notebooks that it trusts, and only a line of text of others.
	@$(bin)/jupyter trust notebooks/*.ipynb >/dev/null
	@$(bin)/jupyter lab --LabApp.default_url=/lab/tree/notebooks

bench: $(ready) ## time what readers wait for, and peers; the report is build/benchmarks.md
	@mkdir -p build
	@$(bin)/python -m pytest -p pytest_benchmark.plugin --benchmark-json=build/benchmarks.json \
		--override-ini python_files='bench_*.py' tests/benchmarks; status=$$?; \
		$(bin)/python tests/benchmarks/report.py build/benchmarks.json && exit $$status

fuzz: $(ready) ## look for texts that the coder cannot bear, among RUNS inputs (else 10000)
	@# Atheris is not in the lock: what is new of it has wheels for Linux on x86-64 alone.
	@test -d build/fuzz/atheris || $(bin)/python -m pip install -qq --disable-pip-version-check \
		--only-binary :all: --target build/fuzz/atheris atheris || { echo "Atheris has no wheel for" \
		"this machine: fuzz on Linux on x86-64, or without it: INPUTS=100000 make test" >&2; exit 1; }
	@PYTHONPATH=build/fuzz/atheris $(bin)/python tests/fuzz.py -atheris_runs=$(or $(RUNS),10000)

changes: $(ready) ## what changed in the findings since SINCE (a git revision or a folder; else HEAD)
	@$(bin)/python -m helpers changes --seeds "$(SEEDS)" "$(or $(SINCE),HEAD)"

environments: $(ready) build/uv ## test on each Python, and on the oldest and newest dependencies
	@$(bin)/python tests/environments.py $(ONLY)

build/uv:
	@"$(PYTHON)" -m venv $@ && $@/bin/python -m pip install -qq uv

lock: build/uv ## resolve pyproject.toml anew into requirements.lock
	@build/uv/bin/uv pip compile pyproject.toml --output-file requirements.lock --upgrade --quiet \
		--universal --fork-strategy fewest --generate-hashes --no-emit-index-url --no-header \
		--group setup --group work --group test --group site
	@echo "requirements.lock is new. Bring environment.yml in line: make test says where."
