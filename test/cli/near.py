"""News of a large record is linked beside what it may meet there: close to what
linking all of it gives, and the record stays sound."""
import glob
import itertools
import json
import os
import random
import sqlite3
import unittest

from relink import KEPT
from support import ROOT, Case

STORY = sorted(glob.glob(os.path.join(ROOT, "test/cases/kanduru-dam/*.txt")))
SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
LARGE = 1010  # more than are linked as a whole


def word(draw, length=3):
    return "".join(draw.choice(SYLLABLES) for _ in range(length))


def filler(count):
    """Articles about other things, each another one."""
    draw = random.Random(7)
    for i in range(count):
        name, place, thing = word(draw).capitalize(), word(draw).capitalize(), word(draw)
        yield json.dumps({"id": f"filler{i}", "published": f"2021-{i % 12 + 1:02}-{i % 28 + 1:02}", "text":
                          f"Ada {name} said on Monday that the {thing} of {place} would open in the spring.\n"})


def ids(row):
    return [row["for"], row["against"]]


class Near(Case):
    def export(self, store=None):
        env = self.env(HEARSAY_STORE=store) if store else None
        rows = [json.loads(line) for line in self.run_text("export", "--format", "jsonl", env=env)[0].splitlines()]
        return {kind: [r for r in rows if r["type"] == kind] for kind in ("attribution", "statement", "claim", "shift")}

    def sound(self):
        with sqlite3.connect(self.store) as db:
            for kept, made in KEPT:
                if "counts" not in kept:  # all kinds in one question there
                    self.assertEqual(sorted(db.execute(kept), key=repr), sorted(db.execute(made), key=repr), kept)
            for nothing in ("PRAGMA foreign_key_check", "SELECT 1 FROM unlinked", "SELECT 1 FROM loose",
                            "SELECT 1 FROM statements WHERE key NOT IN (SELECT statement FROM reports)",
                            "SELECT 1 FROM statements s WHERE NOT EXISTS (SELECT 1 FROM reports r WHERE"
                            " r.statement = s.key AND r.attribution = s.clearest)",
                            "SELECT 1 FROM attributions WHERE mode <> 'thought' AND key NOT IN (SELECT attribution FROM"
                            " reports) AND EXISTS (SELECT 1 FROM pieces p WHERE p.document = attributions.document AND"
                            " p.attribution = attributions.n AND p.role = 'content')",
                            "SELECT 1 FROM entities WHERE key NOT IN (SELECT entity FROM local_entities"
                            " WHERE entity IS NOT NULL)",
                            "SELECT claim FROM sides GROUP BY claim HAVING count(DISTINCT side) < 2",
                            "SELECT attribution FROM sides GROUP BY claim, attribution HAVING count(*) > 1"):
                self.assertEqual(db.execute(nothing).fetchall(), [], nothing)
            self.assertEqual(db.execute("SELECT value FROM state WHERE name = 'unlinked'").fetchone(), (0,))
        db.close()

    def grow(self):
        """A large record into which a story comes, an article a run; the ids of the story's rows."""
        self.write("filler.jsonl", "\n".join(filler(LARGE)) + "\n")
        self.run_text("add", "filler.jsonl")
        for file in STORY:
            self.run_text("add", file)
        whole = os.path.join(self.dir, "whole.db")
        self.run_text("add", *STORY, env=self.env(HEARSAY_STORE=whole))
        return self.export(whole)

    def test_close_to_linking_all(self):
        whole, near = self.grow(), self.export()
        self.sound()
        mine = {r["id"] for r in whole["attribution"]}

        def pairs(groups):
            return {frozenset(p) for g in groups for p in itertools.combinations(sorted(set(g) & mine), 2)}

        def opposed(rows):
            return {frozenset(p) for r in rows for p in itertools.product(*ids(r)) if set(p) <= mine}

        def alike(want, got, least):
            self.assertTrue(want)
            shared = len(want & got)
            self.assertGreaterEqual(2 * shared / (len(want) + len(got)), least)

        alike(pairs(r["attributions"] for r in whole["statement"]), pairs(r["attributions"] for r in near["statement"]), 0.8)
        alike(opposed(whole["claim"]), opposed(near["claim"]), 0.6)
        alike(pairs(s for r in whole["claim"] for s in ids(r)), pairs(s for r in near["claim"] for s in ids(r)), 0.6)
        names = {r["id"]: r["speaker"] for r in near["attribution"]}
        same = sum(names[r["id"]] == r["speaker"] for r in whole["attribution"])
        self.assertGreaterEqual(same, 0.9 * len(mine))
        self.assertFalse([r for r in near["claim"] if set(ids(r)[0] + ids(r)[1]) - mine], "claims reach into the filler")

    def test_what_goes_leaves_nothing_behind(self):
        self.grow()
        before = self.export()
        for file in STORY[1:4]:
            self.run_text("remove", file)
            self.sound()
        left = self.export()
        self.assertLess(len(left["claim"]), len(before["claim"]))
        for file in STORY[1:4]:
            self.run_text("add", file)
        self.sound()
        again = self.export()
        self.assertEqual({r["id"] for r in again["attribution"]}, {r["id"] for r in before["attribution"]})
        self.assertGreater(len(again["claim"]), len(left["claim"]))

    def speakers(self):
        return {r["id"]: r["speaker"] for r in self.export()["attribution"]}

    def test_names_that_a_person_put_right_hold(self):
        self.grow()
        before = self.speakers()
        name = next(n for n in before.values() if n.startswith("Ada "))
        self.run_text("merge", "Josephat Ndalamo", name)
        self.sound()
        merged = self.speakers()
        one, other = ([i for i, n in before.items() if n == who] for who in ("Josephat Ndalamo", name))
        self.assertEqual(len({merged[i] for i in one + other}), 1)
        self.write("more.txt", f"Title: x\nDate: 2022-10-01\n\n{name} said that the dam would be opened.\n")
        self.run_text("add", "more.txt")
        self.sound()
        self.assertTrue([r for r in self.rows("who", "Josephat Ndalamo", "--json") if "would be opened" in str(r)])
        self.run_text("corrections", "--take-back", "1")
        self.sound()
        self.run_text("remove", "more.txt")
        self.assertEqual(self.speakers(), before)

    def test_sides_that_a_person_put_right_hold(self):
        self.grow()
        claim = max(self.export()["claim"], key=lambda r: len(r["for"]) + len(r["against"]))
        one = claim["for"][0]

        def side():
            return [r["id"] for r in self.export()["claim"] if one in r["for"] + r["against"]]

        self.assertTrue(side())
        self.run_text("claim", claim["id"], "--side", one, "none")
        self.sound()
        self.assertNotIn(claim["id"], side())
        self.run_text("claim", "--side", one, "auto")
        self.sound()
        self.assertTrue(side())


if __name__ == "__main__":
    unittest.main()
