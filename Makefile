# make run and make test work on a fresh machine: they install the Debian packages that are missing.

.PHONY: run test build format lint clean

run:
	@scripts/run

test:
	@scripts/test

build:
	@scripts/install-packages run
	swift build

format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests

lint:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests

clean:
	rm -rf .build .run
