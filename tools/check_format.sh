#!/bin/sh
# clang-format agrees with every source file; it changes none. Names those that
# it would change.
set -eu
cd "$(dirname "$0")/.."
faults=$(find src include test train bench fuzz examples -name '*.[ch]' | sort |
  xargs clang-format --dry-run --Werror 2>&1 | sed -n 's/^\([^ :]*\):[0-9]*:[0-9]*: error: code should be clang-formatted.*/\1/p' | sort -u)
[ -z "$faults" ] || {
  echo "format: clang-format would change" $faults
  exit 1
}
echo "format: fine"
