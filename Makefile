# Two commands matter: `make run` and `make test`. Everything else they install themselves.
# The first that really starts and is new enough: a version manager may leave shims that do not.
PYTHON ?= $(shell for each in python3.11 python3.12 python3.13 python3 python; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$each && break; done)
VENV := .venv/bin
WORKERS ?= 2

.PHONY: run test lint bench format messages docs

.PHONY: python
python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; none was found. \
	Install it, or name it: make run PYTHON=/path/to/python3.11" >&2; exit 1; }

run: python ## set up on the first run, then serve http://127.0.0.1:8000 (PORT=8001 for another port)
	@$(PYTHON) scripts/tracker.py run

.PHONY: dev
dev: python
	@$(PYTHON) scripts/tracker.py install-dev

test: dev ## all tests; DATABASE_URL picks the database (SQLite if unset)
	@$(VENV)/pytest -n $(WORKERS) --dist loadfile $(ARGS)

lint: dev ## what must hold before a change is taken
	@$(VENV)/ruff check .
	@$(VENV)/ruff format --check .
	@$(VENV)/lint-imports
	@$(VENV)/djlint --lint --quiet templates
	@$(VENV)/python manage.py makemigrations --check --dry-run --verbosity 0
	@$(VENV)/python manage.py check --verbosity 0
	@$(VENV)/python scripts/messages.py --check

bench: dev ## the ratios of docs/benchmarks.md, measured again
	@$(VENV)/python -m benchmarks

format: dev
	@$(VENV)/ruff check --fix --quiet . ; $(VENV)/ruff format --quiet .

messages: dev ## collect and compile the texts of the interface
	@$(VENV)/python scripts/messages.py
