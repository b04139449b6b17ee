# Tasks for developers: make check runs everything that must pass before a change lands.
BIN ?= .venv/bin

.PHONY: setup format lint types test quick check pictures

setup:           ## a virtual environment with everything
	python3 -m venv .venv
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet --editable '.[dev]'

format:          ## bring the code to its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint:            ## form, lint, spelling, and who may import whom
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/codespell
	$(BIN)/lint-imports

types:
	$(BIN)/mypy

test:            ## all tests, with coverage
	$(BIN)/pytest --numprocesses auto --cov --cov-report=term-missing:skip-covered

quick:           ## the tests that take no time: the inner loop
	$(BIN)/pytest --numprocesses auto -m "not slow and not wheel"

pictures:        ## what is generated: the help page, the list of codes, pictures and examples
	$(BIN)/python docs/make_help.py
	$(BIN)/python docs/make_codes.py
	$(BIN)/python docs/make_python.py
	$(BIN)/python docs/make_outputs.py
	$(BIN)/python docs/make_pictures.py
	$(BIN)/python docs/make_report_picture.py
	$(BIN)/python docs/make_examples.py

check: lint types test
