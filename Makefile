# `make demo` and `make test` each do their whole set-up by themselves; a second run is quick.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/uv pip install -q --python $(BIN)/python -c requirements.lock.txt
# Templates too: they name the icons of the sprite.
PAGES := $(shell find static/build.mjs static/favicon.svg static/css static/js templates -type f -not -name '.*')

# Each folder of agendas with Markdown gets its PDFs beside it.
PAPERS := $(shell find agendas -mindepth 2 -name '*.md')

.PHONY: setup papers demo test lint bench build lock clean

# Python and the pages do not wait for each other.
setup: .venv/bin/uv
	@$(MAKE) --no-print-directory -j2 .venv/.ok static/dist/manifest.json
	@$(MAKE) --no-print-directory papers

demo: setup
	$(BIN)/ecabinet demo $(if $(filter live,$(DEMO)),--live)

test: .venv/.system-test setup .venv/.dev
	$(BIN)/pytest -q -n 2 --dist loadfile $(ARGS)

lint: setup .venv/.dev
	$(BIN)/ruff format --check ecabinet tests bench
	$(BIN)/ruff check ecabinet tests bench
	$(BIN)/mypy

bench: setup .venv/.dev
	$(BIN)/python -m bench $(ARGS)

papers: static/dist/.papers

# A wheel in dist/ that carries templates, pages and sample agendas.
build: setup
	$(BIN)/uv build -q --python $(BIN)/python --wheel

# After a change of the dependencies in pyproject.toml.
lock: .venv/bin/uv
	$(BIN)/uv pip compile -q -U pyproject.toml --extra dev --python-version 3.11 --no-header --no-annotate -o requirements.lock.txt

clean:
	rm -rf .venv node_modules static/dist dist

# What Debian has to bring: its package manager is asked only for what is missing.
.venv/.system:
	bash .ci/system-packages run
	mkdir -p .venv && touch $@

.venv/.system-test:
	bash .ci/system-packages test
	mkdir -p .venv && touch $@ .venv/.system

.venv/bin/uv: | .venv/.system
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "eCabinet needs Python 3.11 or newer: make PYTHON=...")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check uv

# The wheel's description names static/dist, so the folder must be there even before the pages are built.
.venv/.ok: pyproject.toml requirements.lock.txt | .venv/bin/uv
	mkdir -p static/dist
	$(INSTALL) -e .
	touch $@

.venv/.dev: .venv/.ok
	$(INSTALL) -e ".[dev]"
	touch $@

node_modules/.ok: package-lock.json | .venv/bin/uv
	bash .ci/node npm ci --ignore-scripts --silent
	touch $@

# The fonts come with the pages, but a change of a style is no reason to set the papers anew.
static/dist/.papers: $(PAPERS) | static/dist/manifest.json .venv/.ok
	$(BIN)/python -m ecabinet.paper.markdown_pdf agendas static/dist/fonts
	touch $@

static/dist/manifest.json: $(PAGES) node_modules/.ok
	bash .ci/node node static/build.mjs
