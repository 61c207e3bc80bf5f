#!/bin/sh
# Fuzzes the program's readers with the specification's examples as corpus.
#
# usage: fuzz/run.sh [SECONDS]
#
# Builds the library once more with clang, libFuzzer and AddressSanitizer below
# build-fuzz. What is found stays in build-fuzz/found.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-60}
tools/setup.sh fuzz
CC=clang cmake -S . -B build-fuzz -DHEARSAY_FUZZ=ON -DHEARSAY_ARENA_BLOCKS=ON \
  -DHEARSAY_SANITIZE=address,undefined,fuzzer-no-link >/dev/null
cmake --build build-fuzz -j 2 --target fuzz_extract spec_runner >/dev/null
mkdir -p build-fuzz/corpus build-fuzz/found
for spec in test/spec/*.md; do
  case $spec in */README.md) continue ;; esac
  build-fuzz/test/spec_runner "$spec" --dump build-fuzz/corpus
done
cp examples/story/* build-fuzz/corpus/
build-fuzz/fuzz/fuzz_extract -max_total_time="$seconds" -max_len=20000 -timeout=10 -rss_limit_mb=2048 \
  -artifact_prefix=build-fuzz/found/ build-fuzz/corpus
