#!/bin/sh
# What is installed is enough to build and run a program of one's own.
# usage: install.sh BUILD CC
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "$1" && pwd)
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT
cmake --install "$build" --prefix "$prefix" >/dev/null
pc=$(dirname "$(find "$prefix" -name hearsay.pc)")
libs=$(dirname "$pc")
flags=$(PKG_CONFIG_PATH="$pc" pkg-config --cflags --libs hearsay)
# shellcheck disable=SC2086 # words on purpose
"$2" "$root/examples/c/extract.c" $flags -o "$prefix/extract"
cd "$root/examples/story"
LD_LIBRARY_PATH="$libs" "$prefix/extract" 01-herald.txt >"$prefix/example"
"$prefix/bin/hearsay" extract 01-herald.txt | cmp - "$prefix/example"
test -s "$prefix/share/man/man1/hearsay.1"

# Below DESTDIR, as packages want it, lies the same, and nothing outside of it.
DESTDIR="$prefix/dest" cmake --install "$build" --prefix /opt/hearsay >/dev/null
rm "$prefix/extract" "$prefix/example"
(cd "$prefix/dest/opt/hearsay" && find . -type f -o -type l | sort) >"$prefix/there"
(cd "$prefix" && find . -path ./dest -prune -o ! -name there \( -type f -o -type l \) -print | sort) | diff - "$prefix/there"
[ "$(ls "$prefix/dest")" = opt ] && [ ! -e /opt/hearsay ]
