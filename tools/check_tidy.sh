#!/bin/sh
# clang-tidy (see .clang-tidy) finds nothing in the sources of the build.
#
# usage: tools/check_tidy.sh BUILD JOBS
set -eu
cd "$(dirname "$0")/.."
build=${1:-build}
find src -name '*.c' | sort | xargs -P "${2:-2}" -n 4 clang-tidy -p "$build" --quiet --warnings-as-errors='*' 2>/dev/null ||
  { echo "tidy: faults (above)"; exit 1; }
echo "tidy: fine"
