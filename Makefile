# hearsay: one front for everything. `make help` lists the targets.
BUILD ?= build
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
CMAKE_FLAGS ?=
SHARED ?= ../shared
POLNEAR ?= $(SHARED)/polnear

.PHONY: all setup configure demo test check eval bench fuzz train install clean help
all: configure ## build the program and the libraries
	@cmake --build $(BUILD) -j $(JOBS)

setup: ## install the packages that the build needs (asks for sudo only when it must)
	@tools/setup.sh

configure: setup
	@test -f $(BUILD)/CMakeCache.txt || cmake -S . -B $(BUILD) $(CMAKE_FLAGS) > $(BUILD).log 2>&1 || { cat $(BUILD).log; exit 1; }
	@rm -f $(BUILD).log
