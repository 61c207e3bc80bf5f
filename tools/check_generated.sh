#!/bin/sh
# Generated files are what their generators write from what is there.
#
# usage: tools/check_generated.sh BUILD
set -eu
cd "$(dirname "$0")/.."
build=${1:-build}
new=$(mktemp)
trap 'rm -f "$new"' EXIT
status=0

same() { # FILE, made by the command behind it
  file=$1
  shift
  "$@" >"$new"
  cmp -s "$new" "$file" && return
  echo "$file is not what \`$*\` writes"
  status=1
}

same docs/hearsay.1 python3 tools/manpage.py "$build/hearsay"
tools/web.sh check || status=1
[ $status -eq 0 ] && echo "generated: fine"
exit $status
