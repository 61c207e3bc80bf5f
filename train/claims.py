#!/usr/bin/env python3
"""Trains data/model/claims.bin: chances of pairs of statements, and the thresholds that go with them.

usage: claims.py SHARED PAIRS OUT [--vectors FILE] [--own FOLDER]     train, choose thresholds, write
       claims.py SHARED PAIRS --folds [--vectors FILE] [--own FOLDER] print what stories reach by models that have not seen them

SHARED has stories/, cases/ and real/; PAIRS is the built program train/pairs.c; FILE is what train/encoder/vectors.py
wrote.  FOLDER has STORY.db and STORY.jsonl, a store of each story and its export, read where it can be by a reader that
has not seen it; with it the rows that the program finds are trained on beside those that readers marked, and thresholds
are chosen on them, as they are what is linked in use.  Thresholds are chosen on the chances that models give to stories they have not seen (five folds, a story in one);
where the choice itself is measured, on the other half of the stories.  The same data give the same bytes.
"""
import argparse
import os
import struct
import sys
import tempfile

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

import pairs as P
import reach as R

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "encoder"))
from statements import LEFT_OUT, number  # noqa: E402

FOLDS = 5
ACROSS = 0.04            # of the candidate pairs of two stories
ACROSS_WEIGHT = 5        # of each of these
APART = 0.34             # of the pairs of one story that are about nothing together
NO_VECTOR = 0.25         # of the pairs, as of articles that the fast engine read
TREES = dict(learning_rate=0.05, max_leaf_nodes=16, min_samples_leaf=60, l2_regularization=10.0, early_stopping=False, random_state=1)
ROUNDS = {"claim": 300, "utterance": 200}


# ---- models ----


class Trees:
    """Boosted trees over all features."""

    def __init__(self, names, x, y, same, weight, seed=1):
        self.meaning = names.index("meaning")
        x = x.copy()
        x[np.random.default_rng(seed).random(len(x)) < NO_VECTOR, self.meaning] = np.nan
        x[:, np.isnan(x).all(axis=0)] = 0                # what no pair has says nothing
        self.claim = HistGradientBoostingClassifier(max_iter=ROUNDS["claim"], **TREES).fit(x, y, sample_weight=weight)
        self.utterance = HistGradientBoostingClassifier(max_iter=ROUNDS["utterance"], **TREES).fit(x, same, sample_weight=weight)

    def chances(self, x):
        return np.column_stack([self.claim.predict_proba(x)[:, :2], self.utterance.predict_proba(x)[:, 1]])


class Baseline:
    """One likeness tells what is related and what is one utterance; a side is another's where one of two denies."""

    column = None

    def __init__(self, names, x, y, same, weight):
        self.at, self.denials = names.index(self.column), names.index("denials")
        z = np.nan_to_num(x[:, [self.at]])
        self.related = LogisticRegression().fit(z, y < 2, sample_weight=weight)
        self.utterance = LogisticRegression().fit(z, same, sample_weight=weight)

    def chances(self, x):
        z = np.nan_to_num(x[:, [self.at]])
        related, opposed = self.related.predict_proba(z)[:, 1], np.where(x[:, self.denials] == 1, 0.9, 0.1)
        return np.column_stack([related * (1 - opposed), related * opposed, self.utterance.predict_proba(z)[:, 1]])


class Lemmas(Baseline):
    column = "cosine"


class Cosine(Baseline):
    column = "meaning"


