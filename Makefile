# make run and make test work from a fresh clone with Python 3.11 and make.
PYTHON ?= python3.11
# torch is installed first and by its own line: a plain install takes gigabytes of CUDA packages on many machines.
# To take the CPU build from another index: make run TORCH_INDEX="--index-url ADDRESS" (see the README).
TORCH ?= torch==2.13.0
TORCH_INDEX ?=
BIN := .venv/bin
READY := .venv/.ready
# The worked case that make run opens with; CASE= opens an empty page.
CASE ?= war-dead

.PHONY: run test test-slow test-browser test-milvus lint bench clean

run: $(READY)
	$(BIN)/claimdesk app $(if $(CASE),--case $(CASE))

test: $(READY)
	$(BIN)/python -m pytest

test-slow: $(READY)
	$(BIN)/python -m pytest -m slow

# axe-core checks accessibility; it comes from npm and is no part of the program.
AXE := tests/browser/node_modules/axe-core/axe.min.js

test-browser: $(READY) $(AXE)
	$(BIN)/python -m pytest -m browser tests/browser

$(AXE): tests/browser/package-lock.json
	npm ci --prefix tests/browser --no-audit --no-fund
	touch $@

# The client and the small server stand on top of .venv, which stays as it is. The genuine server listens on every
# address of the machine, so the tests run in a network of their own where unshare may make one.
MILVUS := .venv-milvus
ALONE := $(shell unshare -rn true 2>/dev/null && echo unshare -rn)

test-milvus: $(READY) $(MILVUS)/.ready
	$(ALONE) $(MILVUS)/client/bin/python -m pytest -m milvus tests

$(MILVUS)/.ready: requirements.lock pyproject.toml
	rm -rf $(MILVUS)
	$(PYTHON) -m venv --without-pip $(MILVUS)/client
	$(BIN)/python -c "import sysconfig; print('import site; site.addsitedir(%r)' % sysconfig.get_path('purelib'))" \
		> $(MILVUS)/client/lib/python3.11/site-packages/default.pth
	$(MILVUS)/client/bin/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e ".[milvus]" \
		milvus-lite==3.2.2
	$(MILVUS)/client/bin/python -m pip check
	$(PYTHON) -m venv $(MILVUS)/genuine
	$(MILVUS)/genuine/bin/python -m pip install --quiet --disable-pip-version-check milvus==2.3.5
	touch $@

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(READY)
	$(BIN)/claimdesk bench cases claims/*
	$(BIN)/claimdesk bench speed

$(READY): requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(TORCH_INDEX) $(TORCH)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m compileall -q src
	touch $@

clean:
	rm -rf .venv $(MILVUS)
