#!/usr/bin/env python3
"""Trains data/model/claims.bin: chances of pairs of statements, and the thresholds that go with them.

usage: claims.py SHARED PAIRS OUT [--folds] [--choose] [--vectors FILE]

SHARED has stories/, cases/ and real/; PAIRS is the built program train/pairs.c.  The model is trained on all; --folds
prints what stories reach by models that have not seen them (five folds, a story in one), and writes nothing; --choose
takes the thresholds by which these reach most.  The same data give the same bytes.
"""
import argparse
import itertools
import json
import os
import struct
import subprocess
import sys
import tempfile

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

import stories as S

MEANING = 0                                              # the column of the vectors' cosine; set by main
BARS = ["utterance", "related", "also", "missing", "opposed", "held", "shift"]


def mix(group):
    """Several stories as one record."""
    out = {"documents": [], "speakers": [], "rows": [], "labels": {}, "same": set(), "marked": set(), "of": []}
    for n, s in enumerate(group):
        d, p, r = len(out["documents"]), len(out["speakers"]), len(out["rows"])
        out["documents"] += [dict(x, id=f"{s['name']}/{x['id']}") for x in s["documents"]]
        out["speakers"] += s["speakers"]
        for x in s["rows"]:
            out["rows"].append(dict(x, id=f"{s['name']}/{x['id']}", document=x["document"] + d, speakers=[k + p for k in x["speakers"]],
                                    parent=x["parent"] + r if x["parent"] >= 0 else -1))
            out["of"].append(n)
        out["labels"].update({(a + r, b + r): y for (a, b), y in s["labels"].items()})
        out["same"] |= {(a + r, b + r) for a, b in s["same"]}
        out["marked"] |= {x + r for x in s["marked"]}
    return out


class Pairs:
    """Features of the candidate pairs of a record; of: the story of each end; y, same: what a reader says."""

    def __init__(self, program, record, every=False):
        out = subprocess.run([program, "all" if every else "features"], input=S.as_json(record).encode(), stdout=subprocess.PIPE, check=True).stdout
        width = len(names(program))
        rows = np.frombuffer(out, dtype=np.float32).reshape(-1, width + 4)
        head = np.sort(rows[:, 1:3].copy().view(np.int32), axis=1)
        self.x = rows[:, 4:]
        of, marked = np.array(record["of"]), np.zeros(len(record["rows"]), bool)
        marked[list(record["marked"])] = True
        self.of = of[head]
        self.y = np.array([record["labels"].get((a, b), 2) for a, b in head], np.int8)
        self.same = np.array([(a, b) in record["same"] for a, b in head], bool)
        one = self.of[:, 0] == self.of[:, 1]
        known = marked[head].all(axis=1) | ~one          # across stories nothing is related, whoever marked it
        self.keep = (self.y >= 0) & known
        self.within = one

    def take(self, mask):
        p = object.__new__(Pairs)
        for k in ("x", "of", "y", "same", "keep", "within"):
            setattr(p, k, getattr(self, k)[mask])
        return p


def names(program):
    return subprocess.run([program, "names"], stdout=subprocess.PIPE, text=True, check=True).stdout.split()


def sampled(p, rng, share):
    """All pairs that are related; of the others a share, weighted to stand for all of them."""
    odds = np.where(p.y < 2, 1.0, np.where(p.within, 4 * share, share))
    keep = p.keep & (rng.random(len(p.y)) < odds)
    return p.take(keep), 1 / odds[keep]


def fit(parts, seed=1):
    """parts: [(Pairs, weights)] → claim and utterance models."""
    x = np.concatenate([p.x for p, _ in parts])
    x[np.random.default_rng(seed).random(len(x)) < 0.25, MEANING] = np.nan   # articles read fast have no vectors
    x[:, np.isnan(x).all(axis=0)] = 0                    # what no pair has says nothing
    y = np.concatenate([p.y for p, _ in parts])
    same = np.concatenate([p.same for p, _ in parts])
    w = np.concatenate([w for _, w in parts])
    options = dict(learning_rate=0.2, max_leaf_nodes=16, min_samples_leaf=40, l2_regularization=5.0, random_state=seed, early_stopping=False)
    claim = HistGradientBoostingClassifier(max_iter=40, **options).fit(x, y, sample_weight=w)
    real = np.concatenate([np.full(len(p.y), getattr(p, "reports", True)) for p, _ in parts])
    utterance = HistGradientBoostingClassifier(max_iter=30, **options).fit(x[real], same[real], sample_weight=w[real])
    return claim, utterance


# ---- model files (src/model/trees.h, src/link/score.h) ----


