# make run and make test work on a fresh machine: they get the Debian packages that are missing.

SHELL := /bin/bash
.PHONY: run test build format lint clean

run:
	@scripts/run

test:
	@scripts/test

build:
	@scripts/install-packages run
	tree='$(CURDIR)'; . scripts/environment; swift build

format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests bench

lint:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests bench

clean:
	rm -rf .build .run
