# hearsay: one front for everything. `make help` lists the targets.
BUILD ?= build
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
CMAKE_FLAGS ?=
SHARED ?= ../shared
POLNEAR ?= $(SHARED)/polnear
PREFIX ?= /usr/local
FUZZ_SECONDS ?= 60
PYTHON ?= python3
TORTURE_RUNS ?= 4000

.PHONY: all picture setup configure demo test spec torture hostile suite-memory suite-threads coverage fresh web test-web python test-python test-spark test-api test-readers bench-serve check check-format check-tidy check-layers check-symbols check-generated \
        check-setup eval bench bench-reuse bench-encoder fuzz train train-encoder manual install dist deb clean help

all: configure ## build the program and the libraries
	@cmake --build $(BUILD) -j $(JOBS)

setup: ## install the packages that the build needs (asks for sudo only when it must)
	@tools/setup.sh

configure: setup
	@test -f $(BUILD)/Makefile || cmake -S . -B $(BUILD) -DCMAKE_INSTALL_PREFIX=$(PREFIX) $(CMAKE_FLAGS) \
	  > $(BUILD).log 2>&1 || { cat $(BUILD).log; exit 1; }
	@rm -f $(BUILD).log

demo: all ## build, read the story in examples/ and print who said what
	@HEARSAY=$(BUILD)/hearsay tools/demo.sh

test: all ## build and run every test
	@tools/test.sh $(BUILD) $(JOBS)

