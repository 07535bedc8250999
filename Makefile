# Two commands on a fresh machine: `make demo` and `make test`. Each makes .venv and installs what it needs.

PYTHON ?= python3
# Options for pip, for instance a package index with a CPU build of torch:
#   make demo PIP_OPTIONS="--extra-index-url https://download.pytorch.org/whl/cpu"
PIP_OPTIONS ?=

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PEERS := $(VENV)/.peers
ARGS ?=
SERVING := .venv-$(notdir $(PYTHON))

.PHONY: demo test search test-serving run train check format readme messages bench screenshots clean

demo: $(READY)
	$(BIN)/marquee demo $(ARGS)

test: $(READY)
	$(BIN)/pytest -n auto --dist worksteal $(ARGS)

# Looks for texts and orders that no test has met: twenty times the examples, other ones each time.
search: $(READY)
	$(BIN)/pytest -n auto --dist worksteal -m hypothesis --hypothesis-profile=search $(ARGS)

# The tests of all that serves, where the pinned torch does not exist; .venv trains the model that they serve:
#   make test-serving PYTHON=python3.13
test-serving: $(SERVING)/.serving
	$(MAKE) $(READY) PYTHON=python3
	rm -rf $(SERVING)/trained
	$(BIN)/python -m tests.bot.train_films $(SERVING)/trained
	MARQUEE_TEST_TRAINED=$(CURDIR)/$(SERVING)/trained $(SERVING)/bin/pytest -n auto --dist worksteal $(ARGS)

run: $(READY)
	$(BIN)/marquee run

train: $(READY)
	$(BIN)/marquee train $(ARGS)

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto --dist worksteal $(ARGS)

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# What the README has from the bot: the table of commands and, with ARGS=conversation, what the demo answers there.
readme: $(READY)
	$(BIN)/python -m tests.bot.readme $(ARGS)

# Each folder's de.po, made of what its code says; tells what has no German yet.
messages: $(READY)
	$(BIN)/python -m tests.bot.messages $(ARGS)

bench: $(PEERS)
	$(BIN)/python -m benchmarks $(ARGS)

# Pictures of the demo for the README; needs Chromium, which the bot itself does not.
screenshots: $(READY)
	$(BIN)/python -m bot.demo.screenshots docs/images

clean:
	rm -rf $(VENV) .venv-* build *.egg-info .*_cache .hypothesis

# The pinned torch is what keeps a fresh install from taking whatever build is newest.
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(PIP_OPTIONS) \
		-c constraints.txt -e '.[sample,demo,tune,dev]'
	@touch $(READY)

$(SERVING)/.serving: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(SERVING)
	$(PYTHON) -m tests.serving_requirements > $(SERVING)/requirements.txt
	$(SERVING)/bin/python -m pip install --quiet --disable-pip-version-check $(PIP_OPTIONS) \
		-c constraints.txt -r $(SERVING)/requirements.txt
	$(SERVING)/bin/python -m pip install --quiet --disable-pip-version-check $(PIP_OPTIONS) --no-deps -e .
	@touch $@

# The libraries that are compared with; nothing but the benchmarks needs them.
$(PEERS): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(PIP_OPTIONS) \
		-c constraints.txt -e '.[peers]'
	@touch $@
