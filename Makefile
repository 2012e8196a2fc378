# `make` lists the targets. They call the program, build/bin/minke, or a script of scripts/.

BUILD_VERSION ?= latest
PREFIX ?= /usr/local
DESTDIR ?=
SWIFT_FLAGS ?=

minke := build/bin/minke
sources := Package.swift $(shell find Sources -type f)
share := $(DESTDIR)$(PREFIX)/share

.DEFAULT_GOAL := help

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z][a-zA-Z0-9% -]*:.*## / \
		{ sub(/%/, "NAME", $$1); printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- The machine and the program ---------------------------------------------------------------------------------

.PHONY: setup
setup: ## install what is missing, start Docker Engine where none answers
	@scripts/setup

.PHONY: build-minke
build-minke: $(minke) ## build the program: build/bin/minke

# The C++ library that Swift's runtime needs is linked statically if there is an archive, which saves 0.6 ms at every
# start. OpenSSL and libcurl are not, since their security fixes must reach the program.
archives = $(lastword $(sort $(wildcard /usr/lib/gcc/*/*/libstdc++.a)))

# The tree under build/ is laid out like an installed one, so that the program finds its catalogue in the same way.
$(minke): $(sources)
	@mkdir -p build/archives
	@$(foreach archive,$(archives),ln -sfn $(archive) build/archives/$(notdir $(archive));)
	swift build -c release --static-swift-stdlib --product minke $(SWIFT_FLAGS)
	@mkdir -p build/bin build/share/minke
	@ln -sfn ../../../catalog build/share/minke/catalog
	@ln -sfn ../../../environments build/share/minke/environments
	@strip -o $@.new "$$(swift build -c release --static-swift-stdlib --show-bin-path $(SWIFT_FLAGS))/minke"
	@mv $@.new $@

.PHONY: demo
demo: setup $(minke) ## build images, run a cloud and start an instance in it
	@scripts/demo

# --- Images, as in Dockerstack's Makefile: all, build, clean, and for one image build-NAME, clean-NAME, test-NAME --

# make -jN builds N images at a time, make -j as many as there are processors, make without -j one.
jobs = -j $(if $(filter -j,$(MAKEFLAGS)),$(shell nproc),$(or $(patsubst -j%,%,$(filter -j%,$(MAKEFLAGS))),1))
images = $(minke) $(1) --result-lines --version $(BUILD_VERSION) $(jobs)

.PHONY: all build
all build: $(minke) ## build every image; -jN: N at a time; BUILD_VERSION=latest
	@$(call images,build)

build-%: $(minke) ## build one image and what it is built on
	@$(call images,build) $*

.PHONY: clean
clean: $(minke) ## remove every image of BUILD_VERSION
	@$(call images,clean)

clean-%: $(minke) ## remove one image
	@$(call images,clean) $*

.PHONY: rebuild
rebuild: $(minke) ## clean, then build
	@$(call images,clean)
	@$(call images,build)

rebuild-%: $(minke) ## clean, then build one image
	@$(call images,clean) $*
	@$(call images,build) $*

.PHONY: test-images
test-images: $(minke) ## run the tests of every image's recipe
	@$(call images,test)

test-%: $(minke) ## run the test of one image's recipe
	@$(call images,test) $*

# --- Tests -------------------------------------------------------------------------------------------------------

.PHONY: build-tests
build-tests: ## build the tests
	swift build --build-tests $(SWIFT_FLAGS)

# The machine, the tests, and the program that is built beside them: the compiler takes as long for an optimised one as for
# all of these.
define prepare-tests
	@scripts/setup --tests --no-engine
	@$(MAKE) --no-print-directory build-tests
endef

.PHONY: test
test: ## unit tests, and scenarios on an engine of their own; FILTER="nova IdentityTests": these only
	$(prepare-tests)
	@scripts/run-tests $(FILTER)

.PHONY: test-changed
test-changed: ## the tests of what has changed on this branch; BASE=COMMIT: since then
	$(prepare-tests)
	@scripts/run-tests --changed $(if $(BASE),--base $(BASE)) $(FILTER)

.PHONY: test-full
test-full: ## all that takes hours: scripts/test-full --list; run again, it goes on; FULL="--again demo"
	@scripts/test-full $(FULL)

.PHONY: test-unit
test-unit: build-tests ## the tests that need no engine
	@swift test --skip-build --disable-xctest --skip '^(Scenarios|EngineTests)\.' --skip ImageBuilderTests

.PHONY: bench
bench: ## measure, and write the results to bench/
	@scripts/setup --bench
	@$(MAKE) --no-print-directory $(minke)
	@bench/run

.PHONY: check-debian13
check-debian13: ## build with Debian 13's own Swift, in a root of its own; downloads 600 MB
	@scripts/check-debian13

# --- Installing --------------------------------------------------------------------------------------------------

.PHONY: install
install: $(minke) ## install the program, its catalogue and manual; PREFIX=/usr/local DESTDIR=
	install -D -m 755 $(minke) $(DESTDIR)$(PREFIX)/bin/minke
	mkdir -p $(share)/minke
	rm -rf $(share)/minke/catalog $(share)/minke/environments
	cp -R catalog environments $(share)/minke/
	install -D -m 644 LICENSE $(share)/doc/minke/copyright
	mkdir -p $(share)/bash-completion/completions $(share)/zsh/site-functions \
		$(share)/fish/vendor_completions.d $(share)/man/man1
	$(minke) completion bash >$(share)/bash-completion/completions/minke
	$(minke) completion zsh >$(share)/zsh/site-functions/_minke
	$(minke) completion fish >$(share)/fish/vendor_completions.d/minke.fish
	$(minke) manual >$(share)/man/man1/minke.1

.PHONY: uninstall
uninstall: ## remove what install put there
	rm -rf $(share)/minke $(share)/doc/minke
	rm -f $(DESTDIR)$(PREFIX)/bin/minke $(share)/bash-completion/completions/minke \
		$(share)/zsh/site-functions/_minke $(share)/fish/vendor_completions.d/minke.fish \
		$(share)/man/man1/minke.1

# --- The source --------------------------------------------------------------------------------------------------

# The folders whose scripts are checked.
SCRIPTS = .ci scripts bench catalog
shell_scripts = $(shell grep -rlE '^\#!.*\b(ba)?sh\b' --exclude-dir=work $(SCRIPTS) 2>/dev/null)

.PHONY: format
format: ## lay out the Swift source
	swift format --in-place --parallel --recursive Package.swift Sources Tests

.PHONY: lint
lint: ## check the layout of the Swift source, its imports, and the shell scripts
	scripts/imports
	scripts/pipes
	shellcheck scripts/*.bash scripts/full/*.bash $(shell_scripts)
	swift format lint --strict --parallel --recursive Package.swift Sources Tests

.PHONY: docs
docs: $(minke) ## write docs/recipes, a page for each recipe, from the recipes
	$(minke) --catalog catalog config pages docs/recipes

.PHONY: options
options: ## write catalog/options, what options OpenStack's programs know, from their images
	@scripts/options

.PHONY: distclean
distclean: ## remove everything that was built here; images stay
	rm -rf .build build
