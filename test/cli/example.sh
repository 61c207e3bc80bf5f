#!/bin/sh
# The program of examples/c prints what `hearsay extract` prints.
# usage: example.sh EXAMPLE (the program is $HEARSAY)
set -eu
cd "$(dirname "$0")/../../examples/story"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$1" *.txt *.html >"$out/example"
"$HEARSAY" extract *.txt *.html >"$out/program"
[ "$(wc -l <"$out/example")" -eq 5 ]
cmp "$out/example" "$out/program"
! "$1" no-such-file >"$out/none" 2>"$out/errors"
grep -q "no-such-file" "$out/errors"
