# Every target is safe to run first and to run again: set-up and builds are skipped where nothing changed.
# The work is in scripts/; `make help` lists the targets.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.PHONY: help setup build wheel cli npm check gen agreement fmt lint test parity speed bench soak example new-indicator clean distclean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## the virtual environment, the wasm toolchain, npm packages, a browser
	@scripts/setup

build: ## the wheel (dist/) and the npm package (npm/)
	@scripts/setup python rust node
	@scripts/build

wheel: ## the wheel alone
	@scripts/setup python
	@scripts/build wheel

cli: ## the command line, target/release/tvf
	@cargo build --locked --release -p tvf-cli

npm: ## the npm package alone
	@scripts/setup rust node
	@scripts/build npm

parity: ## all builds over real and synthetic bars in Chromium and Firefox, compared bit by bit; ARGS=.. for the harness
	@scripts/setup
	@scripts/build
	@.venv/bin/python -m tvf_harness parity --no-build --browser chromium,firefox $(ARGS)

test: ## all that CI runs; STEPS="clippy pytest" for some of it
	@scripts/check $(STEPS)

check: ## what needs no build of wheel or wasm: format, lints, docs, generated files, Rust tests
	@scripts/check fmt clippy doc gen rust

lint: ## the linters of both languages
	@scripts/check fmt clippy ruff pyright

agreement: ## measure the agreement with every reference anew, TradingView's exports among them, into docs/
	@scripts/setup python
	@scripts/build wheel
	@.venv/bin/python parity_tests/agreement.py
	@cargo xtask gen

fmt: ## format Rust and Python
	@scripts/fmt_rust
	@scripts/setup python
	@.venv/bin/ruff format --quiet . && .venv/bin/ruff check --quiet --fix .

gen: ## write the generated files anew
	@cargo xtask gen

example: ## a live chart with all indicators, in the browser
	@scripts/setup python rust node example
	@scripts/build npm
	@scripts/example

new-indicator: ## ID=name: a scaffold that compiles and passes the laws
	@test -n "$(ID)" || { echo "error: no name; to mend it: make new-indicator ID=my_indicator" >&2; exit 1; }
	@cargo xtask new-indicator $(ID)
	@cargo xtask gen

speed: ## the wheel, the wasm builds and plain JavaScript on the same bars
	@scripts/setup
	@scripts/build
	@.venv/bin/python -m tvf_harness speed --no-build $(ARGS)

bench: ## speed against the rivals, in Rust, Python and the browser
	@scripts/bench

soak: ## the long forms of the tests (two to three hours); TVF_SOAK_MINUTES=15 for each fuzz target, TVF_SOAK_SEEDS=10 parity runs
	@scripts/soak

clean: ## remove what was built; keep what was set up
	@rm -rf target fuzz/target benchmarks/storage/target dist examples/chart/dist npm/dist npm/wasm npm/*.tgz *.tgz reports .stamps/wheel .stamps/wasm-* .stamps/npm .stamps/example

distclean: clean ## remove what was set up, too
	@rm -rf .venv .tools .stamps npm/node_modules npm/tests/react-18/node_modules examples/chart/node_modules benchmarks/js/node_modules benchmarks/js/dist fuzz/corpus fuzz/artifacts
