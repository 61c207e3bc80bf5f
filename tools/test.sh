#!/bin/sh
# Runs every test that can run here; the last line counts them, also those that cannot.
#
# usage: tools/test.sh BUILD JOBS
#
# The tests of the page want Node and a browser. They run where both are there;
# nothing is installed for them (make test-web does that).
set -u
build=$1
jobs=$2
cd "$(dirname "$0")/.."

{
  ctest --test-dir "$build" --output-on-failure -j "$jobs"
  echo $? >"$build/test.status"
} 2>&1 | tee "$build/test.log"
status=$(cat "$build/test.status")
HEARSAY_WEB_INSTALL=no tools/web.sh test "$build" >"$build/test-web.log" 2>&1 || status=1
cat "$build/test-web.log"

count() { grep -cE "$1" "$build/test.log"; }
line="test: $(count '^ *[0-9]+/[0-9]+ Test .* Passed ') passed, $(count '^ *[0-9]+/[0-9]+ Test .*[*][*][*](Failed|Timeout|Exception|Not Run)') failed"
others=$(count '^ *[0-9]+/[0-9]+ Test .*[*][*][*]Skipped')
[ "$others" -eq 0 ] || line="$line, $others SKIPPED ($(sed -n 's/^ *[0-9]*\/[0-9]* Test .*: \([^ ]*\) \.*[*][*][*]Skipped.*/\1/p' "$build/test.log" | paste -sd ' '))"
skipped=$(sed -n 's/^web: skipped, //p' "$build/test-web.log")
if [ -n "$skipped" ]; then
  # One test a page that the list names, and those that stand by themselves.
  pages=$(sed -n '/^const PAGES/,/^};/p' web/test/pages.test.mjs | grep -c '=> ')
  alone=$(cat web/test/pages.test.mjs web/test/figures.test.mjs | grep -c '^test(')
  line="$line; SKIPPED: $((pages + alone)) tests of the page, $skipped"
else
  line="$line; $(sed -n 's/^# pass //p' "$build/test-web.log") tests of the page passed"
fi
echo "$line"
exit "$status"
