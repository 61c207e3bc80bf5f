"""What people hand in: files as archives, scanners, mail programs and broken feeds make them.

Tables of inputs and of what is read of them; all fiction.
"""
import json
import unittest

from support import Case

PROSE = ("Talks on the river treaty have been postponed until Monday, the ministry said on Thursday. "
         "Jana Piro said that the delegations would meet again.\n")


def day(row):
    return (row["published"] or "")[:10]


class Handed(Case):
    def extract(self, name, content, *options):
        return self.rows("extract", *options, self.write(name, content))

    def read(self, name, content, *options):
        return self.rows("read", *options, self.write(name, content))

    def extract_all(self, contents, ending="txt"):
        files = [self.write(f"{i:03}.{ending}", c) for i, c in enumerate(contents)]
        return self.rows("extract", *files)


class Days(Handed):
    """A day below, beside or above the headline; all say 14 March 2025, a Friday."""

    LINES = ["Published: Friday, 14 March 2025 at 09:12", "By Jana Piro\nMarch 14, 2025", "14 March 2025",
             "Mar 14, 2025 9:12 AM", "Updated: March 14, 2025", "Posted on March 14, 2025", "Fri 14 Mar 2025 09.12 GMT",
             "2025-03-14 09:12", "14.03.2025", "By Jana Piro | March 14, 2025", "Ludrey Echo, 14 March 2025",
             "OSTMARK, March 14, 2025", "Published 14 March 2025, updated 15 March 2025", "(14 March 2025)",
             "March 14, 2025, 9:12 am ET", "Publish Date: 03/14/2025", "DATE: March 14, 2025 Friday",
             "Ludrey Echo\nFriday, March 14, 2025", "**Date:** 14 March 2025", "14-Mar-2025",
             "Published: Mar. 14, 2025 at 9:12 AM EDT|Updated: 3 hours ago"]

    def test_line_with_the_day(self):
        head = "River talks postponed\n"
        shapes = [f(line) for line in self.LINES for f in (
            lambda l: f"{head}\n{l}\n\n{PROSE}", lambda l: f"{head}{l}\n\n{PROSE}", lambda l: f"{l}\n\n{head}\n{PROSE}")]
        for text, row in zip(shapes, self.extract_all(shapes)):
            with self.subTest(text=text.replace(PROSE, "…")):
                self.assertEqual((day(row), row["title"]), ("2025-03-14", "River talks postponed"))
                self.assertEqual([a["said_on"] for a in row["attributions"]], ["2025-03-13", None])

    DATELINES = ["March 14, 2025 (OSTMARK) -", "14 March 2025 – OSTMARK –", "OSTMARK, 14 March 2025 –",
                 "(OSTMARK, March 14, 2025) —", "[Ostmark, 14 March 2025]", "OSTMARK, March 14, 2025 /VALLEYWIRE/ --",
                 "OSTMARK--(VALLEY WIRE)--March 14, 2025--", "OSTMARK (CPA) — March 14, 2025 —", "2025-03-14, OSTMARK:",
                 "Friday, March 14, 2025:", "14.03.2025, Ostmark -", "OSTMARK: March 14, 2025:", "(March 14, 2025)",
                 "OSTMARK (March 14, 2025) -"]

    def test_dateline(self):
        rows = self.extract_all([f"{line} {PROSE}" for line in self.DATELINES])
        for line, row in zip(self.DATELINES, rows):
            with self.subTest(line=line):
                first = row["attributions"][0]
                self.assertEqual((day(row), first["said_on"]), ("2025-03-14", "2025-03-13"))
                self.assertTrue(first["content_text"][0].startswith("Talks"), first["content_text"])

    def test_one_order_of_day_and_month(self):
        for text, published, said in [
                ("Date: 04/03/2025\n\nPia Krol said on 03/02/2025 that it was old. It was new on 27/02/2025.", "2025-03-04", "2025-02-03"),
                ("Date: 04/03/2025\n\nPia Krol said on 03/02/2025 that it was old. It was new on 02/27/2025.", "2025-04-03", "2025-03-02"),
                ("Date: 04/03/2025\n\nPia Krol said on 03/02/2025 that it was old.", "2025-03-04", "2025-02-03"),
                ("Date: 2025-03-04\nLanguage: en-GB\n\nPia Krol said on 14/02/2025 that it was old.", "2025-03-04", "2025-02-14")]:
            with self.subTest(text=text):
                (row,) = self.extract("n.txt", text)
                self.assertEqual((row["published"], row["attributions"][0]["said_on"]), (published, said))


