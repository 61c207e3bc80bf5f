#!/bin/sh
# Reads the story in examples/ into a store of its own and prints the record.
# The program is $HEARSAY, else build/hearsay.
set -eu
cd "$(dirname "$0")/.."
hearsay=${HEARSAY:-build/hearsay}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export HEARSAY_STORE="$folder/demo.db"

step() {
  printf '\n$ hearsay %s\n\n' "$1"
  # shellcheck disable=SC2086 # words on purpose
  "$hearsay" $1
}

step "add examples/story"
step "list"
step "who"
step "claims"
step "copies"
step "stats"
printf '\nTry: %s add YOUR-ARTICLES/, then who, claims, trace, show, serve (--help tells more).\n' "$hearsay"
