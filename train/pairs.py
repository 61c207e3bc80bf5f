"""Pairs of statements, as the program built from train/pairs.c sees them: features out, chances in, links out."""
import itertools
import json
import os
import subprocess
import sys
import tempfile

import numpy as np

import stories as S

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "encoder"))
from statements import KINDS, folders as folders_of  # noqa: E402

BARS = ["utterance", "related", "also", "missing", "opposed", "held", "shift"]   # src/link/score.h
SAME, OPPOSITE, NEITHER, UNKNOWN = 0, 1, 2, -1


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
    return out


class Pairs:
    """Pairs of rows: ends [n][2], x features, y what a reader says of them, same: one utterance."""

    def __init__(self, ends, x, y, same):
        self.ends, self.x, self.y, self.same = ends, x, y, same

    def __len__(self):
        return len(self.y)


class Program:
    def __init__(self, path):
        self.path = path
        self.names = self.ask(["names"]).decode().split()

    def ask(self, args, text=""):
        return subprocess.run([self.path, *args], input=text.encode(), stdout=subprocess.PIPE, check=True).stdout

    def table(self, command, stories):
        """[n][story, one, other, candidate], [n][features]."""
        out = self.ask([command], "\n".join(map(S.as_json, stories)))
        rows = np.frombuffer(out, dtype=np.float32).reshape(-1, len(self.names) + 4)
        head = rows[:, :4].copy().view(np.int32)
        head[:, 1:3] = np.sort(head[:, 1:3], axis=1)
        return head, rows[:, 4:].copy()

    def within(self, stories):
        """All pairs of each story."""
        head, x = self.table("all", stories)
        out = []
        for n, s in enumerate(stories):
            mine = head[:, 0] == n
            ends = head[mine, 1:3]
            y = np.array([s["labels"].get((a, b), NEITHER) for a, b in ends], np.int8)
            out.append(Pairs(ends, x[mine], y, np.array([(a, b) in s["same"] for a, b in ends], bool)))
        return out

    def across(self, stories, share, seed=1):
        """A share of the candidate pairs of rows of two stories, which are about nothing together; the two stories of each."""
        record = mix(stories)
        head, x = self.table("features", [record])
        of = np.array(record["of"])[head[:, 1:3]]
        keep = (of[:, 0] != of[:, 1]) & (np.random.default_rng(seed).random(len(of)) < share)
        n = keep.sum()
        return Pairs(head[keep, 1:3], x[keep], np.full(n, NEITHER, np.int8), np.zeros(n, bool)), of[keep]

    def link(self, model, stories, chances, sets):
        """[set][story] of what is linked by each set of thresholds; chances: [story] of (ends, [n][same, opposite, utterance])."""
        lines = []
        for s, (ends, p) in zip(stories, chances):
            given = [[int(a), int(b), *map(float, np.round(q, 5))] for (a, b), q in zip(ends, p)]
            lines.append(S.as_json(s)[:-1] + ', "given": ' + json.dumps(given) + "}")
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as f:
            f.writelines(" ".join(str(bars[b]) for b in BARS) + "\n" for bars in sets)
            f.flush()
            out = self.ask(["link", model, f.name], "\n".join(lines)).decode().splitlines()
        return [[json.loads(out[i * len(sets) + k]) for i in range(len(stories))] for k in range(len(sets))]


def data(shared, vectors=None, kinds=KINDS):
    """The folders with a reading, and their marked rows as stories."""
    folders = folders_of(shared, kinds)
    gold = [S.gold_story(d) for d in folders]
    if vectors:
        S.set_vectors(gold, folders, vectors)
    return folders, gold


def own_data(shared, vectors, own):
    """The folders with a reading, and the rows that the program finds in them; pairs that no reader judged are unknown."""
    folders = folders_of(shared)
    with open(vectors) as f:
        found = json.load(f)
    stories = [S.own_story(d, os.path.join(own, os.path.basename(d) + ".jsonl")) for d in folders]
    for s in stories:
        for row in s["rows"]:
            if row["id"] in found:
                row["vector"] = found[row["id"]]
        for a, b in itertools.combinations(range(len(s["rows"])), 2):
            if not {a, b} <= s["marked"]:
                s["labels"].setdefault((a, b), UNKNOWN)
    return folders, stories
