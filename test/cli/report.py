"""The report of a claim, and what was meant where nothing is found."""
import re
import unittest
from html.parser import HTMLParser

from support import STORY, Case


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.words = [], ""

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.words += data


class Report(Case):
    def setUp(self):
        super().setUp()
        self.write("odd.txt", "Date: 2025-05-11\nOutlet: A & <b>B</b>\n\nTolm Quarries denied on Sunday that it had blasted "
                              "rock at <script>night()</script>.\n\nThe council said on Monday that Tolm Quarries had "
                              "blasted rock at <script>night()</script>.\n")
        self.run_text("add", STORY, "odd.txt")

    def read(self, *words):
        self.run_text("report", *words, "-o", self.path("r.html"))
        with open(self.path("r.html"), encoding="utf-8") as file:
            text = file.read()
        reader = Reader()
        reader.feed(text)
        return text, reader

    def test_a_report_needs_nothing_else(self):
        for claim in self.rows("claims", "--json"):
            text, reader = self.read(claim["id"])
            self.assertFalse({"script", "img", "link", "iframe", "b"} & {tag for tag, _ in reader.tags})
            self.assertNotRegex(text, r'(src|href)=|url\(|@import')
            self.assertIn("default-src 'none'", text)
            self.assertEqual(sum(tag == "article" for tag, _ in reader.tags),
                             claim["statements_for"] + claim["statements_against"])
            for name in claim["speakers_for"] + claim["speakers_against"]:
                self.assertIn(name, reader.words)
            self.assertIn("its limits", reader.words)
            self.assertEqual(sum(tag == "mark" for tag, _ in reader.tags), sum(tag == "article" for tag, _ in reader.tags))

    def test_words_find_the_claim_and_marks_are_told(self):
        claim = self.rows("claims", "--json", "bonus")[0]
        self.run_text("review", "--by", "Runa", "--right", claim["for"][0])
        text, reader = self.read("bonus")
        self.assertIn(f"Claim {claim['id']}", reader.words)
        self.assertRegex(reader.words, r"Reviewed: right by Runa, 20\d\d-")
        self.assertIn("no claim holds these words", self.complaint("report", "zebras", status=1))
        self.run_text("report", "bonus", "-o", self.path("no/such/folder.html"), status=1)

    def test_what_was_meant(self):
        for args, meant in ((("who", "Martin"), "Ilse Marten"), (("who", "--outlet", "haldmouth"), "Haldmouth Herald"),
                            (("who", "--speaker", "Oskersen"), "Per Oskarsen")):
            _, err = self.run_text(*args)
            self.assertRegex(err, f"did you mean .*{meant}", args)
        self.assertIn("did you mean `hearsay who`", self.complaint("wo", "Marten", status=2))
        self.assertEqual(self.run_text("who", "Zzyzx")[1].strip(), "hearsay: nothing found")


if __name__ == "__main__":
    unittest.main()
