#!/usr/bin/env python3
"""Whether a record depends on the order in which its articles came.

usage: orders.py PROGRAM SHARED [ARTICLES]

All articles of SHARED that are read fast (polnear, cases, reuse; or as many as asked for) are added in five orders,
by one thread and by two, in one run and in many, once with articles that go in between and come again.  All have to
export the same, byte for byte.
"""
import glob
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time

# threads, runs, share of the articles that go and come again
WAYS = [(1, 1, 0), (2, 1, 0), (1, 7, 0), (2, 12, 0), (2, 5, 0.05)]


def articles(shared, folder):
    """Files of one article each."""
    files = sorted(glob.glob(f"{shared}/polnear/*/*.txt") + glob.glob(f"{shared}/cases/*/*.txt"))
    with open(f"{shared}/reuse/docs.jsonl", encoding="utf-8") as lines:
        for i, line in enumerate(lines):
            json.loads(line)
            files.append(os.path.join(folder, f"{i:04}.jsonl"))
            with open(files[-1], "w", encoding="utf-8") as out:
                out.write(line)
    return files


def run(program, store, *args):
    out = subprocess.run([program, *args], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False,
                         env={**os.environ, "HEARSAY_STORE": store, "HEARSAY_ENGINE": "fast"})
    if out.returncode:
        sys.exit(f"orders: {args[0]} failed")
    return out.stdout


def portions(order, count, draw):
    """The order in so many parts, of sizes that differ."""
    cuts = sorted(draw.sample(range(1, len(order)), count - 1)) if count > 1 else []
    return [order[a:b] for a, b in zip([0, *cuts], [*cuts, len(order)])]


def digest(program, store):
    out = run(program, store, "export", "--format", "jsonl")
    kinds = {k: out.count(f'"type":"{k}"'.encode()) for k in ("document", "statement", "claim", "shift")}
    return hashlib.sha256(out).hexdigest()[:16], kinds


def main(program, shared, count=None):
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        files = articles(shared, folder)
        if count:
            files = random.Random(0).sample(files, int(count))
        for n, (threads, runs, share) in enumerate(WAYS):
            draw, store, began = random.Random(n), os.path.join(folder, f"{n}.db"), time.time()
            order = files if n == 0 else files[::-1] if n == 1 else draw.sample(files, len(files))
            for part in portions(order, runs, draw):
                run(program, store, "add", "-j", str(threads), *part)
            if share:
                gone = draw.sample(files, int(share * len(files)))
                run(program, store, "remove", *gone)
                run(program, store, "add", "-j", str(threads), *gone)
            found[n] = digest(program, store)
            print(f"{threads} threads, {runs} runs, {share:.0%} gone and come again: {found[n][0]} {found[n][1]}"
                  f" {time.time() - began:.0f} s", flush=True)
            os.remove(store)
    if len(set(map(str, found.values()))) > 1:
        sys.exit("orders: the record depends on the order")
    print(f"one record of {len(files)} articles in {len(WAYS)} orders")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:4])
