# make demo · make test are the two that matter. Everything is installed into .venv from the hash-pinned lock.
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: install demo test check lint types docs golden bench lock clean

install: $(STAMP)

$(STAMP): requirements.lock pyproject.toml tools/find-python
	@set -e; python=$$(sh tools/find-python); \
	if [ ! -x $(BIN)/python ]; then echo "making .venv with $$python"; "$$python" -m venv $(VENV); fi; \
	echo "installing (a few minutes the first time)"; \
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock; \
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .; \
	$(BIN)/dateline gazetteer build; \
	touch $(STAMP)

demo: $(STAMP)
	@$(BIN)/dateline demo

test: $(STAMP)
	@$(BIN)/python -m pytest

check: $(STAMP) lint types
	@sh tools/with-postgresql $(BIN)/python -m pytest

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy --strict

docs: $(STAMP)
	$(BIN)/python -m tools.docs

golden: $(STAMP)
	$(BIN)/python -m tests.golden.records

bench: $(STAMP)
	$(BIN)/python -m bench

lock: $(STAMP)
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/python -m piptools compile --quiet --generate-hashes --allow-unsafe --strip-extras --extra dev \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV)
