#!/bin/sh
# The static library has no global names but hearsay_ and hsy_; the shared one
# exports hearsay_ alone.
#
# usage: tools/check_symbols.sh BUILD
set -u
build=${1:-build}
status=0

foreign() { # what is not ours in a list of names
  what=$1 pattern=$2
  others=$(sort -u | grep -Ev "$pattern" || true)
  [ -z "$others" ] && return
  echo "$what: names that are not ours:" $others
  status=1
}

[ -f "$build/libhearsay.a" ] && [ -f "$build/libhearsay.so" ] || {
  echo "symbols: no libraries in $build"
  exit 1
}
names=$(mktemp)
trap 'rm -f "$names"' EXIT
# Sanitizers add names of their own with two underscores.
nm -g --defined-only "$build/libhearsay.a" 2>/dev/null | awk 'NF == 3 { print $3 }' >"$names"
foreign "libhearsay.a" '^(hearsay_|hsy_|__)' <"$names"
nm -D --defined-only "$build/libhearsay.so" | awk 'NF == 3 { print $3 }' >"$names"
foreign "libhearsay.so" '^hearsay_' <"$names"
# What the header promises is there.
for name in $(sed -n 's/.*HEARSAY_API.*[ *]\(hearsay_[a-z_]*\)(.*/\1/p' "$(dirname "$0")/../include/hearsay.h"); do
  grep -qx "$name" "$names" || {
    echo "libhearsay.so: hearsay.h declares $name, which is not there"
    status=1
  }
done
[ $status -eq 0 ] && echo "symbols: fine"
exit $status
