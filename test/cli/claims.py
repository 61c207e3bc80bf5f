"""Claims, conflicts, shifts and the timeline, asked of the story in examples/."""
import json
import shutil
import unittest

from support import STORY, Case

# Denied, later owned to; and told again by another paper that copies the first.
DENIAL = """Title: Quarry denies blasting
Date: 2025-06-02
Outlet: Vale Post

Tolm Quarries blasted rock at night, the farmers' union said on Monday.

Tolm Quarries denied that it had blasted rock at night. "We have never blasted rock at night," said its spokeswoman, Ada Brink.

The council said that it would send an inspector to the valley before the end of the week, and that the
inspector would stay until the farmers were heard. The union said that forty cows had died of fright.
"""
ADMISSION = """Title: Quarry owns up
Date: 2025-06-20
Outlet: Vale Post

Tolm Quarries admitted on Friday for the first time that it had blasted rock at night.
"""


class Claims(Case):
    def setUp(self):
        super().setUp()
        shutil.copytree(STORY, self.path("story"))
        self.run_text("add", "story")

    def add_quarry(self):
        self.write("a.txt", DENIAL)
        self.write("b.txt", ADMISSION)
        self.write("copy.txt", DENIAL.replace("Vale Post", "Hill Echo"))
        self.store = self.path("quarry.db")
        self.run_text("add", "a.txt", "b.txt", "copy.txt")

    def texts(self):
        return {r["id"]: r["text"] for r in self.exported() if r["type"] == "document"}

    def exported(self):
        return [json.loads(line) for line in self.run_text("export")[0].splitlines()]

    def check_evidence(self, row, texts):
        """An attribution inside a row leads to the characters that hold it."""
        text = texts[row["document"]]
        self.assertEqual([text[s:e] for s, e in row["content"]], row["content_text"])
        self.assertTrue(row["path"])

    def test_claims_are_those_of_the_record(self):
        rows = self.rows("claims", "--json")
        kept = {r["id"]: r for r in self.exported() if r["type"] == "claim"}
        self.assertEqual({r["id"] for r in rows}, {i for i, r in kept.items() if r["against"]})
        self.assertGreaterEqual(len(rows), 3)
        held = self.rows("claims", "--json", "--held-by-several")
        self.assertEqual({r["id"] for r in held}, {i for i, r in kept.items() if not r["against"]})
        texts = self.texts()
        for row in rows:
            same = kept[row["id"]]
            self.assertEqual((row["about"], row["why"], row["for"], row["against"]),
                             (same["about"], same["why"], same["for"], same["against"]))
            self.assertEqual(row["first_for"]["id"], row["for"][0])
            self.assertEqual(row["first_against"]["id"], row["against"][0])
            self.assertTrue(0 < row["statements_for"] <= len(row["for"]))
            self.check_evidence(row["first_for"], texts)
        self.assertEqual(rows, sorted(rows, key=lambda r: (-r["confidence"], r["id"])))

    def test_filters_of_claims(self):
        rows = self.rows("claims", "--json")
        least = sum(sorted(r["confidence"] for r in rows)[-3:-1]) / 2   # what is printed is rounded
        sure = self.rows("claims", "--json", "--min", str(least))
        self.assertEqual([r["id"] for r in sure], [r["id"] for r in rows if r["confidence"] >= least])
        by_lien = self.rows("claims", "--json", "--speaker", "Halvard Lien")
        self.assertTrue(by_lien)
        for row in by_lien:
            self.assertIn("Halvard Lien", row["speakers_for"] + row["speakers_against"])
        self.assertEqual(self.rows("claims", "--json", "--speaker", "Nobody Atall"), [])
        self.assertEqual(self.rows("claims", "--json", "--since", "2100"), [])
        late = self.rows("claims", "--json", "--since", "2025-05-09")
        self.assertTrue(0 < len(late) < len(rows))

    def test_words_stand_in_wordings_or_names(self):
        (bonus,) = self.rows("claims", "--json", "bonus", "manager")
        self.assertIn(bonus["id"], [r["id"] for r in self.rows("claims", "--json", "bonus", "lien")])
        self.assertEqual(self.rows("claims", "--json", "bonus", "zeppelin"), [])
        self.assertEqual(self.rows("claims", "--json", "?!"), [])

    def test_pages_go_on_where_they_ended(self):
        for question in ("claims", "conflicts", "timeline"):
            every, page, cursor = self.rows(question, "--json"), [], []
            self.assertGreater(len(every), 3)
            while True:
                rows = self.rows(question, "--json", "--limit", "2", *cursor)
                page += rows
                if len(rows) < 2:
                    break
                cursor = ["--cursor", rows[-1]["cursor"]]
            self.assertEqual(page, every)
            self.assertIn("cursor", self.complaint(question, "--cursor", "nonsense", status=2))

    def test_a_claim_has_both_sides_by_time(self):
        texts = self.texts()
        for claim in self.rows("claims", "--json"):
            (row,) = self.rows("claim", "--json", claim["id"])
            for side in ("for", "against"):
                self.assertEqual(sorted(r["id"] for r in row[side]), sorted(claim[side]))
                shown = [r for r in row[side] if not r["folded_into"]]
                self.assertEqual(len(shown), claim[f"statements_{side}"])
                self.assertEqual(sum(r["copies"] + r["other_reports"] for r in shown), len(row[side]) - len(shown))
                days = [r["said_on"] or r["published"][:10] for r in shown]
                self.assertEqual(days, sorted(days))
                for attribution in row[side]:
                    self.check_evidence(attribution, texts)
            self.assertEqual(self.rows("claim", "--json", claim["id"][:8]), [row])

    def test_a_claim_in_two_columns_or_one(self):
        (row,) = self.rows("claims", "--json", "bonus", "manager")
        wide, _ = self.run_text("claim", row["id"], env=self.env(COLUMNS="120"))
        self.assertRegex(wide, r"\nFOR \(\d+\) +│ AGAINST \(1\)\n")
        narrow, _ = self.run_text("claim", row["id"], env=self.env(COLUMNS="60"))
        self.assertLess(narrow.index("FOR ("), narrow.index("AGAINST (1)"))
        self.assertNotIn("│", narrow)
        for out, columns in ((wide, 120), (narrow, 60)):
            self.assertLessEqual(max(map(len, out.splitlines())), columns)
            self.assertIn("(2025-05-05) Halvard Lien", out)
            self.assertIn("story/wire.jsonl#1:418-476", out)

    def test_why_marks_what_was_matched(self):
        (row,) = self.rows("claims", "--json", "bonus", "manager")
        out, _ = self.run_text("claims", "--why", row["id"])
        self.assertRegex(out, r"words: \w+")
        self.assertRegex(out, r"model: (opposite|the same) 0\.\d\d")
        self.assertRegex(out, r"\[\w+\]")

    def test_conflicts_name_both_statements(self):
        rows = self.rows("conflicts", "--json")
        kept = [r for r in self.exported() if r["type"] == "conflict"]
        self.assertEqual({r["id"] for r in rows}, {r["id"] for r in kept})
        claims = {r["id"]: r for r in self.rows("claims", "--json")}
        for row in rows:
            one, other = row["attributions"]
            self.assertIn(one["id"], claims[row["claim"]]["for"])
            self.assertIn(other["id"], claims[row["claim"]]["against"])
            self.assertIn(row["relation"], ("denies", "figures", "update"))
        some = rows[0]["claim"]
        alone = self.rows("conflicts", "--json", "--claim", some)
        self.assertEqual([r["id"] for r in alone], [r["id"] for r in rows if r["claim"] == some])
        self.assertIn("denies", self.run_text("conflicts")[0])

    def test_copies_are_folded_and_shifts_told(self):
        self.add_quarry()
        out, _ = self.run_text("shifts")
        self.assertIn("Tolm Quarries on: ", out)
        rows = self.rows("shifts", "--json", "Tolm Quarries")
        self.assertTrue(rows)
        for row in rows:
            self.assertEqual(row["speaker"], "Tolm Quarries")
            self.assertEqual(row["after"]["stance"], "admit")
            self.assertLess(row["before"]["published"], row["after"]["published"])
            (claim,) = self.rows("claim", "--json", row["claim"])
            self.assertIn(row["after"]["id"], [r["id"] for r in claim["for"]])
            self.assertEqual(self.rows("shifts", "--json", "--claim", claim["id"]), rows)
            self.assertGreater(sum(r.get("copies", 0) for r in claim["for"] + claim["against"]), 0)
            self.assertIn("(+1 copy)", self.run_text("claim", claim["id"])[0])
        self.assertEqual(self.rows("shifts", "--json", "Ilse Marten"), [])

    def test_timeline_is_by_day_and_a_statement_a_line(self):
        rows = self.rows("timeline", "--json")
        days = [r["day"] or "~" for r in rows]
        self.assertEqual(days, sorted(days))
        statements = [r for r in self.exported() if r["type"] == "statement"]
        self.assertEqual({r["id"] for r in rows}, {r["id"] for r in statements})
        texts = self.texts()
        for row in rows:
            self.assertEqual(row["attribution"]["statement"], row["id"])
            self.check_evidence(row["attribution"], texts)
        river = self.rows("timeline", "--json", "river")
        self.assertTrue(0 < len(river) < len(rows))
        self.assertTrue(all("river" in json.dumps(r["attribution"]["content_text"]).lower() for r in river))
        out, _ = self.run_text("timeline", "river")
        self.assertEqual(len(out.splitlines()), len(river))
        self.assertTrue(all(line.count("●") == 1 for line in out.splitlines()))
        self.assertLessEqual(max(map(len, out.splitlines())), 80)

    def test_what_is_not_there(self):
        self.assertIn("no such claim", self.complaint("claim", "0123456789", status=1))
        self.assertIn("no such claim", self.complaint("claim", "x", status=1))
        self.assertIn("no such claim", self.complaint("conflicts", "--claim", "ffffffff", status=1))
        for question in ("claims", "conflicts", "timeline"):
            self.assertEqual(self.run_text(question, "zeppelin"), ("", "hearsay: nothing found\n"))


if __name__ == "__main__":
    unittest.main()
