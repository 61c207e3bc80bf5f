"""Copies, the spread of a statement, and its wordings: over the example story and a small fiction."""
import json
import shutil
import unittest

from support import STORY, Case

WIRE = """Title: Ferry was sound, minister says
Date: 2031-04-02
Outlet: Quay Gazette

The transport minister, Edda Falk, defended the inspectors on Tuesday after the loss of the Marsh ferry.

"We never found a crack in that hull, and we looked at every plate of it," Falk told reporters at the harbour.

The ferry went down in calm water on Sunday evening with eleven people aboard, all of whom were saved by fishermen.
"""
OWN = """Title: Falk stands by inspectors
Date: 2031-04-03
Outlet: Inland Courier

Critics of the ministry gathered in the capital on Wednesday and asked for the papers of the inspection.

"We never found a crack in that hull, and we looked at every rivet of it," said the transport minister, Edda Falk.
"""


class Spread(Case):
    def add_story(self):
        shutil.copytree(STORY, self.path("story"))
        self.run_text("add", "story")

    def add_ferry(self):
        names = [self.write("wire.txt", WIRE), self.write("own.txt", OWN),
                 self.write("reprint.txt", WIRE.replace("Quay Gazette", "Marsh Weekly").replace("04-02", "04-04"))]
        self.run_text("add", *names)

    def texts(self):
        rows = [json.loads(line) for line in self.run_text("export")[0].splitlines()]
        return {r["id"]: r["text"] for r in rows if r["type"] == "document"}, rows

    def test_copies_name_documents_passages_and_the_original(self):
        self.add_story()
        (group,) = self.rows("copies", "--json")
        texts, _ = self.texts()
        self.assertTrue(group["whole"])
        self.assertEqual(sorted(a["path"] for a in group["articles"]), ["story/02-agency.txt", "story/03-ledger.html"])
        self.assertEqual(sorted(group["documents"]), sorted(a["id"] for a in group["articles"]))
        for document, start, end in group["passages"]:
            self.assertIn("Rivers Agency" if "Rivers" in texts[document][start:end] else "Marten",
                          texts[document][start:end])
        self.assertIn(group["words"], texts[group["passages"][0][0]])
        out, _ = self.run_text("copies")
        self.assertRegex(out, r"original +2025-05-03")
        self.assertIn("original by: ", out)

    def test_copies_of_a_document_and_by_filter(self):
        self.add_story()
        self.assertEqual(len(self.rows("copies", "--json", "story/02-agency.txt")), 1)
        self.assertEqual(self.rows("copies", "--json", "story/01-herald.txt"), [])
        self.assertEqual(len(self.rows("copies", "--json", "--outlet", "The Morning Ledger")), 1)
        self.assertEqual(self.rows("copies", "--json", "--since", "2025-05-05"), [])
        (group,) = self.rows("copies", "--json")
        self.assertEqual(self.rows("copies", "--json", "--cursor", group["cursor"]), [])
        self.assertIn("no such document", self.complaint("copies", "nowhere.txt", status=1))

    def test_trace_tells_first_copy_and_own(self):
        self.add_ferry()
        (row,) = self.rows("trace", "--json", "Falk: they never found any cracks in the hull of it")
        self.assertEqual(row["speaker"], "Edda Falk")
        roles = {a["outlet"]: a["role"] for a in row["attributions"]}
        self.assertEqual(roles, {"Quay Gazette": "first", "Inland Courier": "own", "Marsh Weekly": "copy"})
        self.assertEqual(row["independent_reports"], 2)
        by_outlet = {a["outlet"]: a for a in row["attributions"]}
        self.assertEqual(by_outlet["Marsh Weekly"]["copied_from"], by_outlet["Quay Gazette"]["id"])
        self.assertEqual(row["first_reported"], by_outlet["Quay Gazette"]["id"])
        out, _ = self.run_text("trace", "they never found any cracks in the hull of it")
        self.assertRegex(out, r"first +2031-04-02 +Quay Gazette")
        self.assertRegex(out, r"on its own +2031-04-03 +Inland Courier")
        self.assertRegex(out, r"copied +2031-04-04 +Marsh Weekly")
        self.assertIn('changed "plate" to "rivet"', out)
        self.assertRegex(out, r"own\.txt:\d+-\d+")

    def test_trace_by_id(self):
        self.add_ferry()
        (row,) = self.rows("trace", "--json", "found a crack")
        for name in [row["id"], *(a["id"] for a in row["attributions"])]:
            (again,) = self.rows("trace", "--json", name)
            self.assertEqual(again["id"], row["id"])
            self.assertNotIn("match", again)
        self.assertIn("no statement", self.complaint("trace", "0123456789abcdef", status=1))
        self.assertIn("no attribution", self.complaint("trace", "0123456789abcdef.0123456789", status=1))

    def test_trace_of_what_nobody_said(self):
        self.add_ferry()
        self.assertEqual(self.rows("trace", "--json", "the moon is made of xylophones"), [])
        self.assertEqual(self.rows("trace", "--json", "?!"), [])
        self.assertEqual(self.rows("trace", "--json", '"" OR ) NEAR('), [])
        self.assertEqual(self.rows("trace", "--json", "word " * 20000), [])

    def test_the_nearest_come_first_and_are_paged(self):
        self.add_story()
        rows = self.rows("trace", "--json", "the colour of the river was clay", "--limit", "3")
        self.assertGreater(len(rows), 1)
        self.assertEqual([r["match"] for r in rows], sorted((r["match"] for r in rows), reverse=True))
        (second,) = self.rows("trace", "--json", "the colour of the river was clay", "--cursor", rows[0]["cursor"])
        self.assertEqual(second["id"], rows[1]["id"])
        for row in self.rows("trace", "--json", "clay", "--speaker", "Oskarsen", "--limit", "5"):
            self.assertEqual(row["speaker"], "Per Oskarsen")

    def test_variants_lists_altered_words(self):
        self.add_ferry()
        (row,) = self.rows("variants", "--json")
        (flagged,) = [v for v in row["variants"] if v["differs"]]
        (op,) = flagged["ops"]
        self.assertEqual((op["kind"], op["base_words"], op["other_words"]), ("changed", "plate", "rivet"))
        words = {a["id"]: "\n".join(a["content_text"]) for a in row["attributions"]}
        self.assertEqual(words[flagged["base"]][slice(*op["base"])], "plate")
        self.assertEqual(words[flagged["attribution"]][slice(*op["other"])], "rivet")
        out, _ = self.run_text("variants")
        self.assertRegex(out, r"against +2031-04-0")
        self.assertRegex(out, r"differs +2031-04-03 +Inland Courier")
        self.assertEqual(self.rows("variants", "--json", "Nobody"), [])
        self.assertEqual(len(self.rows("variants", "--json", "Falk", "--outlet", "Inland Courier")), 1)
        self.assertEqual(self.rows("variants", "--json", "--cursor", row["cursor"]), [])

    def test_quotes_that_agree_are_listed_only_with_all(self):
        self.add_story()
        self.assertEqual(self.rows("variants", "--json"), [])
        rows = self.rows("variants", "--json", "--all")
        self.assertTrue(rows)
        self.assertFalse(any(v["differs"] for r in rows for v in r["variants"]))

    def test_the_export_holds_variants(self):
        self.add_ferry()
        _, rows = self.texts()
        found = [v for r in rows if r["type"] == "statement" for v in r["variants"]]
        self.assertEqual(sorted(v["differs"] for v in found), [False, True])


if __name__ == "__main__":
    unittest.main()
