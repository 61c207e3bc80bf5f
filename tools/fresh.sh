#!/bin/sh
# Builds and tests on a system that has nothing: a bare Debian of its own, made by
# debootstrap, in which git and make alone are installed first.
#
# usage: tools/fresh.sh SUITE [DIR]     bookworm, trixie; as root
#
# DIR (/var/tmp/fresh/SUITE) is made where it is not there, and kept: the next run
# begins from the packages that debootstrap brought, since each run works on a copy.
# What is tested is the last commit. $FRESH_MIRROR names another mirror,
# $FRESH_TARGETS other targets ("demo test").
set -u
suite=${1:?which suite? bookworm or trixie}
base=${2:-/var/tmp/fresh/$suite}
mirror=${FRESH_MIRROR:-http://deb.debian.org/debian}
targets=${FRESH_TARGETS:-demo test}
here=$(cd "$(dirname "$0")/.." && pwd)
root=$base.run

say() { echo "fresh: $suite: $*"; }
fail() {
  say "FAILED: $*"
  exit 1
}

[ "$(id -u)" -eq 0 ] || fail "debootstrap and chroot want root"
command -v debootstrap >/dev/null || fail "there is no debootstrap here"
if [ ! -e "$base/etc/debian_version" ]; then
  debootstrap --variant=minbase "$suite" "$base" "$mirror" >"$base.log" 2>&1 || fail "debootstrap: see $base.log"
fi

inside() { chroot "$root" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"; }
leave() {
  for mount in proc dev/pts dev/shm dev; do
    mountpoint -q "$root/$mount" && umount "$root/$mount"
  done
  mountpoint -q "$root/dev" || rm -rf --one-file-system "$root"
}
trap leave EXIT
leave 2>/dev/null
cp -a "$base" "$root" || fail "no copy"
mount -t proc proc "$root/proc" && mount --bind /dev "$root/dev" || fail "no mounts"
mount --bind /dev/pts "$root/dev/pts" || fail "no terminals" # some tests sit at one
cp /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null
cp /etc/hosts "$root/etc/hosts" 2>/dev/null

say "Debian $(cat "$root/etc/debian_version")"
inside apt-get update -qq || fail "apt-get update"
inside apt-get install -y -qq --no-install-recommends git make ca-certificates >/dev/null || fail "git and make"
git -C "$here" bundle create "$root/root/hearsay.bundle" HEAD >/dev/null 2>&1 || fail "no commit to test"
inside git clone -q /root/hearsay.bundle /root/hearsay || fail "clone"
say "commit $(git -C "$here" rev-parse --short HEAD)"
for target in $targets; do
  say "make $target"
  began=$(date +%s)
  inside sh -c "cd /root/hearsay && make $target" || fail "make $target"
  say "make $target took $(($(date +%s) - began)) s"
done
say "green"