def trees(model, classes, features):
    roots, nodes = [], []
    for round_ in model._predictors:
        for tree in round_:
            base = len(nodes)
            roots.append(base)
            for n in tree.nodes:
                if n["is_leaf"]:
                    nodes.append(struct.pack("<fhHii", n["value"], -1, 0, 0, 0))
                else:
                    nodes.append(struct.pack("<fhHii", n["num_threshold"], n["feature_idx"], n["missing_go_to_left"],
                                             base + n["left"], base + n["right"]))
    base = list(np.ravel(model._baseline_prediction)) + [0.0] * 4
    return (struct.pack("<iiii", classes, features, len(roots), len(nodes)) + struct.pack("<4f", *base[:4]) +
            struct.pack(f"<{len(roots)}i", *roots) + b"".join(nodes))


def write_model(path, claim, utterance, bars, about):
    width = claim.n_features_in_
    sections = [("claim", trees(claim, 3, width)), ("utterance", trees(utterance, 1, width)),
                ("bars", struct.pack(f"<{len(BARS)}f", *(bars[b] for b in BARS)))]
    with open(path, "wb") as f:
        f.write(("hearsay model 1\n" + about + "\n").encode())
        for name, data in sections:
            f.write(f"{name} {len(data)}\n".encode() + data)


# ---- what a model with thresholds makes of stories ----


