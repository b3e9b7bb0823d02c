# Loschmidt. On a fresh clone, `make demo` and `make test` need nothing done before them.

SWIFT ?= swift
SOURCES := Sources Tests Package.swift $(wildcard Benchmarks Examples)

.PHONY: help prepare figures build demo examples documentation gallery test long-test format lint benchmark clean
.DEFAULT_GOAL := help

help:
	@echo 'make demo       build for speed and run scenarios/four-potentials.yaml'
	@echo 'make examples   build and run the package in Examples/'
	@echo 'make gallery    run all scenarios and make a page of their figures'
	@echo 'make documentation  pages of the library, by DocC'
	@echo 'make test       build and run the tests'
	@echo 'make long-test  the tests that take minutes, and no others'
	@echo 'make benchmark  measure the speed of the kernels and the engine'
	@echo 'make format     put the sources into the style of the project'
	@echo 'make lint       check style, test stems and shell scripts'
	@echo 'make clean      remove what the builds made'

# What the build needs and this machine lacks: installed where we are root, named otherwise.
prepare:
	@scripts/prepare

build: prepare
	$(SWIFT) build --configuration release --product loschmidt

# gnuplot draws the figures of reports: installed where we are root, never required.
figures:
	@scripts/prepare-figures

demo: build figures
	.build/release/loschmidt run scenarios/four-potentials.yaml

examples: prepare
	SWIFT='$(SWIFT)' scripts/examples

gallery: build figures
	scripts/gallery

documentation: prepare
	SWIFT='$(SWIFT)' scripts/documentation

test: prepare
	$(SWIFT) test

long-test: build
	SWIFT='$(SWIFT)' scripts/long-tests

format:
	$(SWIFT) format --in-place --recursive $(SOURCES)

lint:
	@scripts/lint $(SOURCES)

benchmark: prepare
	@if [ -f Benchmarks/Package.swift ]; then \
	  $(SWIFT) run --package-path Benchmarks --configuration release; \
	else \
	  echo 'There are no benchmarks in this version.' >&2; exit 1; \
	fi

clean:
	rm -rf .build Benchmarks/.build Examples/.build
