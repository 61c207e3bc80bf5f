#!/bin/sh
# What is installed is enough to build and run a program of one's own.
# usage: install.sh BUILD CC
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT
cmake --install "$1" --prefix "$prefix" >/dev/null
pc=$(dirname "$(find "$prefix" -name hearsay.pc)")
libs=$(dirname "$pc")
flags=$(PKG_CONFIG_PATH="$pc" pkg-config --cflags --libs hearsay)
# shellcheck disable=SC2086 # words on purpose
"$2" "$root/examples/c/extract.c" $flags -o "$prefix/extract"
cd "$root/examples/story"
LD_LIBRARY_PATH="$libs" "$prefix/extract" 01-herald.txt >"$prefix/example"
"$prefix/bin/hearsay" extract 01-herald.txt | cmp - "$prefix/example"
test -s "$prefix/share/man/man1/hearsay.1"
