#!/bin/sh
# Fuzzes every target, each so many seconds, with the specification's examples, the
# story and fuzz/seeds as corpus.
#
# usage: fuzz/run.sh [SECONDS [NAME…]]
#
# Builds the library once more with clang, libFuzzer and AddressSanitizer below
# build-fuzz. What is found stays in build-fuzz/found.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-60}
[ $# -eq 0 ] || shift
tools/setup.sh fuzz
CC=clang cmake -S . -B build-fuzz -DHEARSAY_FUZZ=ON -DHEARSAY_ARENA_BLOCKS=ON \
  -DHEARSAY_SANITIZE=address,undefined,fuzzer-no-link >build-fuzz.log 2>&1 || { cat build-fuzz.log; exit 1; }
rm -f build-fuzz.log
names=${*:-$(for source in fuzz/fuzz_*.c; do basename "$source" .c | sed 's/^fuzz_//'; done)}
# shellcheck disable=SC2046 # a target a word
cmake --build build-fuzz -j "$(nproc)" --target spec_runner $(for name in $names; do echo "fuzz_$name"; done) >/dev/null
mkdir -p build-fuzz/found
status=0
for name in $names; do
  corpus=build-fuzz/corpus/$name
  mkdir -p "$corpus"
  for spec in test/spec/*.md; do
    case $spec in */README.md) continue ;; esac
    build-fuzz/test/spec_runner "$spec" --dump "$corpus" >/dev/null
  done
  cp examples/story/* "$corpus"
  cp fuzz/seeds/"$name"-* "$corpus" 2>/dev/null || :
  [ ! -d ../shared/attack/attack/malloc ] || cp ../shared/attack/attack/malloc/* "$corpus"
  echo "fuzz: $name, $seconds s"
  build-fuzz/fuzz/fuzz_"$name" -max_total_time="$seconds" -max_len=20000 -timeout=10 -rss_limit_mb=2048 \
    -print_final_stats=1 -artifact_prefix=build-fuzz/found/"$name"- "$corpus" >build-fuzz/"$name".log 2>&1 || {
    status=1
    tail -n 30 build-fuzz/"$name".log
  }
  sed -n 's/^stat::number_of_executed_units: */fuzz: executions /p' build-fuzz/"$name".log
done
exit $status