def link(program, model, group, sets):
    """[set][story] of what is linked with each set of thresholds."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as f:
        f.writelines(" ".join(str(bars[b]) for b in BARS) + "\n" for bars in sets)
        f.flush()
        out = subprocess.run([program, "link", model, f.name], input="\n".join(map(S.as_json, group)).encode(),
                             stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
    return [[json.loads(out[i * len(sets) + k]) for i in range(len(group))] for k in range(len(sets))]


FIGURES = ("opposed", "agreed", "disputes", "same statement", "shifts")


def pairs_of(groups):
    return {tuple(sorted(p)) for g in groups for p in itertools.combinations(g, 2) if p[0] != p[1]}


class Reading:
    """What a reader expects of a story, as eval/score_cases.py counts it."""

    def __init__(self, folder):
        want = S.expected(folder)
        self.want, self.claims = want, want.get("claims", [])
        self.maybe = pairs_of(want.get("maybe_same", []))
        self.same = pairs_of(want.get("same_statement", [])) - self.maybe
        self.agreed = pairs_of([c[k] for c in self.claims for k in ("for", "against")]) - self.maybe
        self.opposed = {tuple(sorted(p)) for c in self.claims for p in itertools.product(c["for"], c["against"])} - self.maybe
        self.disputed = [c for c in self.claims if c["for"] and c["against"]]
        self.who = {a["id"]: a.get("speaker") for a in want["attributions"]}

    def accepted(self, shift):
        c = next(c for c in self.claims if c["id"] == shift["claim"])
        one, two = (c["for"], c["against"]) if shift["before"] in c["for"] else (c["against"], c["for"])

        def of(rows, like):
            return {x for x in rows if S.same_name(self.who[like], self.who[x]) or S.same_name(shift["speaker"], self.who[x])} | {like}
        return of(one, shift["before"]), of(two, shift["after"])

    def score(self, story, links):
        gold = story["gold"]
        groups = {}
        for row, n in zip(story["rows"], links["statements"]):
            if row["id"] in gold:
                groups.setdefault(n, []).append(gold[row["id"]])
        sides = [([gold[a] for a in c["for"] if a in gold], [gold[a] for a in c["against"] if a in gold]) for c in links["claims"]]
        out = {}
        for name, want, got in (("same statement", self.same, pairs_of(groups.values())),
                                ("agreed", self.agreed, pairs_of([x for s in sides for x in s])),
                                ("opposed", self.opposed, {tuple(sorted(p)) for s in sides for p in itertools.product(*s) if p[0] != p[1]})):
            got = got - self.maybe
            out[name] = np.array([len(want & got), len(got), len(want)], float)
        taken, told = set(), 0
        for c, (pro, con) in sorted(zip(links["claims"], sides), key=lambda x: (-x[0]["confidence"], x[0]["id"])):
            if not (c["for"] and c["against"]):
                continue
            told += 1
            mine = {(x, y) for x in pro for y in con}
            share = {i: sum((x in d["for"] and y in d["against"]) or (y in d["for"] and x in d["against"]) for x, y in mine)
                     for i, d in enumerate(self.disputed) if i not in taken}
            best = max(share, key=lambda i: (share[i], -i), default=None)
            if mine and best is not None and share[best] and 2 * share[best] >= len(mine):
                taken.add(best)
        out["disputes"] = np.array([len(taken), told, len(self.disputed)], float)
        expected = [(s, *self.accepted(s)) for s in self.want.get("shifts", [])]
        hit, wrong = set(), 0
        for s in links["shifts"]:
            p, q = gold.get(s["before"]), gold.get(s["after"])
            i = next((i for i, (_, b, a) in enumerate(expected) if p in b and q in a), None)
            if i is not None:
                hit.add(i)
                continue
            true = p and q and self.who[p] is not None and self.who[p] == self.who[q] and any(
                {p, q} & set(c["for"]) and {p, q} & set(c["against"]) for c in self.claims)
            wrong += not true or any(q in b and p in a for _, b, a in expected)
        must = [i for i, (s, _, _) in enumerate(expected) if not s.get("optional")]
        out["shifts"] = np.array([sum(i in hit for i in must), sum(i in hit for i in must) + wrong, len(must)], float)
        return out


def measure(readings, group, links):
    total = {f: np.zeros(3) for f in FIGURES}
    for reading, story, found in zip(readings, group, links):
        for name, v in reading.score(story, found).items():
            total[name] += v
    return total


def f1(v):
    return 2 * v[0] / max(1, v[1] + v[2])


def say(title, total):
    print(f"{title:34}" + "  ".join(f"{k} {f1(v):.3f}" for k, v in total.items()) +
          f"   shifts {int(total['shifts'][0])} right of {int(total['shifts'][1])}", flush=True)


# ---- thresholds ----

SHARE = 0.04                                             # of the pairs across stories
START = {"utterance": 0.0, "related": -1.0, "also": 1.0, "missing": -4.0, "opposed": 0.3, "held": 0.4, "shift": 0.3}
STEPS = {"related": (-2, -1.5, -0.5, 0, 0.5), "utterance": (-1.5, -0.75, 0.75, 1.5), "opposed": (0.1, 0.2, 0.4, 0.5),
         "held": (0.2, 0.3, 0.5, 0.6, 0.8), "also": (-0.5, 0, 0.5, 1.5, 9), "missing": (-5, -3), "shift": (0.1, 0.2, 0.4, 0.5, 0.6)}


def goal(total):
    """What thresholds are chosen for: each figure counts."""
    return sum(f1(total[f]) for f in FIGURES)


def reaches(linked):
    """linked: [(program, model, readings, group)] of folds → a function from sets of thresholds to their totals."""
    def total(sets):
        sums = [{f: np.zeros(3) for f in FIGURES} for _ in sets]
        for program, model, readings, group in linked:
            for k, found in enumerate(link(program, model, group, sets)):
                for name, v in measure(readings, group, found).items():
                    sums[k][name] += v
        return sums
    return total


def choose(total):
    """Thresholds by which stories that the models have not seen reach most: one after the other."""
    bars, best = dict(START), None
    for name, values in STEPS.items():
        sets = [bars] + [dict(bars, **{name: v}) for v in values]
        sums = [goal(t) for t in total(sets)]
        bars = sets[int(np.argmax(sums))]
    return bars


def fold_of(names, folds=5):
    """By the order of a hash of the name, so that new stories move none."""
    import hashlib
    return np.array([int(hashlib.sha256(n.encode()).hexdigest(), 16) % folds for n in names])


def fold_models(program, record, fold, folder):
    """A model a fold, trained on the other folds' stories alone; their files."""
    rng, paths = np.random.default_rng(1), []
    for k in range(fold.max() + 1):
        held = (fold == k)[record.of].any(axis=1)
        claim, utterance = fit([sampled(record.take(~held), rng, SHARE)])
        paths.append(os.path.join(folder, f"{k}.bin"))
        write_model(paths[-1], claim, utterance, START, "")
    return paths


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("shared")
    ap.add_argument("pairs")
    ap.add_argument("out")
    ap.add_argument("--folds", action="store_true", help="print what held-out stories reach, write nothing")
    ap.add_argument("--vectors", help="what train/encoder/vectors.py wrote")
    ap.add_argument("--choose", action="store_true", help="choose thresholds on the folds instead of taking START")
    a = ap.parse_args()
    global MEANING
    MEANING = names(a.pairs).index("meaning")
    folders = [d for s in ("stories", "cases", "real") for d in S.folders(os.path.join(a.shared, s))]
    gold, readings = [S.gold_story(d) for d in folders], [Reading(d) for d in folders]
    if a.vectors:
        S.set_vectors(gold, folders, a.vectors)
    fold = fold_of([os.path.basename(d) for d in folders])
    kind = np.array([d.split("/")[-2] for d in folders])
    record = Pairs(a.pairs, mix(gold))
    bars = dict(START)
    if a.folds or a.choose:
        with tempfile.TemporaryDirectory() as folder:
            paths = fold_models(a.pairs, record, fold, folder)

            def held_out(wanted):
                return reaches([(a.pairs, path, [readings[i] for i in where], [gold[i] for i in where]) for k, path in enumerate(paths)
                                for where in [[i for i in range(len(folders)) if fold[i] == k and wanted(i)]]])
            if a.choose:
                bars = choose(held_out(lambda i: True))
                print(bars)
            for name in ("stories", "cases", "real"):
                say(name, held_out(lambda i, name=name: kind[i] == name)([bars])[0])
    if not a.folds:
        claim, utterance = fit([sampled(record, np.random.default_rng(1), SHARE)])
        write_model(a.out, claim, utterance, bars, "data: stories, cases and real triples, rows as readers marked them\n")


if __name__ == "__main__":
    main()
