#!/usr/bin/env python3
"""Trains data/model/doubles.txt: the chance that two entities are one.

usage: doubles.py SHARED HEARSAY OUT [--stores FOLDER]

SHARED has stories/ and cases/, read by the program HEARSAY into six records of eleven (kept in FOLDER), so that names
meet their like. A reader's record tells whose the words are; an entity is who two thirds of its words belong to. Pairs
are those that the program proposes, with its own signs. Logistic regression by Newton's method, ridge 1; what is
printed are figures on records that were left out. The same data give the same bytes.
"""
import argparse
import collections
import glob
import json
import math
import os
import re
import subprocess
import tempfile

LEFT_OUT = {"drone-deliveries"}
RIDGE, GROUPS, RECALL = 1.0, 6, 0.9


def words(text):
    return re.findall(r"\w+", (text if isinstance(text, str) else " ".join(text or [])).lower())


def overlap(a, b):
    shared = sum((collections.Counter(words(a)) & collections.Counter(words(b))).values())
    return shared / max(1, len(words(a)), len(words(b)))


def stories(shared):
    for path in sorted(glob.glob(f"{shared}/stories/*/expected.json") + glob.glob(f"{shared}/cases/*/expected.json")):
        folder = os.path.dirname(path)
        if os.path.basename(folder) not in LEFT_OUT:
            yield folder, json.load(open(path, encoding="utf-8"))


def run(program, store, *args):
    out = subprocess.run([program, *args, "--store", store, "--json"], stdout=subprocess.PIPE, check=True, text=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def owners(rows, expected):
    """Entity → whose words most of its words are; expected: article → what a reader found there."""
    votes = collections.defaultdict(collections.Counter)
    for row in rows:
        said = " ".join(row["content_text"])
        story, here = expected[row["path"]]
        best = max(here, key=lambda e: overlap(said, e["content"]), default=None)
        if best and overlap(said, best["content"]) >= 0.6 and len(row["speakers"]) == 1:
            votes[row["speakers"][0]][story, best["speaker"]] += 1
    out = {}
    for entity, counts in votes.items():
        name, n = counts.most_common(1)[0]
        if 3 * n >= 2 * sum(counts.values()):
            out[entity] = name
    return out


def pairs_of(program, store, group):
    expected = {}
    for folder, told in group:
        for path in sorted(glob.glob(folder + "/*")):
            if not path.endswith(("expected.json", "README.md")):
                here = [e for e in told["attributions"] if e["doc"] == os.path.basename(path) and e.get("speaker")]
                expected[path] = folder, here
    if not os.path.exists(store):
        subprocess.run([program, "add", "--engine", "fast", "--store", store, *expected], check=True, stdout=subprocess.DEVNULL)
    who = owners(run(program, store, "who"), expected)
    return [(row["signs"], float(who[row["one"]] == who[row["other"]]), row) for row in run(program, store, "doubles", "--all")
            if row["one"] in who and row["other"] in who]


# ---- the regression ----

def solve(matrix, right):
    """Gauss; the matrix is positive definite."""
    n = len(right)
    rows = [matrix[i][:] + [right[i]] for i in range(n)]
    for i in range(n):
        for k in range(i + 1, n):
            f = rows[k][i] / rows[i][i]
            for j in range(i, n + 1):
                rows[k][j] -= f * rows[i][j]
    out = [0.0] * n
    for i in reversed(range(n)):
        out[i] = (rows[i][n] - sum(rows[i][j] * out[j] for j in range(i + 1, n))) / rows[i][i]
    return out


def odds_of(weights, x):
    return math.exp(max(-30.0, min(30.0, sum(w * v for w, v in zip(weights, x)))))


def short_one(row):
    """The one that is short for the other: its chances are shared by all whose name it is part of."""
    if "surname alone" not in row["signs"] and "first word alone" not in row["signs"]:
        return None
    return min((row["one"], row["name_of_one"]), (row["other"], row["name_of_other"]), key=lambda end: len(end[1].split()))[0]


def fit(data):
    n = len(data[0][0])
    weights = [0.0] * n
    for _ in range(30):
        gradient = [-RIDGE * w if i else 0.0 for i, w in enumerate(weights)]
        hessian = [[RIDGE if i == j and i else 1e-9 * (i == j) for j in range(n)] for i in range(n)]
        for x, y in data:
            o = odds_of(weights, x)
            p = o / (1 + o)
            for i in range(n):
                if not x[i]:
                    continue
                gradient[i] += (y - p) * x[i]
                for j in range(n):
                    hessian[i][j] += p * (1 - p) * x[i] * x[j]
        step = solve(hessian, gradient)
        weights = [w + s for w, s in zip(weights, step)]
        if max(map(abs, step)) < 1e-9:
            break
    return weights


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared")
    parser.add_argument("hearsay")
    parser.add_argument("out")
    parser.add_argument("--stores")
    args = parser.parse_args()
    signs = [line.split("\t")[0] for line in open(args.out, encoding="utf-8") if line.strip() and line[0] != "#"]
    signs = [s for s in signs if s not in ("bias", "bar")]
    with tempfile.TemporaryDirectory() as made:
        every = list(stories(args.shared))
        told = [pairs_of(args.hearsay, os.path.join(args.stores or made, f"group{i}.db"), every[i::GROUPS]) for i in range(GROUPS)]
    row = lambda s: [1.0] + [s.get(name, 0.0) for name in signs]
    sets = [[(row(s), y) for s, y, _ in group] for group in told]
    held = []
    for fold in range(GROUPS):
        weights = fit([case for i, group in enumerate(sets) if i != fold for case in group])
        odds = [odds_of(weights, x) for x, _ in sets[fold]]
        rivals = collections.Counter()
        for (_, _, r), o in zip(told[fold], odds):
            rivals[short_one(r)] += o
        held += [(o / (1 + (rivals[short_one(r)] if short_one(r) else o)), y, r) for (_, y, r), o in zip(told[fold], odds)]
    held.sort(key=lambda h: -h[0])
    ones = sum(y for _, y, _ in held)
    # The bar: below it stand few that are one.
    seen, bar = 0, 0.0
    for p, y, _ in held:
        seen += y
        if seen >= RECALL * ones:
            bar = p
            break
    above = lambda least: [y for p, y, _ in held if p >= least]
    lines = [f"{len(held)} pairs of {len(every)} stories, {ones:.0f} of them one; on records left out:"]
    for least in (0.9, 0.7, 0.5, bar):
        right = above(least)
        lines.append(f"chance at least {least:.2f}: {len(right)} pairs, {sum(right) / max(1, len(right)):.2f} of them one, "
                     f"{sum(right) / max(1, ones):.2f} of those that are one")
    weights = fit([case for group in sets for case in group])
    with open(args.out, "w", encoding="utf-8") as out:
        out.write("# Written by train/doubles.py from stories and cases, read by the fast engine; ridge 1.\n")
        out.writelines(f"# {line}\n" for line in lines)
        out.write(f"bias\t{weights[0]:.4f}\nbar\t{bar:.4f}\n")
        out.writelines(f"{name}\t{w:.4f}\n" for name, w in zip(signs, weights[1:]))
    print("\n".join(lines))
    for p, y, r in held[:25] + [h for h in held[25:] if h[1]]:
        print(f"{p:.2f} {y:.0f} {r['name_of_one']} | {r['name_of_other']}")


if __name__ == "__main__":
    main()