class Data:
    """Stories with pairs of their rows: those that readers marked, or, in `own`, those that the program finds."""

    def __init__(self, shared, program, vectors, own=None):
        self.program, self.by_readers = P.Program(program), not own
        self.folders, self.stories = P.own_data(shared, vectors, own) if own else P.data(shared, vectors)
        self.names = [os.path.basename(d) for d in self.folders]
        self.kind = np.array([d.split("/")[-2] for d in self.folders])
        self.fold = np.array([number(n) % FOLDS for n in self.names])
        self.half = np.array([number("half " + n) % 2 for n in self.names])
        self.readings = [R.Reading(d) for d in self.folders]
        self.within = self.program.within(self.stories)
        self.across, self.of = self.program.across(self.stories, ACROSS)
        self.taught = [self]                             # whose rows a model of these is trained on

    def rows(self, taken):
        """Features, relation, one utterance or not, and weight, of pairs of the stories whose numbers are in taken."""
        parts, weights = [self.within[i] for i in taken], []
        r = np.random.default_rng(1)
        rows = []
        for p in parts:
            keep = (p.y != P.UNKNOWN) & ((p.y != P.NEITHER) | (r.random(len(p)) < APART))
            rows.append((p.x[keep], p.y[keep], p.same[keep]))
            weights.append(np.where(p.y[keep] == P.NEITHER, 1 / APART, 1.0))
        mine = np.isin(self.of, taken).all(axis=1)
        rows.append((self.across.x[mine], self.across.y[mine], self.across.same[mine]))
        weights.append(np.full(mine.sum(), float(ACROSS_WEIGHT)))
        return *(np.concatenate([x[k] for x in rows]) for k in range(3)), np.concatenate(weights)

    def fit(self, model, taken):
        """A model of the stories whose numbers are in taken.

        One utterance is learned from readers' rows alone: of rows with wrong speakers it would be learned that
        speakers don't matter.
        """
        parts = [(data.by_readers, data.rows(taken)) for data in self.taught]
        whole = model(self.program.names, *(np.concatenate(column) for column in zip(*(rows for _, rows in parts))))
        if len(parts) > 1:
            whole.utterance = model(self.program.names, *next(rows for by_readers, rows in parts if by_readers)).utterance
        return whole

    def unseen(self, model):
        """[story] of (ends, chances) by models that have not seen it."""
        out = [None] * len(self.stories)
        for k in range(FOLDS):
            m = self.fit(model, [i for i in range(len(out)) if self.fold[i] != k and self.names[i] != LEFT_OUT])
            for i in np.flatnonzero(self.fold == k):
                out[i] = self.within[i].ends, m.chances(self.within[i].x)
        return out

    def seen(self, model):
        m = self.fit(model, range(len(self.stories)))
        return [(p.ends, m.chances(p.x)) for p in self.within]


# ---- thresholds ----

START = {"utterance": 0.4, "related": -0.9, "also": 0.0, "missing": -4.0, "opposed": 0.2, "held": 0.2, "shift": 0.5}
STEPS = {"related": (-2, -1.5, -1.25, -1, -0.9, -0.75, -0.5, 0), "utterance": (-1.5, -0.75, 0, 0.4, 0.75), "opposed": (0.1, 0.2, 0.3, 0.4),
         "held": (0.2, 0.3, 0.4, 0.6), "also": (-0.5, 0, 0.5, 1, 9), "missing": (-5, -4, -3), "shift": (0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)}
PASSES = 2


def totals(data, model, chances, numbers, sets):
    """[set] of {kind: figures} over the stories of these numbers."""
    stories, given = [data.stories[i] for i in numbers], [chances[i] for i in numbers]
    out = []
    for linked in data.program.link(model, stories, given, sets):
        out.append({kind: R.measure(*zip(*[(data.readings[i], s, links) for i, s, links in zip(numbers, stories, linked) if data.kind[i] == kind]))
                    for kind in dict.fromkeys(data.kind[numbers])})
    return out


def goal(total):
    """What thresholds are chosen for: each figure of each kind counts."""
    return sum(R.f1(v) for kind in total.values() for v in kind.values())


def worth_telling(total):
    """A shift told wrongly costs as much as one told rightly brings."""
    right, made = (sum(kind["shifts"][k] for kind in total.values()) for k in (0, 1))
    return 2 * right - made


def choose(data, model, chances, numbers):
    """One threshold after the other, and each once more beside what the others have become."""
    bars = dict(START)
    for name, values in PASSES * list(STEPS.items()):
        sets = [bars] + [dict(bars, **{name: v}) for v in values]
        good = worth_telling if name == "shift" else goal
        bars = sets[int(np.argmax([good(t) for t in totals(data, model, chances, numbers, sets)]))]
    return bars


def added(a, b):
    return {k: {f: a.get(k, b.get(k))[f] + (b[k][f] if k in a and k in b else 0) for f in R.FIGURES} for k in {**a, **b}}