EXPORTS = {
    "numbered": """
                      1 of 2 DOCUMENTS

                      The Ludrey Echo

                   March 14, 2025 Friday
                      Final Edition

River talks postponed

BYLINE: Jana Piro

SECTION: NEWS; Pg. 4

LENGTH: 120 words

DATELINE: OSTMARK

PROSE
LOAD-DATE: March 15, 2025

LANGUAGE: ENGLISH

              Copyright 2025 Ludrey Media
                 All Rights Reserved

                      2 of 2 DOCUMENTS

                      The Ludrey Echo

                  March 15, 2025 Saturday

Mill sold

LENGTH: 80 words

The mill was sold on Friday, Otto Pell said.

LOAD-DATE: March 16, 2025
""", "ended": """River talks postponed

The Ludrey Echo

March 14, 2025 Friday

Copyright 2025 Ludrey Media All Rights Reserved

Section: NEWS; Pg. 4
Length: 120 words
Byline: Jana Piro

Body

PROSE
Load-Date: March 15, 2025

End of Document

Mill sold

The Ludrey Echo

March 15, 2025 Saturday

Body

The mill was sold on Friday, Otto Pell said.

End of Document
""", "coded": """SE News
HD River talks postponed
BY By Jana Piro
WC 120 words
PD 14 March 2025
SN The Ludrey Echo
LA English
LP
PROSE
TD
Nobody else came.

AN Document LUDE000020250314el3e0001

HD Mill sold
PD 15 March 2025
SN The Ludrey Echo
LA English
LP The mill was sold on Friday, Otto Pell said.
AN Document LUDE000020250315el3e0002
""", "listed": """____________________________________________________________

Document 1 of 2

River talks postponed

Author: Jana Piro

Publication info: The Ludrey Echo ; Ostmark [Ostmark]. 14 Mar 2025: A.4.

Full text: PROSE
Subject: Rivers; Treaties

Publication date: Mar 14, 2025

____________________________________________________________

Document 2 of 2

Mill sold

Publication info: The Ludrey Echo ; Ostmark [Ostmark]. 15 Mar 2025: A.7.

Full text: The mill was sold on Friday, Otto Pell said.
"""}


class Exports(Handed):
    def test_articles_part_and_their_labels_are_no_speech(self):
        for name, text in EXPORTS.items():
            with self.subTest(name=name):
                one, two = self.extract(name + ".txt", text.replace("PROSE", PROSE))
                self.assertEqual((one["title"], day(one), one["outlet"]), ("River talks postponed", "2025-03-14", "The Ludrey Echo"))
                self.assertEqual((two["title"], day(two)), ("Mill sold", "2025-03-15"))
                self.assertIn("Jana Piro", one["byline"])
                self.assertEqual([a["speaker"] for a in one["attributions"]], ["ministry", "Jana Piro"])
                self.assertEqual([a["speaker"] for a in two["attributions"]], ["Otto Pell"])

    def test_spans_are_of_the_article(self):
        one, two = self.extract("e.txt", EXPORTS["ended"].replace("PROSE", PROSE))
        (a,) = two["attributions"]
        self.assertEqual([two["text"][s:e] for s, e in a["content"]], a["content_text"])

    def test_labels_are_never_speech(self):
        for line in ("Headline: Mill sold", "Published: 14 March 2025", "Source: Ludrey Echo", "Length: 120 words",
                     "Load-Date: March 15, 2025", "Section: News", "Word count: 88", "Publication-Type: Newspaper"):
            with self.subTest(line=line):
                above = "" if line.startswith("Load") else line + "\n\n"
                (row,) = self.extract("l.txt", f"Mill sold\n\n{above}The mill was sold, Otto Pell said.\n\n{line}\n")
                self.assertEqual([a["speaker"] for a in row["attributions"]], ["Otto Pell"])

    def test_addresses_are_no_article(self):
        for text in ("https://a.example/1\n", "https://a.example/1\nhttps://a.example/2\n", "# pages\nhttp://a.example/x\n"):
            self.assertIn("fetch", self.complaint("read", self.write("u.txt", text), status=1))


class Paragraphs(Handed):
    def said(self, text):
        (row,) = self.extract("p.txt", text)
        return [(a["speaker"], " ".join(a["content_text"])) for a in row["attributions"]]

    def test_wrapped_text_reads_as_on_long_lines(self):
        long = ("The board met in the old mill on Thursday and heard from the engineers of the county.\n\n"
                "Lena Ost, who leads the union of fishermen, said that the pumps would have to be replaced before the winter.\n\n"
                "The mayor, Greta Holm, said that the town would pay its share of the cost.\n")
        import textwrap
        want = self.said(long)
        self.assertEqual(len(want), 2)
        paragraphs = long.strip().split("\n\n")
        for width in (28, 40, 66):
            for indent in ("", "    "):
                wrapped = [textwrap.fill(p, width, initial_indent=indent) for p in paragraphs]
                for between in ("\n\n", "\n") if indent else ("\n\n",):
                    with self.subTest(width=width, indent=indent, between=between):
                        self.assertEqual(self.said("Date: 2025-03-14\n\n" + between.join(wrapped) + "\n"), want)

    def test_divided_words(self):
        for text, want in [
                ("Greta Holm said that the fisher-\nmen had been promised the har-\n  bour for years.\n", "fishermen had been promised the harbour for"),
                ("The old sea\u00ad\nwall broke, Greta Holm said.\n", "The old seawall broke"),
                ("A well-known dyke broke, and a well-\nknown mill, Greta Holm said.\n", "and a well-known mill"),
                ("The years 1990-\n1995 were dry, Greta Holm said.\n", "1990-")]:
            with self.subTest(text=text):
                (row,) = self.extract("d.txt", text)
                self.assertIn(want, row["text"])
                for a in row["attributions"]:
                    self.assertEqual([row["text"][s:e] for s, e in a["content"]], a["content_text"])

    def test_lists_and_turns_keep_their_lines(self):
        (row,) = self.read("l.txt", "Mill sold\n\n- The mill was sold to a baker from the valley\n- The baker said that he would pay\n- The town was not asked\n")
        self.assertEqual(len(row["text"].strip().splitlines()), 3)


if __name__ == "__main__":
    unittest.main()
