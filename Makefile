# Needs Python 3.11 or newer, make and a package index. Everything it makes lies in .local/.
PYTHON ?= python3
BOOT = $(PYTHON) kalibaru/local/bootstrap.py
TOOLS = $(BOOT) --with test

.PHONY: help run test e2e bench faults lint format lock messages clean
help:           ## say what there is (the default)
	@sed -n 's/^\([a-z0-9]*\): *\(.*\)## */  make \1	/p' Makefile

run:            ## the whole portal on http://localhost:8000 (PORT=8001 for another)
	@$(BOOT) run

test:           ## all tests, with a real browser (ARGS="-k words" for some)
	@$(TOOLS) test $(ARGS)

e2e:            ## the journeys in the browser only
	@$(TOOLS) e2e $(ARGS)

bench:          ## speed as ratios, written to docs/benchmarks.md
	@$(TOOLS) bench $(ARGS)

faults:         ## kill real processes 200 times while mail flows (ARGS="--kills 20 --seed 7")
	@$(TOOLS) faults $(ARGS)

lint:           ## format, mistakes, templates, rooms, types, migrations
	@$(TOOLS) lint

format:         ## write the code as `make lint` wants it
	@$(TOOLS) format

lock:           ## resolve requirements/*.in again, with hashes
	@$(TOOLS) lock

clean:          ## remove .local/: database, uploads, mail, environment
	@$(BOOT) clean
