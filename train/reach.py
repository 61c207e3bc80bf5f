"""What links reach beside a reading: the counts of eval/score_cases.py, over rows that a reader marked."""
import itertools

import numpy as np

import stories as S

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


def f1(v):
    """v: right, made, wanted."""
    return 2 * v[0] / max(1, v[1] + v[2])


def measure(readings, stories, linked):
    """{figure: right, made, wanted} over stories."""
    total = {f: np.zeros(3) for f in FIGURES}
    for reading, story, links in zip(readings, stories, linked):
        for name, v in reading.score(story, links).items():
            total[name] += v
    return total
