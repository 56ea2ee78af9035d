# The only way in, for people and for CI. `make help` says what there is.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# What `make run` and `make demo` build; the tests build debug, where the failpoints are.
CONFIG ?= release
# Without libraries to load, a service is smaller in memory and faster, and runs where Swift isn't installed.
STATIC = $(if $(filter release,$(CONFIG)),--static-swift-stdlib)
STATE ?= state
SEED ?= 1
FUZZ_SECONDS ?= 300
BIN = .build/$(CONFIG)
PRODUCTS = membership matching followup notification board programme
PACKAGES = libzmq3-dev libsodium-dev libsqlite3-dev libcurl4-openssl-dev python3 python3-venv tzdata strace faketime e2fsprogs mount iproute2 systemd \
  exim4-daemon-light chromium
VENV = .venv/.installed

.PHONY: help deps build run demo contracts test test-deploy test-faults test-tsan test-asan fuzz bench bench-counts bench-deps lint format clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

deps: $(VENV) ## Install what is missing: Debian's packages, and Python's for the tests
	@command -v swift >/dev/null || { echo "Swift 6.3 is missing. Install it from swift.org and put it on the PATH."; exit 1; }

# Runs at every call and costs a few milliseconds when all is there.
.PHONY: packages
packages:
	@missing=; for p in $(PACKAGES); do dpkg-query -W -f='$${db:Status-Status}' $$p 2>/dev/null | grep -q '^installed' || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	  sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  echo "Installing$$missing"; \
	  $$sudo apt-get update -q >/dev/null; \
	  DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -q --no-install-recommends $$missing >/dev/null; \
	fi

$(VENV): Tests/requirements.txt | packages
	@python3 -m venv .venv
	@.venv/bin/pip install -q --disable-pip-version-check -r Tests/requirements.txt
	@touch $@

build: deps ## Build the services, the board client and the launcher
	@for product in $(PRODUCTS); do swift build -c $(CONFIG) $(STATIC) --product $$product; done

run: build ## Start the four services for use, with their state in STATE (Ctrl-C ends it)
	@$(BIN)/programme run --state $(STATE)

demo: build ## A whole programme year on a virtual calendar, with SEED
	@$(BIN)/programme demo --state $(STATE)/demo --seed $(SEED)

contracts: build ## Write JSON Schema and AsyncAPI to OUT
	@$(BIN)/board contracts --out $(or $(OUT),state/contracts)

test: deps ## Run every test, with the short faults
	swift build --build-tests -Xswiftc -warnings-as-errors
	timeout 1200 swift test --skip-build --skip SystemTests --skip FaultTests
	timeout 1200 swift test --skip-build --no-parallel --filter SystemTests
	timeout 1200 swift test --skip-build --no-parallel --filter FaultTests

# Its own copy of deploy/ under a project name of its own; no other container is touched.
export CONTAINER_BUILD ?= docker build
export COMPOSE ?= docker-compose
test-deploy: deps ## Try the image and the compose file; CONTAINER_BUILD and COMPOSE name other engines than Docker
	@$(MAKE) --no-print-directory packages PACKAGES="age openssl restic rsync"
	@timeout -k 60 1800 .venv/bin/python Tests/Deployment/trial.py

test-faults: deps ## The whole table of faults, up to an hour; SKIP_FAULTS=a,b passes over rows, SEEDS=n for more years
	swift build --build-tests
	FAULTS=long timeout 3600 swift test --skip-build --no-parallel --filter FaultTests
	@echo "The report: Tests/Faults/REPORT.md"

# A crash or a hang leaves the input at hand in a file that the first lines name.
fuzz: deps ## Read anything at all for FUZZ_SECONDS (300) at each surface; SEED=n begins with the same numbers
	swift build --build-tests
	FUZZ_SECONDS=$(FUZZ_SECONDS) timeout -k 5 $$((3 * $(FUZZ_SECONDS) + 120)) swift test --skip-build --filter FuzzTests

