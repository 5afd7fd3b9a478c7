# `make demo` and `make test` each do their whole set-up by themselves; a second run is quick.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
PYTHON ?= python3
BIN := .venv/bin
SOURCES := $(shell find static/js static/css static/build.mjs -type f 2>/dev/null)

.PHONY: demo test lint bench setup build clean
setup: .venv/.ok static/dist/manifest.json

demo: .venv/.system setup
	$(BIN)/ecabinet demo $(if $(filter live,$(DEMO)),--live)

test: .venv/.system-test setup .venv/.dev
	$(BIN)/pytest -q -n 2 --dist loadfile $(ARGS)

lint: setup .venv/.dev
	$(BIN)/ruff format --check ecabinet tests bench
	$(BIN)/ruff check ecabinet tests bench
	$(BIN)/mypy

bench: setup .venv/.dev
	$(BIN)/python -m bench $(ARGS)

build: static/dist/manifest.json

# What Debian has to bring: the machine's package manager is asked only for what is missing.
.venv/.system:
	bash .ci/system-packages run
	mkdir -p .venv && touch $@

.venv/.system-test:
	bash .ci/system-packages test
	mkdir -p .venv && touch $@ .venv/.system

.venv/bin/uv: | .venv/.system
	$(PYTHON) -m venv .venv
	.venv/bin/pip install -q --disable-pip-version-check uv

.venv/.ok: pyproject.toml requirements.lock.txt | .venv/bin/uv
	$(BIN)/uv pip install -q --python $(BIN)/python -c requirements.lock.txt -e .
	touch $@

.venv/.dev: pyproject.toml requirements.lock.txt .venv/.ok
	$(BIN)/uv pip install -q --python $(BIN)/python -c requirements.lock.txt -e ".[dev]"
	touch $@

node_modules/.ok: package-lock.json | .venv/bin/uv
	bash .ci/node npm ci --ignore-scripts --silent
	touch $@

static/dist/manifest.json: $(SOURCES) node_modules/.ok
	bash .ci/node node static/build.mjs

requirements.lock.txt: | .venv/bin/uv
	$(BIN)/uv pip compile -q pyproject.toml --extra dev --python-version 3.11 --no-header --no-annotate -o $@

clean:
	rm -rf .venv node_modules static/dist
