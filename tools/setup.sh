#!/bin/sh
# Installs what the build needs, and nothing that is there.
#
# usage: tools/setup.sh [check | fuzz | npm | web | bench | deb | python | spark]
#
# Each row: the Debian/Ubuntu package (or several names of it, parted by |), then
# what shows that it is not needed (cmd: a command, pc: a library that pkg-config
# knows, py: a module of python3). With all of them there
# no package manager is asked and no network is used. The words add the tools of
# targets of their names. (minizip: Debian 13's libxlsxwriter wants it and does not say so.)
set -u

rows="
build-essential     cmd:cc
make                cmd:make
cmake               cmd:cmake
pkg-config          cmd:pkg-config
python3             cmd:python3
libsqlite3-dev      pc:sqlite3
libxml2-dev         pc:libxml-2.0
libjansson-dev      pc:jansson
libutf8proc-dev     pc:libutf8proc
libuchardet-dev     pc:uchardet
libxxhash-dev       pc:libxxhash
libmd-dev           pc:libmd
zlib1g-dev          pc:zlib
libzstd-dev         pc:libzstd
libbrotli-dev       pc:libbrotlidec
libarchive-dev      pc:libarchive
libgmime-3.0-dev    pc:gmime-3.0
libminizip-dev      pc:minizip
libxlsxwriter-dev   pc:xlsxwriter
libmicrohttpd-dev   pc:libmicrohttpd
libcmocka-dev       pc:cmocka
"
case ${1:-} in
check) rows="$rows
clang-format        cmd:clang-format
clang-tidy          cmd:clang-tidy
" ;;
npm) rows="$rows
nodejs              cmd:node
npm                 cmd:npm
" ;;
web) rows="$rows
nodejs              cmd:node
npm                 cmd:npm
chromium|chromium-browser  cmd:chromium
" ;;
bench) rows="$rows
wrk                 cmd:wrk
" ;;
fuzz) rows="$rows
clang               cmd:clang
" ;;
python) rows="$rows
python3-cffi        py:cffi
python3-pytest      py:pytest
" ;;
spark) rows="$rows
openjdk-17-jre-headless|openjdk-21-jre-headless  cmd:java
" ;;
deb) rows="$rows
debhelper           cmd:dh
fakeroot            cmd:fakeroot
lintian             cmd:lintian
" ;;
esac

there() {
  case $1 in
  cmd:*) command -v "${1#cmd:}" >/dev/null 2>&1 ;;
  pc:*) pkg-config --exists "${1#pc:}" 2>/dev/null ;;
  py:*) python3 -c "import ${1#py:}" >/dev/null 2>&1 ;;
  esac
}

missing_packages() {
  echo "$rows" | while read -r package probe; do
    [ -z "$package" ] || there "$probe" || printf ' %s' "${package%%|*}"
  done
}

missing=$(missing_packages)
[ -z "$missing" ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "setup: this system has no apt; install what these Debian packages hold:$missing" >&2
  exit 1
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "setup: not root and no sudo here; as root: apt-get install$missing" >&2
    exit 1
  fi
  as_root=sudo
fi

echo "setup: installing$missing" >&2
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # words on purpose
install() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2; }
# The lists may be old or absent: fetch them, and go on with what is there if that fails.
$as_root apt-get update -qq >&2 || echo "setup: the package lists could not be fetched" >&2
# All at once; where that fails one by one, each under the names that it has, so
# that one package that a distribution lacks costs nothing but itself.
# shellcheck disable=SC2086
install $missing || {
  echo "$rows" | while read -r package probe; do
    [ -z "$package" ] || there "$probe" && continue
    IFS='|'
    set -- $package
    unset IFS
    for name; do
      install "$name" && there "$probe" && break
    done
  done
}
missing=$(missing_packages)
[ -z "$missing" ] || {
  echo "setup: could not be installed:$missing" >&2
  exit 1
}
