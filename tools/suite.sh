#!/bin/sh
# Builds once more in a folder of its own and runs the tests there, with what watches over them.
#
# usage: tools/suite.sh memory | threads | coverage [JOBS [CTEST-ARGUMENTS…]]
#
# memory: AddressSanitizer and UndefinedBehaviorSanitizer, each allocation of an
# arena in a block of its own; all tests. threads: ThreadSanitizer; the tests in
# which threads meet. coverage: what of src/ the tests reach, judged by
# tools/coverage.py. The folders are build-memory, build-threads, build-coverage.
#
# The program does not confine itself here: what looks for leaks traces it from outside, and
# what counts lines writes beside the objects. unit/base/confine does so all the same.
set -eu
suite=${1:?memory, threads or coverage}
jobs=${2:-1}
shift $(($# < 2 ? $# : 2))
cd "$(dirname "$0")/.."
case $suite in
memory) set -- -DHEARSAY_SANITIZE=address,undefined -DHEARSAY_ARENA_BLOCKS=ON -- "$@" ;;
threads)
  [ $# -gt 0 ] || set -- -R '^unit/(base|ingest|record|store|server|api)/|^cli/(store|serve|guard|watch|handed_in|marking|relink)$'
  set -- -DHEARSAY_SANITIZE=thread -- "$@"
  ;;
coverage) set -- -DCMAKE_BUILD_TYPE=Debug "-DCMAKE_C_FLAGS=--coverage -fprofile-update=atomic" -DHEARSAY_HARDEN=OFF -- "$@" ;;
*) echo "suite: memory, threads or coverage" >&2 && exit 2 ;;
esac
build=build-$suite
flags=
while [ "$1" != -- ]; do
  flags="$flags '$1'"
  shift
done
shift
eval "cmake -S . -B '$build' $flags" >"$build.log" 2>&1 || { cat "$build.log"; exit 1; }
rm -f "$build.log"
cmake --build "$build" -j "$jobs" >"$build/build.log" 2>&1 || { tail -n 30 "$build/build.log"; exit 1; }
find "$build" -name '*.gcda' -delete
# What is found ends a test; a leak, too.
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:allocator_may_return_null=1
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1
export HEARSAY_CONFINE=no
[ "$suite" = coverage ] || export HEARSAY_SANITIZED=$suite # memory is the sanitizer's: not judged
status=0
ctest --test-dir "$build" --output-on-failure --timeout 1800 -j "$jobs" "$@" || status=$?
[ "$suite" != coverage ] || python3 tools/coverage.py "$build" || status=$?
exit $status
