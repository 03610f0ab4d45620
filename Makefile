# The ways into the project. Each target installs what it needs (tools/setup) before it starts.
#   make run     a node with demonstration data on 127.0.0.1:8420
#   make test    build and run the fast suite

FUZZ_SECONDS ?= 30
SUITE ?=
ctest_args = $(if $(SUITE),-L $(SUITE))

.PHONY: help run build test test-slow asan tsan fuzz bench lint format tidy clean

help:
	@echo 'make run        build, make ./data (or ENTENTE_DATA) once with demonstration data, serve on 127.0.0.1:8420'
	@echo 'make test       build and run the fast suite'
	@echo 'make build      the release binary: build/release/entente'
	@echo 'make test-slow  the slow suite: crash loop, large law test'
	@echo 'make asan       the whole suite under AddressSanitizer and UBSan (SUITE=fast for the fast part)'
	@echo 'make tsan       the whole suite under ThreadSanitizer (SUITE=fast for the fast part)'
	@echo 'make fuzz       every fuzz target for FUZZ_SECONDS (30) each'
	@echo 'make bench      the benchmarks at full size'
	@echo 'make lint       clang-tidy over all sources'
	@echo 'make format     bring all sources into the form of .clang-format'
	@echo 'make tidy       the house rules: file and function lengths, folder order, banned calls'
	@echo 'make clean      remove build/ (not the data)'

run: build
	@tools/setup run
	@tools/run

build:
	@tools/setup build
	@tools/build release entente

test:
	@tools/setup build test
	@tools/suite dev -L fast

test-slow:
	@tools/setup build test
	@tools/suite dev -L slow

asan:
	@tools/setup build test
	@tools/suite asan $(ctest_args)

tsan:
	@tools/setup build test
	@tools/suite tsan $(ctest_args)

fuzz:
	@tools/setup build fuzz
	@FUZZ_SECONDS=$(FUZZ_SECONDS) tools/fuzz

bench:
	@tools/setup build bench
	@tools/build release entente
	@tools/build bench
	@bench/run

lint:
	@tools/setup build test lint
	@tools/lint

format:
	@tools/setup format
	@tools/format

tidy:
	@tools/tidy

clean:
	rm -rf build
