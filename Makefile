# make run · make test · make check · make bench. Needs Python ≥ 3.11, make and git; nothing else beforehand.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
V := .venv/bin
CI ?=

.PHONY: help setup setup-dev run test check bench fresh clean

help:
	@echo "make run    set up, make the demo worlds, serve on http://$(HOST):$(PORT)"
	@echo "make test   all tests (set-up, a PostgreSQL and a Chromium included)"
	@echo "make check  lint, types, import order, the fast tests: about a minute"
	@echo "make bench  every benchmark, one JSON line each (NAME=checkin for one)"
	@echo "make setup  the set-up alone, into .venv"
	@echo "make fresh  throw the demo installation in ./instance away (asks first)"

setup:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "rakor needs Python 3.11 or newer, and $(PYTHON) is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 $(MAKECMDGOALS)")'
	@$(PYTHON) -m tools.setup

setup-dev:
	@$(PYTHON) -m tools.setup --dev --chromium

run: setup
	@exec $(V)/rakor serve --demo --host $(HOST) --port $(PORT)

test: setup-dev
	@PATH="$(CURDIR)/$(V):$$PATH" $(V)/python -m tools.check all

check: setup-dev
	@PATH="$(CURDIR)/$(V):$$PATH" $(V)/python -m tools.check fast

bench: setup-dev
	@$(V)/python -m bench $(or $(NAME),all) $(if $(QUICK),--quick)

fresh:
	@printf 'Delete %s/instance with its database, files and secret? Type yes: ' "$(CURDIR)"; \
	 read answer; if [ "$$answer" = yes ]; then rm -rf instance; echo "gone; make run starts afresh"; else echo "kept"; fi

clean:
	rm -rf .venv node_modules static/vendor static/fonts static/dist