def out_of_sample(data, model, chances):
    """Figures by thresholds chosen on the other half."""
    halves = [np.flatnonzero(data.half == h) for h in (0, 1)]
    parts = [totals(data, model, chances, halves[1 - h], [choose(data, model, chances, halves[h])])[0] for h in (0, 1)]
    return added(*parts)


# ---- oracles ----


def oracle(data, chances, related, sides):
    """Chances where a reader tells what is related, or on which side, or both."""
    out = []
    for p, (ends, q) in zip(data.within, chances):
        y, both = p.y, q[:, 0] + q[:, 1]
        r = np.select([y == P.UNKNOWN, y < 2], [both, 0.99], 0.01) if related else both
        opposed = q[:, 1] / np.maximum(both, 1e-9)
        o = np.select([y == P.OPPOSITE, y == P.SAME], [0.99, 0.01], opposed) if sides else opposed
        u = np.where(p.same, 0.99, 0.01) if related else q[:, 2]
        out.append((ends, np.column_stack([r * (1 - o), r * o, u])))
    return out


# ---- the model's file (src/model/trees.h, src/link/score.h) ----


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


def write_model(path, model, bars, about):
    width = model.claim.n_features_in_
    sections = [("claim", trees(model.claim, 3, width)), ("utterance", trees(model.utterance, 1, width)),
                ("bars", struct.pack(f"<{len(P.BARS)}f", *(bars[b] for b in P.BARS)))]
    with open(path, "wb") as f:
        f.write(("hearsay model 1\n" + about + "\n").encode())
        for name, section in sections:
            f.write(f"{name} {len(section)}\n".encode() + section)


# ---- tables ----


def say(title, total):
    for kind, v in total.items():
        right, made, wanted = map(int, v["shifts"])
        print(f"| {title} | {kind} | " + " | ".join(f"{R.f1(v[f]):.2f}" for f in R.FIGURES) + f" ({right} of {wanted}, {made - right} wrong) |", flush=True)


def folds(data, model):
    print("\nRows as " + ("readers marked them" if data.by_readers else "the program finds them") + "\n")
    print("| by | stories | " + " | ".join(R.FIGURES) + " |\n" + "| --- " * (2 + len(R.FIGURES)) + "|")
    unseen = data.unseen(Trees)
    say("the model, unseen", out_of_sample(data, model, unseen))
    everything = np.arange(len(data.stories))
    for title, baseline in (("bag of lemmas", Lemmas), ("cosine of vectors", Cosine)):
        say(title, out_of_sample(data, model, data.unseen(baseline)))
    bars = choose(data, model, unseen, everything)
    for title, related, sides in (("grouping by a reader", True, False), ("sides by a reader", False, True), ("both by a reader", True, True)):
        say(title, totals(data, model, oracle(data, unseen, related, sides), everything, [bars])[0])
    say("the model, seen", totals(data, model, data.seen(Trees), everything, [bars])[0])
    one = data.names.index(LEFT_OUT)
    say(LEFT_OUT + ", unseen", totals(data, model, unseen, [one], [bars])[0])


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("shared")
    ap.add_argument("pairs")
    ap.add_argument("out", nargs="?")
    ap.add_argument("--folds", action="store_true", help="print tables, write nothing")
    ap.add_argument("--vectors", help="what train/encoder/vectors.py wrote")
    ap.add_argument("--own", help="stores and exports of the stories")
    a = ap.parse_args()
    if not a.out and not a.folds:
        ap.error("OUT, or --folds")
    data = Data(a.shared, a.pairs, a.vectors, a.own)
    if a.own:
        readers = Data(a.shared, a.pairs, a.vectors)
        data.taught = readers.taught = [data, readers]
    taken = [i for i, n in enumerate(data.names) if n != LEFT_OUT]
    model = data.fit(Trees, taken)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "claims.bin")
        write_model(path, model, START, "")              # the linker wants one; the chances are given
        if a.folds:
            for one in reversed(data.taught):
                folds(one, path)
        else:
            bars = choose(data, path, data.unseen(Trees), np.array(taken))
            print(bars)
            write_model(a.out, model, bars, "data: stories, cases and real triples, rows as readers marked them and as the program finds them\n")


if __name__ == "__main__":
    main()
