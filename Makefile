# make          sets up, executes every notebook, builds the site
# make test     sets up, then checks everything
# make help     lists the rest

# Another folder of sources: make SEEDS=path/to/folder
SEEDS ?= seeds
# The first Python that is new enough; another one: make PYTHON=/path/to/python
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)

bin := .venv/bin
ready := .venv/ready

.PHONY: all help setup execute site test lint lab bench lock
.DEFAULT_GOAL := all

all: execute site ## set up, execute the notebooks, build the site

help: ## this list
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 16

setup: $(ready) ## make .venv from requirements.lock

$(ready): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "This project needs Python 3.11 or newer, and found none." \
		"Install one, or say where it is: make PYTHON=/path/to/python" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo \
		"$(PYTHON) is too old or does not run: this project needs Python 3.11 or newer." >&2; exit 1; }
	@echo "Setting up .venv: a minute or two, once."
	@"$(PYTHON)" -m venv .venv || { echo "Python's own venv module is missing or broken." \
		"On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(bin)/python -m pip install -qq --disable-pip-version-check \
		--require-hashes --requirement requirements.lock
	@$(bin)/python -m pip install -qq --disable-pip-version-check \
		--no-deps --no-build-isolation --editable .
	@touch $@

lock: ## resolve pyproject.toml anew into requirements.lock
	@"$(PYTHON)" -m venv build/uv && build/uv/bin/python -m pip install --quiet uv
	@build/uv/bin/uv pip compile pyproject.toml --output-file requirements.lock --upgrade --quiet \
		--universal --fork-strategy fewest --generate-hashes --no-emit-index-url --no-header \
		--group setup --group work --group test --group site
	@echo "requirements.lock is new; bring environment.yml in line: make test says where."
