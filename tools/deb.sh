#!/bin/sh
# Debian packages of the last commit, looked at by lintian: build/deb/*.deb.
#
# usage: tools/deb.sh BUILD
set -eu
cd "$(dirname "$0")/.."
version=$(sed -n '1s/.*(\(.*\)).*/\1/p' debian/changelog)
out=$(realpath -m "$1/deb")
rm -rf "$out"
mkdir -p "$out/hearsay-$version"
git archive HEAD | tar -x -C "$out/hearsay-$version"
(cd "$out/hearsay-$version" && dpkg-buildpackage -us -uc -b -d) >"$out/build.log" 2>&1 || {
  tail -n 30 "$out/build.log"
  exit 1
}
rm -rf "$out/hearsay-$version"
lintian --fail-on error,warning --suppress-tags initial-upload-closes-no-bugs "$out"/*.changes
ls "$out"/*.deb
