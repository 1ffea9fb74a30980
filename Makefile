# What a person types. `make` alone says what there is.
#
# Everything is installed under .venv, from the pinned and hashed lists, as ready-made wheels:
# no compiler, no root, and no network once the lists have been installed.

VENV := .venv
PYTHON := $(VENV)/bin/python
FLASK := $(PYTHON) -m flask --app app
INSTALL := $(PYTHON) -m pip install --quiet --quiet --disable-pip-version-check --require-hashes --only-binary :all:
WORDS := translations/cy/LC_MESSAGES/messages
LOCK := $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--only-binary :all: --no-emit-index-url --no-emit-find-links --no-header

# Installs a list unless that very list, for this very Python, has been installed before.
# The second word of $(2), if any, is an option to pip for that list alone.
define install
@wanted="$$($(PYTHON) --version) $$(cksum < $(1))"; \
if [ "$$wanted" != "$$(cat $(VENV)/$(1).installed 2>/dev/null)" ]; then \
	echo "Installing $(1): only the first time, and when it changes. This can take a minute."; \
	$(INSTALL) $(2) --requirement $(1) || { \
		echo "That did not work. It needs the network this once; if Python itself has changed, remove $(VENV) first." >&2; \
		exit 1; }; \
	echo "$$wanted" > $(VENV)/$(1).installed; \
fi
endef

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check bench demo lock installed installed-for-work

help:
	@echo "make run     start the site (first time: installs it and fills it with a demonstration)"
	@echo "make demo    start the demonstration again, with its own content"
	@echo "make test    every test"
	@echo "make check   style, types, architecture, the Welsh and English catalogues"
	@echo "make bench   measure it"
	@echo "make lock    after a change to pyproject.toml: write the pinned lists again"

run: installed $(WORDS).mo
	@exec $(FLASK) serve

demo: installed $(WORDS).mo
	@exec $(FLASK) demo --again

test: installed-for-work $(WORDS).mo
	@$(PYTHON) -m pytest -n 2

check: installed-for-work
	@$(PYTHON) -m ruff check
	@$(PYTHON) -m ruff format --check
	@$(PYTHON) -m mypy
	@$(PYTHON) $(VENV)/bin/lint-imports --no-logo
	@$(FLASK) catalogues check
	@$(PYTHON) -m tests.house.welsh

bench: installed-for-work $(WORDS).mo
	@$(PYTHON) -m tests.bench

installed: $(PYTHON)
	$(call install,requirements.txt)

installed-for-work: installed
	$(call install,requirements-dev.txt)
	$(call install,requirements-pdf.txt)
	$(call install,requirements-proof.txt,--no-deps)

$(WORDS).mo: $(WORDS).po | installed
	@$(FLASK) catalogues compile > /dev/null

$(PYTHON):
	@for name in python3 python3.11 python3.12 python3.13 python3.14; do \
		if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$name; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Python 3.11 or newer is needed, and was not found. On Debian and Ubuntu: sudo apt install python3 python3-venv" >&2; \
		exit 1; \
	fi; \
	if ! $$found -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "This Python cannot make an environment yet. On Debian and Ubuntu: sudo apt install $$found-venv" >&2; \
		exit 1; \
	fi; \
	$$found -m venv --clear $(VENV)

lock: installed-for-work
	@$(LOCK) pyproject.toml --output-file requirements.txt
	@$(LOCK) pyproject.toml --extra dev --constraints requirements.txt --output-file requirements-dev.txt
	@$(LOCK) pyproject.toml --extra pdf --constraints requirements.txt --output-file requirements-pdf.txt
	@echo "cymraeg-mcp==0.1.0" | $(LOCK) --no-deps --no-annotate - --output-file requirements-proof.txt
