"""What a person puts right about names holds, whatever comes and goes."""
import json
import shutil
import unittest

from support import STORY, Case

ONE = """Title: Harbour office closes
Date: 2031-06-01
Outlet: Quay Gazette

The harbour master, Ilse Brandt, said on Monday that the office would close in June.
"""
TWO = """Title: Office to close
Date: 2031-06-02
Outlet: Inland Courier

The union's lawyer, Ilse Brandt, said on Tuesday that the members would go to court.
"""
THREE = """Title: Brandt-Holm speaks
Date: 2031-06-03
Outlet: Marsh Weekly

Ilse Brandt-Holm said on Wednesday that the harbour would open again in the autumn.
"""


class Corrections(Case):
    def setUp(self):
        super().setUp()
        for name, text in (("one.txt", ONE), ("two.txt", TWO), ("three.txt", THREE)):
            self.write(name, text)

    def add(self, *names):
        self.run_text("add", *names)

    def said_by(self, name):
        return sorted(r["path"] for r in self.rows("who", "--json", name))

    def entities(self):
        rows = [json.loads(line) for line in self.run_text("export")[0].splitlines()]
        return sorted(r["name"] for r in rows if r["type"] == "entity" and r["kind"] == "person")

    def test_merge_holds_and_is_taken_back(self):
        self.add("one.txt", "three.txt")
        before = self.run_text("export")[0]
        self.assertEqual(self.entities(), ["Ilse Brandt", "Ilse Brandt-Holm"])
        (row,) = self.rows("merge", "--json", "Ilse Brandt", "Ilse Brandt-Holm")
        self.assertEqual((row["kind"], row["a"], row["b"], row["unknown"]), ("merge", "Ilse Brandt", "Ilse Brandt-Holm", []))
        self.assertEqual(len(self.entities()), 1)
        self.assertEqual(self.said_by("Ilse Brandt"), ["one.txt", "three.txt"])
        self.add("two.txt")
        self.run_text("add", "--replace", "one.txt")
        self.run_text("remove", "two.txt")
        self.assertEqual(self.said_by("Ilse Brandt-Holm"), ["one.txt", "three.txt"])
        self.assertIn("Ilse Brandt is also Ilse Brandt-Holm", self.run_text("corrections")[0])
        self.run_text("corrections", "--take-back", str(row["number"]))
        self.assertEqual(self.rows("corrections", "--json"), [])
        self.assertEqual(self.run_text("export")[0], before)

    def test_said_before_the_articles_come(self):
        self.add("one.txt")
        out, err = self.run_text("merge", "Ilse Brandt", "Ilse Brandt-Holm")
        self.assertIn("is also", out)
        self.assertIn('nobody in the record is called "Ilse Brandt-Holm" yet', err)
        self.add("three.txt")
        self.assertEqual(self.said_by("Ilse Brandt"), ["one.txt", "three.txt"])

    def test_order_of_articles_does_not_matter(self):
        seen = set()
        for k, names in enumerate((("one.txt", "two.txt", "three.txt"), ("three.txt", "one.txt", "two.txt"))):
            self.store = self.path(f"order{k}.db")
            self.add(names[0])
            self.run_text("merge", "Ilse Brandt", "Ilse Brandt-Holm")
            self.add(*names[1:])
            seen.add(self.run_text("export")[0])
        self.assertEqual(len(seen), 1)

    def test_split_by_article_holds_when_it_is_read_anew(self):
        self.add("one.txt", "two.txt")
        self.assertEqual(self.said_by("Ilse Brandt"), ["one.txt", "two.txt"])
        self.assertEqual(self.entities(), ["Ilse Brandt"])
        self.run_text("split", "Ilse Brandt", "two.txt")
        self.assertEqual(self.entities(), ["Ilse Brandt", "Ilse Brandt"])
        self.write("two.txt", TWO.replace("go to court", "go to court at once"))
        self.run_text("add", "--replace", "two.txt")
        self.assertEqual(self.entities(), ["Ilse Brandt", "Ilse Brandt"])

    def test_split_undoes_what_the_program_put_together(self):
        self.write("four.txt", ONE.replace("Ilse Brandt", "Ilsa Brandt").replace("Date: 2031-06-01", "Date: 2031-06-04"))
        self.add("one.txt", "four.txt")
        if len(self.entities()) == 1:  # spellings of one name
            self.run_text("split", "Ilse Brandt")
        self.assertEqual(self.entities(), ["Ilsa Brandt", "Ilse Brandt"])
        self.assertIn("no other name", self.complaint("split", "Ilse Brandt", status=2))
        self.assertIn("nobody is called so", self.complaint("split", "Wim Kok", status=1))

    def test_alias_gives_the_name(self):
        self.add("one.txt", "three.txt")
        self.run_text("alias", "Ilse Brandt", "Ilse Brandt-Holm")
        self.assertEqual(self.entities(), ["Ilse Brandt"])
        self.run_text("alias", "Ilse Brandt", "the lady of the quay")
        self.assertEqual(self.said_by("The Lady of the Quay"), ["one.txt", "three.txt"])

    def test_alias_that_no_article_has_gives_the_name_too(self):
        self.add("one.txt", "three.txt")
        self.run_text("merge", "Ilse Brandt", "Ilse Brandt-Holm")
        self.run_text("alias", "Ilse Brandt", "the lady of the quay")
        self.assertEqual(self.entities(), ["Ilse Brandt"])

    def test_contradictions_are_refused(self):
        self.add("one.txt", "three.txt")
        self.run_text("alias", "Ilse Brandt", "Ilse Brandt-Holm")
        before = self.run_text("export")[0]
        for words, why in (
            (("alias", "Ilse Brandt-Holm", "Ilse Brandt"), "alias"),
            (("alias", "Somebody", "ilse brandt-holm"), "another's"),
            (("alias", "Ilse Brandt", "Ilse Brandt-Holm"), "already"),
            (("split", "Ilse Brandt-Holm", "Ilse Brandt"), "made one"),
            (("merge", "Ilse Brandt", "ilse brandt"), "same"),
            (("merge", "Ilse Brandt", " "), "name"),
            (("merge", "Ilse Brandt", "x" * 10000), "long"),
        ):
            self.assertIn(why, self.complaint(*words, status=2), words)
        self.assertIn("no correction 99", self.complaint("corrections", "--take-back", "99", status=1))
        self.assertEqual(self.run_text("export")[0], before)

    def test_a_chain_of_aliases_may_not_close(self):
        self.add("one.txt")
        self.run_text("alias", "A", "B")
        self.run_text("alias", "B", "C")
        self.complaint("alias", "C", "A", status=2)

    def test_the_export_tells_corrections(self):
        self.add("one.txt", "three.txt")
        self.run_text("merge", "Ilse Brandt", "Ilse Brandt-Holm")
        rows = [json.loads(line) for line in self.run_text("export")[0].splitlines()]
        (row,) = [r for r in rows if r["type"] == "correction"]
        self.assertEqual((row["kind"], row["a"], row["b"]), ("merge", "Ilse Brandt", "Ilse Brandt-Holm"))
        self.assertNotIn("number", row)

    def test_the_story_with_a_correction(self):
        shutil.copytree(STORY, self.path("story"))
        self.run_text("add", "story")
        self.run_text("merge", "Corran Dyes", "the dye works")
        self.run_text("add", "--replace", "story")
        self.assertEqual(len(self.rows("corrections", "--json")), 1)


if __name__ == "__main__":
    unittest.main()