# Without address randomisation, which the sanitizers' shadow memory can't place on some kernels; a fault ends the
# process at once. What is planted must be caught by the same settings, or a clean run means nothing.
SANITIZED = SWIFT_BACKTRACE=enable=no SIMULATION_STEPS=6000 timeout -k 5 1200 setarch -R

test-tsan: export TSAN_OPTIONS = suppressions=$(CURDIR)/Tests/Sanitizers/tsan.supp:halt_on_error=1
test-tsan: export MUTEX = $(CURDIR)/.build-tsan/mutex.so
test-tsan: deps ## Run the suite under ThreadSanitizer, which must also catch a planted race
	swift build --build-tests --sanitize=thread --scratch-path .build-tsan
	clang -shared -fPIC -O1 -Wall -Werror -o $$MUTEX Tests/Sanitizers/mutex.c
	(LD_PRELOAD=$$MUTEX $(SANITIZED) .build-tsan/debug/planted-fault race 2>&1 || true) | grep "WARNING: ThreadSanitizer: .* race"
	LD_PRELOAD=$$MUTEX $(SANITIZED) swift test --skip-build --sanitize=thread --scratch-path .build-tsan --skip SystemTests --skip FaultTests

test-asan: export ASAN_OPTIONS = detect_leaks=0
test-asan: deps ## Run the suite under AddressSanitizer, which must also catch a planted overflow
	swift build --build-tests --sanitize=address --scratch-path .build-asan
	($(SANITIZED) .build-asan/debug/planted-fault overflow 2>&1 || true) | grep "ERROR: AddressSanitizer: heap-buffer-overflow"
	$(SANITIZED) swift test --skip-build --sanitize=address --scratch-path .build-asan --skip SystemTests --skip FaultTests

lint: deps ## Formatting, and the check of the layers
	swift format lint --strict --parallel --recursive Package.swift Shared Services Tests
	python3 Tests/lint_layers.py

format: ## Format every source
	swift format --in-place --parallel --recursive Package.swift Shared Services Tests

BENCH = .build-bench
# Without its plan of before, which does not know of sources that are new in the product's package.
BUILD_BENCH = rm -f $(BENCH)/release.yaml && swift build -c release --static-swift-stdlib --package-path Tests/Benchmarks --scratch-path $(BENCH)
bench: deps bench-limits ## Measure the spine and the planner beside their peers; ROWS=request,plan-dense@500 for some; DRY=1 tells the time
	@[ -n "$(DRY)" ] || for product in bench-service bench-client bench-nightly bench-mail bench-plan $(PRODUCTS); do \
	  $(BUILD_BENCH) --product $$product | tail -1; \
	done
	@python3 Tests/Benchmarks/bench.py $(BENCH) $(ROWS)

.PHONY: bench-limits
bench-limits:
	@mkdir -p $(BENCH)/limits
	@for limit in socket zeromq commits queues mail; do \
	  [ $$limit != queues ] || [ -e /usr/include/hiredis/hiredis.h ] || continue; \
	  cc -O2 -Wall -o $(BENCH)/limits/$$limit Tests/Benchmarks/limits/$$limit.c \
	    $$(sed -n '1s,^// libraries: ,,p' Tests/Benchmarks/limits/$$limit.c); \
	done

bench-counts: ## Count the instructions of the hot paths, against the committed figures
	@$(MAKE) --no-print-directory packages PACKAGES=valgrind
	@for product in bench-service bench-plan; do $(BUILD_BENCH) --product $$product | tail -1; done
	@python3 Tests/Benchmarks/counts.py $(BENCH)/release

bench-deps: $(VENV) ## Install the peers that `make bench` compares with: redis, beanstalkd, gRPC, lapx, mentor-match
	@.venv/bin/pip install -q --disable-pip-version-check -r Tests/Benchmarks/requirements.txt
	@$(MAKE) --no-print-directory packages PACKAGES="redis-server beanstalkd libhiredis-dev"
	swift build -c release --static-swift-stdlib --package-path Tests/Benchmarks/grpc --scratch-path .build-bench-grpc --product bench-grpc

clean: ## Delete what was built; state is left alone
	rm -rf .build .build-tsan .build-asan .build-bench .build-bench-grpc .venv