spec: all ## run the specification alone and count its examples
	@for page in $$(ls test/spec/*.md | grep -v README); do $(BUILD)/test/spec_runner $$page || echo "$$page fails"; done | \
	  awk '/^[0-9]+ examples, / { examples += $$1; next } / fails$$/ { failed++ } /not reached yet/ { later++ } { print } \
	    END { printf "%d examples, %d not reached yet; %d pages fail\n", examples, later, failed; exit failed > 0 }'

torture: all ## let every n-th allocation, write, sync and open fail, and kill at any moment; TORTURE_RUNS=4000 of each
	@$(BUILD)/test/torture $(TORTURE_RUNS)

hostile: all ## every hostile input at three sizes with both engines: seconds as a table, judged
	@HEARSAY=$(BUILD)/hearsay HEARSAY_BUILD=$(BUILD) HEARSAY_MEASURE=1 python3 -B test/pathological/hostile.py Hostile.test_seconds_at_each_size Hostile.test_seconds_at_each_size_read_deeply

test-web: all ## drive every page in a browser; screenshots go to build/web-shots
	@tools/web.sh test $(BUILD)

test-api: all ## check the server's answers against docs/openapi.yaml
	@python3 test/api/run.py $(BUILD)/hearsay $(BUILD)

test-readers: all ## let the programs that exports are meant for read them
	@python3 test/readers/run.py $(BUILD)/hearsay $(BUILD)

python: configure ## build the wheel of the Python package into build/wheels (pip fetches scikit-build-core and cffi)
	@bindings/python/wheel.sh $(BUILD) $(PYTHON)

test-python: all ## test the wheel in an environment of its own, with mypy, pyarrow, pandas and spaCy from PyPI
	@bindings/python/wheel.sh $(BUILD) $(PYTHON) test

test-spark: all ## test hearsay.spark on a local cluster of two workers (PySpark from PyPI: 450 MB; Java: tools/setup.sh spark)
	@tools/setup.sh spark
	@bindings/python/wheel.sh $(BUILD) $(PYTHON) spark

bench-serve: all ## measure the server's answers while articles are added beside
	@tools/setup.sh bench
	@python3 bench/serve.py $(BUILD)/hearsay

suite-memory: setup ## every test under AddressSanitizer and UndefinedBehaviorSanitizer: build-memory
	@tools/suite.sh memory $(JOBS)

suite-threads: setup ## the tests in which threads meet under ThreadSanitizer: build-threads
	@tools/suite.sh threads $(JOBS)

coverage: setup ## what of src/ the tests reach, as a table, judged: build-coverage
	@tools/suite.sh coverage $(JOBS)

fresh: ## both commands on bare Debian 12 and 13, made by debootstrap (as root): /var/tmp/fresh
	@tools/fresh.sh bookworm && tools/fresh.sh trixie

picture: all ## take README's picture of the page anew: docs/claim.png
	@tools/web.sh picture $(BUILD)

web: ## build web/dist anew from web/src
	@tools/web.sh build

check: check-format check-tidy check-layers check-symbols check-generated test ## test, and the checks of style, layers, symbols and generated files

check-setup: setup
	@tools/setup.sh check

check-format: check-setup # clang-format agrees with every source file
	@tools/check_format.sh

check-tidy: check-setup all # clang-tidy finds nothing
	@tools/check_tidy.sh $(BUILD) $(JOBS)

check-layers: ## no folder of src/ includes or calls what stands below it
	@python3 tools/check_layers.py

check-symbols: all # no global names but ours
	@tools/check_symbols.sh $(BUILD)

check-generated: all # generated files are what their generators write
	@tools/check_generated.sh $(BUILD)

eval: all ## measure quality on the corpora in $(SHARED) and write the tables of docs/quality.md
	@python3 eval/report.py $(BUILD)/hearsay $(SHARED)

bench: all ## measure speed, start-up and memory of extract; fingerprints; reading pages; linking (ARTICLES=2000)
	@cmake --build $(BUILD) -j $(JOBS) --target reuse_bench --target pages_bench > $(BUILD)/bench.log || { cat $(BUILD)/bench.log; exit 1; }
	@python3 bench/bench.py $(BUILD)/hearsay $(SHARED)
	@python3 bench/link.py $(BUILD)/hearsay $(SHARED) $(ARTICLES)

bench-reuse: configure ## what finding copies costs as a store grows; ARTICLES=100000
	@cmake --build $(BUILD) -j $(JOBS) --target reuse_bench > $(BUILD)/bench-reuse.log || { cat $(BUILD)/bench-reuse.log; exit 1; }
	@$(BUILD)/bench/reuse_bench $(ARTICLES)

bench-encoder: configure ## the encoder beside ONNX Runtime: ENCODER_BASE=MODEL.onnx ENCODER_TOKENIZER=tokenizer.json
	@cmake --build $(BUILD) -j $(JOBS) --target encoder_bench > $(BUILD)/bench.log || { cat $(BUILD)/bench.log; exit 1; }
	@$(PYTHON) bench/encoder.py $(BUILD)/bench/encoder_bench $(ENCODER_BASE) $(ENCODER_TOKENIZER) $(POLNEAR)/dev

fuzz: setup ## fuzz every target with the specification as corpus, FUZZ_SECONDS=60 each
	@fuzz/run.sh $(FUZZ_SECONDS)

train: configure ## rebuild the models from POLNEAR=DIR
	@cmake --build $(BUILD) -j $(JOBS) --target train_models
	@mkdir -p data/model
	@$(BUILD)/train $(POLNEAR)/train data/model/quotations.bin

train-encoder: all ## rebuild the encoders from the corpora in $(SHARED); hours, on the processor
	@cmake --build $(BUILD) -j $(JOBS) --target encoder_rows --target encoder_calibrate --target pairs
	@train/encoder/run.sh $(BUILD) $(SHARED) $(BUILD)/encoder

manual: all ## write what the program prints into README.md, docs/manual.md and docs/hearsay.1
	@HEARSAY=$(BUILD)/hearsay python3 -B test/cli/manual.py --write
	@python3 tools/manpage.py $(BUILD)/hearsay > docs/hearsay.1

install: all ## install program, libraries, header and manual below PREFIX (and DESTDIR)
	@cmake --install $(BUILD) --prefix $(PREFIX)

dist: ## a tarball of the last commit, the same bytes every time: build/dist/hearsay-VERSION.tar.gz
	@tools/dist.sh $(BUILD)/dist/hearsay-$$(sed -n 's/^project(hearsay VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt).tar.gz

deb: setup ## Debian packages of the last commit, looked at by lintian: build/deb
	@tools/setup.sh deb
	@tools/deb.sh $(BUILD)

clean: ## remove what was built
	@rm -rf $(BUILD) build-fuzz build-memory build-threads build-coverage

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
