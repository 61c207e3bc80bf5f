#!/bin/sh
# A tarball of the last commit: the same bytes whenever and wherever it is made.
#
# usage: tools/dist.sh FILE.tar.gz [PATH…]     of the tree; all of it without
set -eu
out=$(realpath -m "$1")
shift
cd "$(dirname "$0")/.."
name=$(basename "$out" .tar.gz)
mkdir -p "$(dirname "$out")"
# The commit's time stands on every file; gzip keeps none of its own.
git -c core.autocrlf=false -c tar.umask=0022 archive --format=tar --prefix="$name/" HEAD -- "$@" | gzip -n >"$out.part"
mv "$out.part" "$out"
echo "$(sha256sum "$out" | cut -d' ' -f1)  $(basename "$out")"
