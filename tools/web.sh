#!/bin/sh
# The page: its packages, its bundle, its tests.
#
# usage: tools/web.sh build         web/src → web/dist
#        tools/web.sh check         web/dist is what web/src makes
#        tools/web.sh test BUILD    the same, and every page in a browser
#        tools/web.sh picture BUILD docs/claim.png anew, as the browser's tests take it
#
# Packages come once, by the lock file, into web/node_modules. Where there is no
# npm, no browser or no registry, this says so and what was asked is skipped.
set -u
cd "$(dirname "$0")/.."

skip() {
  echo "web: skipped, $*"
  exit 0
}

# What apt has, unless HEARSAY_WEB_INSTALL is "no"; without npm there is nothing to be done.
need() {
  [ "${HEARSAY_WEB_INSTALL:-}" = no ] || tools/setup.sh "$1" >/dev/null 2>&1
  command -v npm >/dev/null 2>&1 && command -v node >/dev/null 2>&1 || skip "there is no npm here (make test-web installs it)"
}

# The first browser of those that may be here; Ubuntu's is a script that names another way to install it.
find_browser() {
  for browser in "${CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
    [ -n "$browser" ] && "$browser" --version 2>/dev/null | grep -Eq '^(Chromium|Google Chrome) [0-9]' && return
    browser=
  done
  skip "there is no Chromium here (make test-web installs it)"
}

packages() {
  stamp=web/node_modules/.lock-installed
  cmp -s web/package-lock.json "$stamp" && return
  log=$(mktemp)
  if ! (cd web && npm ci --ignore-scripts --no-audit --no-fund --prefer-offline >"$log" 2>&1); then
    why=$(grep -m1 -i err "$log" || tail -n 1 "$log")
    rm -f "$log"
    skip "npm could not install what web/package-lock.json lists: $why"
  fi
  rm -f "$log"
  cp web/package-lock.json "$stamp"
}

check() {
  new=$(mktemp -d)
  status=0
  (cd web && node_modules/.bin/tsc --noEmit && node build.mjs "$new") || status=1
  for file in "$new"/* web/dist/*; do
    name=$(basename "$file")
    cmp -s "$new/$name" "web/dist/$name" && continue
    echo "web/dist/$name is not what web/src makes; run \`make web\`"
    status=1
  done
  rm -rf "$new"
  [ $status -eq 0 ] && echo "web: the bundle is what its source makes"
  return $status
}

pages() {
  build=$(cd "$1" && pwd)
  find_browser
  cd web && CHROMIUM=$browser HEARSAY="$build/hearsay" HEARSAY_BUILD="$build" node --test test/pages.test.mjs test/figures.test.mjs
}

picture() {
  build=$(cd "$1" && pwd)
  find_browser
  (cd web && CHROMIUM=$browser HEARSAY="$build/hearsay" HEARSAY_BUILD="$build" \
    node --test --test-name-pattern="README's picture" test/pages.test.mjs >"$build/picture.log") ||
    { cat "$build/picture.log"; return 1; }
  cp "$build/web-shots/readme.png" docs/claim.png
}

case ${1:-} in
build)
  need npm
  packages
  cd web && node build.mjs
  ;;
check)
  need npm
  packages
  check
  ;;
test)
  need web
  find_browser
  packages
  check && pages "${2:-build}"
  ;;
picture)
  need web
  find_browser
  packages
  picture "${2:-build}"
  ;;
*)
  sed -n '4,7s/^# //p' "$0"
  exit 2
  ;;
esac
