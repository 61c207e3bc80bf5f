"""What people hand in: files as archives, scanners, mail programs and broken feeds make them.

Tables of inputs and of what is read of them; all fiction.
"""
import io
import json
import shutil
import unittest
import zipfile

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


def feed(*items, head='<?xml version="1.0" encoding="utf-8"?>', title="Ludrey Echo"):
    rows = "".join(f"<item><title>{t}</title><link>https://echo.example/{i}</link>{rest}</item>\n"
                   for i, (t, rest) in enumerate(items))
    return f'{head}\n<rss version="2.0"><channel><title>{title}</title>\n{rows}</channel></rss>'


def described(words):
    return f"<pubDate>Thu, 30 Apr 2015 08:57:00 GMT</pubDate><description>{words}</description>"


class Feeds(Handed):
    """A little broken: every item goes in, one line says what was mended."""

    def items(self, content, mended=True):
        out, err = self.run_text("read", self.write("feed.xml", content))
        self.assertEqual(len(err.splitlines()), int(mended), err)
        return [json.loads(line) for line in out.splitlines()]

    def three(self, second, **how):
        return feed(("One", described("Lena Ost said it was dry.")), ("Two", described(second)),
                    ("Three", described("Greta Holm denied it.")), **how)

    def test_references(self):
        for words, want in [("the caf&eacute; was dry", "the café was dry"), ("it&nbsp;was", "it\u00a0was"),
                            ("&ldquo;So be it,&rdquo; said", "“So be it,” said"), ("Hill & Brook", "Hill & Brook"),
                            ("R&D &amp; more", "R&D & more"), ("&#147;So,&#148; she said", "“So,” she said"),
                            ("a&b;c", "a&b;c"), ("&unknown; &", "&unknown; &"), ("x &#0; y", "x  y"),
                            ("bell \x07 rang", "bell  rang")]:
            with self.subTest(words=words):
                rows = self.items(self.three(f"Lena Ost told us: {words}."))
                self.assertEqual(len(rows), 3)
                squeezed = lambda s: " ".join(s.split())
                self.assertIn(squeezed(want), squeezed(rows[1]["text"]))

    def test_sound_feeds_are_left(self):
        for words in ("Lena Ost said &amp; wrote.", "<![CDATA[Lena Ost said R&D paid.]]>", "&#8220;So,&#8221; she said."):
            with self.subTest(words=words):
                self.assertEqual(len(self.items(self.three(words), mended=False)), 3)

    def test_fault_above_the_items(self):
        rows = self.items(feed(("Mayor&#39;s &quot;no&quot;", described("&lt;p&gt;It rained.&lt;/p&gt;&lt;p&gt;Karl Bruin said Hill &amp;amp; Brook would pay.&lt;/p&gt;")), title="Hill & Brook"))
        self.assertEqual((rows[0]["outlet"], rows[0]["title"]), ("Hill & Brook", "Mayor's \"no\""))
        self.assertIn("said Hill & Brook would pay", rows[0]["text"])

    def test_encodings(self):
        words = "Karl Bruin said the café was shut. “So be it,” said Lena Ost."
        declared = lambda name: self.three(words, head=f'<?xml version="1.0" encoding="{name}"?>')
        for name, content, mended in [("ascii", declared("us-ascii").encode(), True),
                                      ("1252", declared("windows-1252").encode(), True),
                                      ("latin", declared("ISO-8859-1").encode(), True),
                                      ("right", declared("windows-1252").encode("cp1252"), False),
                                      ("none", self.three(words, head="").encode("cp1252"), False),
                                      ("wide", declared("utf-16").encode("utf-16"), False)]:
            with self.subTest(name=name):
                out, _ = self.run_text("read", self.write("feed.xml", content))
                rows = [json.loads(line) for line in out.splitlines()]
                self.assertEqual((len(rows), rows[1]["text"]), (3, words))

    def test_one_bad_byte(self):
        sound = self.three("Karl Bruin said the caf# was shut. “So be it,” said Lena Ost.").encode()
        for byte in (b"\xe9", b"\xff", b"\x93"):
            with self.subTest(byte=byte):
                rows = self.items(sound.replace(b"#", byte))
                self.assertEqual(len(rows), 3)
                self.assertIn("“So be it,” said Lena Ost.", rows[1]["text"])

    def test_titles_and_days(self):
        for title, want in [("Mayor &lt;i&gt;Holm&lt;/i&gt; &amp;amp; the caf&#233;", "Mayor Holm & the café"),
                            ("<![CDATA[Mayor <b>Holm</b> says no]]>", "Mayor Holm says no"), ("2 &lt; 3", "2 < 3"),
                            ("Plain &amp; simple", "Plain & simple")]:
            with self.subTest(title=title):
                self.assertEqual(self.items(feed((title, described("It was dry."))), mended=False)[0]["title"], want)
        for day in ("Thu Apr 30 08:57:00 2015", "Thursday, 30-Apr-15 08:57:00 GMT", "30 Apr 2015 08:57 GMT", "2015-04-30"):
            with self.subTest(day=day):
                row, = self.items(feed(("T", f"<pubDate>{day}</pubDate><description>It was dry.</description>")), mended=False)
                self.assertEqual(row["published"][:10], "2015-04-30")


class Tables(Handed):
    WORDS = "The café owner Lena Ost said: “We were told.”"

    def test_names_of_columns(self):
        for names in ("URL,Title,Date,Text", "Url;HEADLINE;Publish Date;Full Text", "link\ttitle\tPubDate\tBody", "url,title,date,text"):
            with self.subTest(names=names):
                sep = next(c for c in ";\t," if c in names)
                row, = self.read("t.csv", names + "\n" + sep.join(["https://a.example/1", "Mill sold", "2025-03-10", self.WORDS.replace(",", "")]) + "\n")
                self.assertEqual((row["title"], row["published"], row["url"]), ("Mill sold", "2025-03-10", "https://a.example/1"))

    def test_tables_cut_short(self):
        """What is there is read, and one line says that it ends too early."""
        table = f'url,title,date,text\nhttps://a.example/1,Mill sold,2025-03-10,"{self.WORDS}"\nhttps://a.example/2,Fair off,2025-03-11,"It was dry."\n'
        for content in (table, table[:-1], table.replace('"It was dry."', "It was dry.")[:-1]):
            self.assertEqual(self.run_text("read", self.write("t.csv", content))[1], "")
        for mark in (",", "\t"):
            for end in (-4, -30):
                content = table[:end].replace(",", mark)
                with self.subTest(content=content[-20:]):
                    # Cut before its text, the last row is none: another line says so.
                    out, err = self.run_text("read", self.write("t.csv", content), status=int(end == -30))
                    self.assertEqual(json.loads(out.splitlines()[0])["text"], self.WORDS)
                    self.assertEqual((err.count("\n"), "in the middle of its last row" in err), (1 + (end == -30), True))

    def test_encodings(self):
        table = f"url,title,date,text\nhttps://a.example/1,Mill sold,2025-03-10,{self.WORDS}\nhttps://a.example/2,Fair off,2025-03-11,It was dry.\n"
        line = json.dumps({"url": "https://a.example/1", "date": "2025-03-10", "text": self.WORDS}, ensure_ascii=False) + "\n"
        for encoding in ("utf-8", "cp1252", "utf-8-sig", "utf-16", "utf-16-le"):
            for name, content, count in (("t.csv", table, 2), ("l.jsonl", line, 1)):
                with self.subTest(encoding=encoding, name=name):
                    rows = self.read(name, content.encode(encoding))
                    self.assertEqual((len(rows), rows[0]["text"]), (count, self.WORDS))


PAGE = """<!DOCTYPE html><html lang="en"><head><title>Ludrey cut off</title></head><body><article><h1>Ludrey cut off</h1>
<p>The river rose by two metres on Sunday night and the lower town of Ludrey was cut off until the morning came.</p>
<p>Mayor Greta Holm said the dyke had held because volunteers worked through the night with sand and with straw.</p>
</article></body></html>"""


def brotli(data):
    """Stored, in one block."""
    bits = 0 | 0 << 1 | 0 << 2 | (len(data) - 1) << 4 | 1 << 20
    return bits.to_bytes(3, "little") + data + b"\x03"


def record(body, number, status="HTTP/1.1 200 OK", head="Content-Type: text/html\r\n", length=0):
    http = f"{status}\r\n{head}\r\n".encode() + body
    return (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://echo.example/{number}\r\n"
            f"WARC-Date: 2025-03-10T08:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http) + length}\r\n\r\n").encode() + http + b"\r\n\r\n"


class Crawls(Handed):
    def crawl(self, *records, status=0):
        out, err = self.run_text("read", self.write("c.warc", b"".join(records)), status=status)
        return [json.loads(line)["url"][-1] for line in out.splitlines()], err

    def test_codings(self):
        import gzip
        import zlib
        page = PAGE.encode()
        bare = zlib.compressobj(wbits=-15)
        kind = "Content-Type: text/html\r\nContent-Encoding: {}\r\n"
        for coding, body in [("deflate", zlib.compress(page)), ("deflate", bare.compress(page) + bare.flush()),
                             ("gzip", gzip.compress(page)), ("gzip, gzip", gzip.compress(gzip.compress(page))),
                             ("gzip", gzip.compress(gzip.compress(page))), ("br", brotli(page)), ("gzip", page),
                             ("deflate, br", brotli(zlib.compress(page)))]:
            with self.subTest(coding=coding):
                self.assertEqual(self.crawl(record(body, 1, head=kind.format(coding))), (["1"], ""))
        for coding, body in [("lzma", b"\x01\x02" * 90), ("br", b"\x93\x11" * 90), ("gzip", b"\x1f\x8b\x08\x00" + b"\xff" * 90)]:
            with self.subTest(coding=coding):
                urls, err = self.crawl(record(body, 1, head=kind.format(coding)), record(page, 2), status=1)
                self.assertEqual((urls, len(err.splitlines())), (["2"], 1))

    def test_status_lines_and_types(self):
        page = PAGE.encode()
        for status, head in [("HTTP/2 200 ", "content-type: text/html; charset=utf-8\r\n"), ("HTTP/3 200", ""),
                             ("HTTP/1.0 200 OK", "Content-Type: application/octet-stream\r\n"),
                             ("HTTP/1.1 200", "Content-Type: text/plain\r\n"), ("HTTP/2.0 200 OK", "")]:
            with self.subTest(status=status, head=head):
                self.assertEqual(self.crawl(record(page, 1, status, head)), (["1"], ""))
        self.assertEqual(self.crawl(record(page, 1, "HTTP/2 404 "), record(page, 2)), (["2"], ""))

    def test_wrong_lengths(self):
        page = PAGE.encode()
        for length in (-200, -1, 7, 40, 5000):
            with self.subTest(length=length):
                urls, err = self.crawl(record(page, 1), record(page, 2, length=length), record(page, 3))
                self.assertEqual((urls, len(err.splitlines())), (["1", "2", "3"], 1), err)
        urls, err = self.crawl(record(page, 1), b"noise and more noise\r\n\r\n", record(page, 2))
        self.assertEqual(urls, ["1", "2"])


RIVER = "The river rose by two metres on Sunday night and the lower town of Ludrey was cut off until the morning came."
DYKE = "Mayor Greta Holm said the dyke had held because volunteers worked through the night with sand and with straw."
PUMPS = "The county engineer, Karl Bruin, told reporters that the pumps at Ostmark had failed twice since January."


def page(*parts, head="", lang="en"):
    return (f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>Ludrey cut off as river rises</title>{head}</head>'
            '<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Ludrey cut off as river rises</h1>'
            + "\n".join(parts) + "</article><footer>Copyright Ludrey Echo.</footer></body></html>")


def p(words):
    return f"<p>{words}</p>"


class Pages(Handed):
    def one(self, *parts, **how):
        (row,) = self.read("p.html", page(*parts, **how))
        return row

    def test_paragraphs_in_other_elements(self):
        for part, words in [
                ('<p><a href="/x">Tom Ridge, 54, of Ludrey, denied the charge of damaging the dyke</a> on Friday.</p>', "Tom Ridge, 54"),
                ('<p><a href="/x"><b>Tom Ridge and Nils Orr, both of Ludrey, denied the charge on Friday.</b></a></p>', "Tom Ridge and"),
                ("<div>Lena Ost said the bakery was dry.</div>", "Lena Ost said"),
                ("<section>Lena Ost said the bakery was dry.</section>", "Lena Ost said"),
                ("<div><span>Lena Ost said it was dry.</span></div>", "Lena Ost said"),
                ("<h2>Lena Ost said on Monday that the bakery would be shut for another week, and that nobody would pay.</h2>", "Lena Ost said")]:
            with self.subTest(part=part):
                (row,) = self.read("p.html", page(p(RIVER), part, p(DYKE)))
                self.assertIn(words, row["text"])
        for part in ('<p><a href="/x">More on the flood</a></p>', "<div>Share this</div>", '<div><a href="/x">All stories</a></div>'):
            with self.subTest(part=part):
                self.assertEqual(len(self.one(p(RIVER), part, p(DYKE))["text"].splitlines()), 2)

    def test_marks_of_old_systems(self):
        row = self.one(p(RIVER), p("&#147;It held,&#148; said Greta Holm. It&#146;s over &#150; for now&#133;"), p(DYKE))
        self.assertIn("“It held,” said Greta Holm. It’s over – for now…", row["text"])
        row = self.one(p(RIVER), p("&#x93;It held,&#x94; she said for &#128;5."), p(DYKE))
        self.assertIn("“It held,” she said for €5.", row["text"])

    def test_quotations_without_marks(self):
        for part, words in [
                ("<p>Greta Holm replied:</p><blockquote><p>No, it will not.</p></blockquote>", ["“No, it will not.”"]),
                ("<p>Greta Holm wrote:</p><blockquote><p>It broke.</p><p>It will break again.</p></blockquote>", ["“It broke.", "“It will break again.”"]),
                ("<p>Karl Bruin wrote:</p><p><em>They were not new.</em></p>", ["“They were not new.”"]),
                ("<p>She said <q>it is dry</q> and left the hall.</p>", ["She said “it is dry” and left"]),
                ("<p>Greta Holm replied:</p><blockquote>“No, it will not.”</blockquote>", ["“No, it will not.”"])]:
            with self.subTest(part=part):
                text = self.one(p(RIVER), part, p(DYKE))["text"]
                for w in words:
                    self.assertIn(w, text)
                self.assertNotIn("““", text)

    def test_body_in_data(self):
        paragraphs = [RIVER, DYKE, PUMPS]
        for body in ("\n\n".join(paragraphs), "\n".join(paragraphs), "".join(f"<p>{w}</p>" for w in paragraphs)):
            with self.subTest(body=body[:20]):
                data = json.dumps({"@type": "NewsArticle", "headline": "Ludrey cut off", "datePublished": "2025-03-09T21:30:00Z", "articleBody": body})
                content = (f'<html lang="en"><head><title>Ludrey</title><script type="application/ld+json">{data}</script></head>'
                           '<body><nav><a href="/">Home</a></nav><div id="root"></div><footer>Copyright Ludrey Echo.</footer></body></html>')
                (row,) = self.read("app.html", content)
                self.assertEqual(row["text"].splitlines(), paragraphs)

    def test_days(self):
        declared = '<meta property="article:published_time" content="2025-03-09T21:00:00Z">'
        times = lambda part, **how: (lambda r: (r["published"], r["modified"]))(self.one(part, p(RIVER), p(DYKE), **how))
        published, changed = "2025-03-09T21:00:00+00:00", "2025-03-10T11:00:00+00:00"
        for part in ('<p><time datetime="2025-03-10T11:00:00Z">Updated 10 March 2025</time></p>',
                     '<p>Last updated: <time datetime="2025-03-10T11:00:00Z">10 March</time></p>'):
            with self.subTest(part=part):
                self.assertEqual(times(part, head=declared), (published, changed))
        post = '<div class="post"><time datetime="2025-03-10T{}:00:00Z">{}:00</time><p>Lena Ost said the pumps were running again.</p></div>'
        self.assertEqual(times(post.format(11, 11) + post.format(10, 10), head=declared)[0], published)
        for words in ("The hearing is set for 14 December 2027 in Ostmark.", "The mill will be sold on 3 May 2026, Otto Pell said."):
            with self.subTest(words=words):
                self.assertIsNone(self.one(p(RIVER), p(DYKE), p(words))["published"])
        for lang, shown, want in [("en-US", "Posted on 02/09/2025", "2025-02-09"), ("en-GB", "Posted on 02/09/2025", "2025-09-02"),
                                  ("en", "Posted on 02/09/2025 at 10:15 ET", "2025-02-09"), ("en", "Posted on 02/19/2025", "2025-02-19")]:
            with self.subTest(lang=lang, shown=shown):
                self.assertEqual(self.one(f"<div>{shown}</div>", p(RIVER), p(DYKE), lang=lang)["published"][:10], want)

    def test_live_posts(self):
        posts = [f'<div class="live-post"><time datetime="2025-03-10T1{n}:00Z">1{n}:00</time><h3>Post {n}</h3><p>{w}</p></div>'
                 for n, w in enumerate(["Karl Bruin said the pumps were running again.", "Greta Holm said the school was shut.", "“It is in the street,” said Lena Ost."])]
        data = '<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Ludrey cut off","datePublished":"2025-03-09T21:30:00Z"}</script>'
        for count in (2, 3):
            row = self.one(p("Rolling updates from the flood."), *posts[:count], head=data)
            self.assertEqual(sum(w in row["text"] for w in ("pumps were running", "school was shut", "in the street")), count)
            self.assertEqual(row["published"], "2025-03-09T21:30:00+00:00")

    def test_who_signs(self):
        for part, want in [('<p class="byline">By Jon Devlin 3 minutes ago</p>', ["Jon Devlin"]),
                           ('<p class="byline">By Jon Devlin Published May 8, 2025</p>', ["Jon Devlin"]),
                           ('<div class="byline">By <a rel="author" href="/a">Jon Devlin</a></div>', ["Jon Devlin"])]:
            with self.subTest(part=part):
                others = '<div class="river"><div class="byline"><a rel="author" href="/b">Josh Contin</a> <time>2 hours ago</time></div></div>'
                content = page(part, p(RIVER), p(DYKE), p(PUMPS), p(RIVER)).replace("<footer>", others + "<footer>")
                self.assertEqual(self.read("p.html", content)[0]["authors"], want)

    def test_one_bad_byte(self):
        content = page(p(RIVER), p("“It held,” said Lena Ost of the caf#."), p(DYKE)).encode().replace(b"#", b"\xe9")
        self.assertIn("“It held,” said Lena Ost of the café.", self.read("p.html", content)[0]["text"])


class Lacks(Case):
    """What is stored and not read, or not placed, is said and found."""

    GERMAN = "Die Ministerin sagte am Montag, dass der Damm nicht mehr sicher sei und dass er geschlossen werde.\n"

    def test_said_at_the_end(self):
        self.write("a.txt", f"Date: 2025-03-14\nOutlet: Ludrey Echo\n\n{PROSE}")
        self.write("b.txt", self.GERMAN)
        self.assertEqual(len(self.run_text("add", "a.txt")[0].splitlines()), 1)
        line = self.run_text("add", "b.txt")[0].splitlines()[1]
        for part in ("1 in a language that is not read", "1 without a day", "1 without an outlet"):
            self.assertIn(part, line)

    def test_receipts(self):
        self.write("b.txt", self.GERMAN)
        (row,) = self.rows("add", "--json", "b.txt")
        self.assertEqual((row["language"], row["read"], row["without"]), ("de", False, ["date", "outlet"]))
        self.write("c.txt", PROSE)
        (row,) = self.rows("add", "--json", "--date", "2025-03-14", "c.txt")
        self.assertEqual((row["language"], row["read"], row["without"]), ("en", True, ["outlet"]))

    def test_counted(self):
        self.write("a.txt", f"Date: 2025-03-14\n\n{PROSE}")
        self.write("b.txt", f"Outlet: Ludrey Echo\n\n{self.GERMAN}")
        self.run_text("add", "a.txt", "b.txt")
        (row,) = self.rows("stats", "--json")
        self.assertEqual(row["without"], {"date": 1, "outlet": 1, "language": 1})

    def test_found(self):
        self.write("a.txt", f"Date: 2025-03-14\n\n{PROSE}")
        self.write("b.txt", f"Outlet: Ludrey Echo\n\n{self.GERMAN}")
        self.run_text("add", "a.txt", "b.txt")
        for what, name in [("date", "b.txt"), ("outlet", "a.txt"), ("speech", "b.txt")]:
            self.assertEqual([r["path"] for r in self.rows("list", "--json", "--without", what)], [name])
        self.assertIn("date, outlet, speech or text", self.complaint("list", "--without", "colour", status=2))

    def test_given_for_standard_input(self):
        self.run_text("add", "--title", "Talks put off", "--outlet", "Ludrey Echo", "--date", "2025-03-14", "-", input=PROSE)
        (row,) = self.rows("list", "--json")
        self.assertEqual((row["title"], row["outlet"], row["published"]), ("Talks put off", "Ludrey Echo", "2025-03-14"))


# ---- files of other programs ----

TALKS = ("Talks on the river treaty have been postponed until Monday, the ministry said on Thursday.",
         "Jana Piro said that the delegations would meet again.")


def docx(paragraphs, name="word/document.xml"):
    ns = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    runs = "".join("<w:p>" + "".join(f"<w:r><w:t xml:space='preserve'>{w} </w:t></w:r>" for w in p.split()) + "</w:p>"
                   for p in paragraphs)
    return zipped([("[Content_Types].xml", "<Types/>"),
                   (name, f"<?xml version='1.0'?><w:document xmlns:w='{ns}'><w:body>{runs}<w:p><w:del><w:r><w:t>gone"
                          "</w:t></w:r></w:del></w:p></w:body></w:document>")])


def odt(paragraphs, manifest=""):
    text = "".join(f"<text:p>{p.replace(' ', ' <text:s/>', 1)}</text:p>" for p in paragraphs)
    return zipped([("mimetype", "application/vnd.oasis.opendocument.text"),
                   ("content.xml", "<office:document-content xmlns:office='o' xmlns:text='t'><office:body>"
                                   f"{text}</office:body></office:document-content>"),
                   ("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")])


def pdf(lines):
    page = "BT /F1 12 Tf 50 700 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    parts = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
             "<</Type/Page/Parent 2 0 R/MediaBox[0 0 800 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
             f"<</Length {len(page)}>>\nstream\n{page}\nendstream", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    out, places = "%PDF-1.4\n", []
    for i, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{i} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{at:010} 00000 n \n" for at in places)
    end = f"xref\n0 6\n0000000000 65535 f \n{table}trailer <</Size 6/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return (out + end).encode()


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for name, content in files:
            z.writestr(zipfile.ZipInfo(name), content,
                       zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return out.getvalue()


MAIL = f"""Return-Path: <news@ludrey.example>
From: =?utf-8?q?Ludrey_Echo?= <news@ludrey.example>
To: readers@ludrey.example
Subject: River talks =?utf-8?q?postponed?=
Date: Fri, 14 Mar 2025 09:12:00 +0100
Message-ID: <one@ludrey.example>
List-Id: <news.ludrey.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

{TALKS[0].replace('postponed', 'post=70oned')}

{TALKS[1]}
"""

CAPTIONS = """WEBVTT

NOTE made by hand

1
00:00:01.000 --> 00:00:03.500 align:start
<v Jana Piro>The delegations will
meet <i>again</i> on Monday.

2
00:00:03.600 --> 00:00:05.000
<v Jana Piro>Nobody has left.

3
00:00:05.100 --> 00:00:07.000
<v Tomas Hale>We have not left &amp; will not.
"""


class OtherPrograms(Handed):
    def texts(self, name, content):
        return [(r["title"], r["text"]) for r in self.rows("read", self.write(name, content))]

    def test_office(self):
        for name, content in [("a.docx", docx(TALKS)), ("b.odt", odt(TALKS)), ("false.txt", docx(TALKS))]:
            with self.subTest(name=name):
                (row,) = self.extract(name, content)
                self.assertEqual([a["content_text"][0][:17] for a in row["attributions"]],
                                 ["Talks on the rive", "that the delegati"])
                self.assertEqual(row["text"].split("\n\n")[:2], list(TALKS))
                self.assertNotIn("gone", row["text"])

    def test_office_that_cannot_be_read(self):
        whole = docx(TALKS)
        for content, why in [(whole[:len(whole) // 2], "damaged"), (docx([]), "no text"),
                             (docx(TALKS, "xl/workbook.xml"), "CSV"),
                             (odt(TALKS, "<encryption-data/>"), "encrypted"),
                             (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted")]:
            with self.subTest(why=why):
                self.assertIn(why, self.complaint("read", self.write("a.docx", content), status=1))

    def test_captions(self):
        (row,) = self.extract("a.vtt", CAPTIONS)
        self.assertEqual(row["text"].split("\n\n"),
                         ["Jana Piro: The delegations will meet again on Monday. Nobody has left.",
                          "Tomas Hale: We have not left & will not."])
        srt = "".join(f"{i}\r\n00:00:{4 * i:02},000 --> 00:00:{4 * i + 3:02},000\r\n{line}\r\n\r\n"
                      for i, line in enumerate(["{\\an8}Talks on the river treaty", "have been postponed,",
                                                "have been postponed,", "the ministry said on Thursday."], 1))
        (row,) = self.extract("a.srt", "\ufeff" + srt)
        self.assertEqual(row["text"], "Talks on the river treaty have been postponed, the ministry said on Thursday.")
        self.assertEqual(len(row["attributions"]), 1)
        self.assertIn("captions", self.complaint("read", self.write("b.vtt", "WEBVTT\n\n00:01.000 --> "), status=1))

    def test_captions_cut_short(self):
        """What is there is read, and one line says that it ends too early."""
        self.assertEqual(self.run_text("read", self.write("whole.vtt", CAPTIONS))[1], "")
        self.assertEqual(self.run_text("read", self.write("whole.vtt", CAPTIONS.rstrip()))[1], "")
        third = CAPTIONS.index("3\n00:00:05")
        for i, cut in enumerate((third + 1, third + 9, third + 20, third + 31, len(CAPTIONS) - 9)):
            with self.subTest(ends=CAPTIONS[cut - 12:cut]):
                out, err = self.run_text("read", self.write(f"{i}.vtt", CAPTIONS[:cut]))
                self.assertIn("Nobody has left.", json.loads(out)["text"])
                self.assertEqual((err.count("\n"), "in the middle of a caption" in err), (1, True), err)

    def test_mail(self):
        (row,) = self.extract("a.eml", MAIL)
        self.assertEqual((row["title"], row["outlet"], day(row)),
                         ("River talks postponed", "Ludrey Echo", "2025-03-14"))
        self.assertEqual(len(row["attributions"]), 2)
        for head in (f"From: Jana Piro <jana@ludrey.example>\nSubject: River talks postponed\n",  # a draft, a file that was saved
                     "Subject: River talks postponed\nFrom: jana@ludrey.example\nDate: Fri, 14 Mar 2025 09:12:00 +0100\n",
                     "From: Jana Piro\nSubject: River talks postponed\nDate: Fri, 14 Mar 2025 09:12:00 +0100\n",
                     "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nFrom: jana@ludrey.example\n"
                     "Subject: River talks postponed\n",
                     "X-Long: so on" + "\n so on" * 1500 + "\nFrom: jana@ludrey.example\nTo: readers@ludrey.example\n"
                     "Subject: River talks postponed\n",
                     "From: jana@ludrey.example\nTo: readers@ludrey.example\nSubject: River talks postponed\nX-Long: "
                     + "so " * 9000 + "\n"):
            with self.subTest(head=head[:80]):
                self.assertEqual([(t, w.strip()) for t, w in self.texts("draft.eml", f"{head}\n{PROSE}")],
                                 [("River talks postponed", PROSE.strip())])
        box = "".join(f"From news@ludrey.example Fri Mar 14 09:12:0{i} 2025\n{MAIL.replace('River', place)}\n"
                      for i, place in enumerate(("River", "Lake", "Sea")))
        self.assertEqual([t for t, _ in self.texts("all.mbox", box)],
                         ["River talks postponed", "Lake talks postponed", "Sea talks postponed"])

    def test_mail_of_mark_up(self):
        page = f"<html><body><h1>River talks postponed</h1><p>{TALKS[0]}</p><p>{TALKS[1]}</p></body></html>"
        head = MAIL[:MAIL.index("Content-Type")]
        parts = (f"{head}Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
                 f"Read this in a browser.\n--b\nContent-Type: text/html; charset=utf-8\n\n{page}\n--b--\n")
        (row,) = self.extract("a.eml", parts)
        self.assertEqual((row["title"], day(row), len(row["attributions"])), ("River talks postponed", "2025-03-14", 2))

    def test_mail_that_cannot_be_read(self):
        head = MAIL[:MAIL.index("Content-Type")]
        for body, why in [("Content-Type: multipart/encrypted; boundary=b\n\n--b\nContent-Type: application/x\n\nq\n--b--\n",
                           "encrypted"), ("Content-Type: image/png\n\nx\n", "without text"), ("", "without text")]:
            with self.subTest(why=why):
                self.assertIn(why, self.complaint("read", self.write("a.eml", head + body), status=1))

    def test_encrypted_mail(self):
        """Of every kind: no article is made of its header lines, and others of a mailbox are read."""
        sender = "From: Jana Piro <jana@ludrey.example>\nSubject: River talks\nDate: Fri, 14 Mar 2025 09:12:00 +0100\n"
        armour = "-----BEGIN PGP MESSAGE-----\n\nhQEMA1x2Z3\n=Yx0z\n-----END PGP MESSAGE-----\n"
        kinds = [f"MIME-Version: 1.0\nContent-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n"
                 f"--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n\n--b\nContent-Type: application/octet-stream\n\n{armour}--b--\n",
                 "MIME-Version: 1.0\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\nContent-Transfer-Encoding: base64\n\nMIAGCS\n",
                 "MIME-Version: 1.0\nContent-Type: application/x-pkcs7-mime; name=smime.p7m\n\nMIAGCS\n", f"\n\n{armour}",
                 f"MIME-Version: 1.0\nContent-Type: text/html\n\n<html><body><pre>{armour}</pre></body></html>\n"]
        for kind in kinds:
            for head in (sender, f"To: a@ludrey.example\n{sender}", "" if "Type: multipart" in kind else sender):
                with self.subTest(kind=kind[:90], head=head):
                    self.assertIn("encrypted mail", self.complaint("read", self.write("a.eml", head + kind), status=1))
        plain = f"{sender}\n{PROSE}"
        box = "".join(f"From jana@ludrey.example Fri Mar 14 09:12:0{i} 2025\n{one}\n" for i, one in
                      enumerate((plain, sender + kinds[0], sender + kinds[3], plain)))
        out, err = self.run_text("read", self.write("all.mbox", box), status=1)
        self.assertEqual((len(out.splitlines()), len(err.splitlines())), (2, 2), err)
        for words in (f"From the quay the ferry left, and nobody saw it.\n\n{PROSE}", f"{PROSE}\nWrite to: jana@ludrey.example\n",
                      f"From: our correspondent in Ostmark\n\n{PROSE}"):
            with self.subTest(words=words[:40]):  # what is no mail stays text
                self.assertIn("Talks on the river", self.texts("a.txt", words)[0][1])

    def test_pdf(self):
        whole = pdf(TALKS)
        if not shutil.which("pdftotext"):
            self.assertIn("poppler-utils", self.complaint("read", self.write("a.pdf", whole), status=1))
            return
        for name in ("a.pdf", "false.txt"):
            (row,) = self.extract(name, whole)
            self.assertEqual([a["speaker"] for a in row["attributions"]], ["ministry", "Jana Piro"])
        for content, why in [(whole[:300], "damaged"), (b"%PDF-1.4\n1 0 obj\n", "damaged"), (pdf([]), "without text"),
                             (whole[:300] + b"trailer <</Encrypt 7 0 R>>", "encrypted"), (b"", "empty")]:
            with self.subTest(why=why):
                self.assertIn(why, self.complaint("read", self.write("b.pdf", content), status=1))


class Posts(Handed):
    """Who wrote it speaks, on the day on which it was made; all of 3 May 2024, by Olwen Brandt."""

    WORDS = "The crane is sound. We open the harbour on Monday."
    ONES = [
        {"id_str": "1", "created_at": "Fri May 03 10:11:12 +0000 2024", "full_text": WORDS, "lang": "en",
         "user": {"name": "Olwen Brandt", "screen_name": "olwenb"}},
        {"id": "2", "created_at": "2024-05-03T10:11:12.000Z", "content": "<p>The crane is sound. We open the "
         "<a href='https://tarn.example'>harbour</a> on Monday.</p>", "account": {"acct": "olwenb",
                                                                                "display_name": "Olwen Brandt"}},
        {"author": "Olwen Brandt", "created_utc": 1714731072.0, "selftext": WORDS, "title": "Cranes", "subreddit": "tarn"},
        {"author": {"handle": "olwenb.example", "displayName": "Olwen Brandt"},
         "record": {"createdAt": "2024-05-03T10:11:12Z", "text": WORDS}},
        {"type": "message", "date": "2024-05-03T10:11:12", "from": "Olwen Brandt",
         "text": ["The crane is ", {"type": "bold", "text": "sound"}, ". We open the harbour on Monday."]},
        {"username": "Olwen Brandt", "timestamp": "2024-05-03 10:11", "text": WORDS},
    ]
    ENVELOPES = [lambda ones: json.dumps(ones), lambda ones: json.dumps(ones, indent=1),
                 lambda ones: json.dumps({"posts": ones}), lambda ones: json.dumps({"meta": {}, "statuses": ones}, indent=1),
                 lambda ones: json.dumps({"data": {"children": [{"kind": "t3", "data": one} for one in ones]}}),
                 lambda ones: json.dumps([{"post": one} for one in ones])]

    def check(self, rows, count):
        said = [(a["speaker"], a["said_on"], " ".join(a["content_text"])) for r in rows for a in r["attributions"]]
        self.assertEqual(said, [("Olwen Brandt", "2024-05-03", self.WORDS)] * count)
        self.assertEqual({(r["byline"], day(r)) for r in rows}, {("Olwen Brandt", "2024-05-03")})

    def test_each_form(self):
        for one in self.ONES:
            with self.subTest(one=one):
                lines = "".join(json.dumps({k: v for k, v in o.items() if k != "record"} | o.get("record", {})) + "\n"
                                for o in (one, one))
                self.check(self.extract("a.jsonl", lines), 2)

    def test_in_envelopes(self):
        for wrap in self.ENVELOPES:
            content = wrap(self.ONES)
            with self.subTest(content=content[:60]):
                self.check(self.extract("a.json", content), len(self.ONES))

    def test_in_tables(self):
        for name, mark, names in (("a.csv", ",", ("username", "timestamp", "text")), ("a.tsv", "\t", ("username", "timestamp", "text")),
                                  ("b.csv", ";", ("Author", "Created_At", "Full_Text")), ("b.tsv", "\t", ("author", "created_at", "text"))):
            with self.subTest(name=name, names=names):
                rows = (names, *[("Olwen Brandt", "2024-05-03 10:11", self.WORDS)] * 3)
                self.check(self.extract(name, "".join(mark.join(row) + "\n" for row in rows)), 3)

    def test_people_by_number(self):
        whole = {"data": [{"id": "9", "author_id": "7", "created_at": "2024-05-03T10:11:12Z", "text": self.WORDS}],
                 "includes": {"users": [{"id": "7", "name": "Olwen Brandt", "username": "olwenb"}]}}
        self.check(self.extract("a.json", json.dumps(whole)), 1)

    def test_articles_are_none(self):
        one = {"author": "Pia Lund", "created_at": "2024-05-03", "title": "Crane sold", "text": PROSE, "items": [{"text": "x"}]}
        (row,) = self.extract("a.json", json.dumps(one))
        self.assertEqual([a["speaker"] for a in row["attributions"]], ["ministry", "Jana Piro"])

    def test_spans_are_of_the_file(self):
        (row,) = self.extract("a.jsonl", json.dumps(self.ONES[0]) + "\n")
        ((start, end),) = row["attributions"][0]["content"]
        self.assertEqual(row["text"][start:end], self.WORDS)

    def test_that_cannot_be_read(self):
        whole = json.dumps(self.ONES)
        for content, why in [(whole[:200], "JSON"), (json.dumps([{"user": {"name": "Olwen Brandt"}}]), "no field with"),
                             ("[]", "")]:
            with self.subTest(content=content[:40]):
                self.assertIn(why, self.complaint("read", self.write("a.json", content), status=1))


class Others(Handed):
    """Files that hold no article say so in one line, with what to do."""

    def test_lists_of_addresses(self):
        for i, content in enumerate(["tarn.example/a\nwww.quay.example/b\n", "1. https://tarn.example/a\n2. https://tarn.example/b\n",
                                     "url\nhttps://tarn.example/a\n", '["https://tarn.example/a", "https://tarn.example/b"]\n']):
            with self.subTest(content=content):
                said = self.complaint("add", self.write(f"{i}.txt", content), status=1)
                self.assertIn("list of addresses", said)
                self.assertEqual(len(said.strip().splitlines()), 1)
        self.assertIn("fetch the page", self.complaint("add", self.write("a.jsonl", '{"url": "https://tarn.example/a"}\n'), status=1))

    def test_own_export(self):
        self.run_text("add", self.write("a.txt", PROSE))
        export = self.run_text("export", "--format", "jsonl")[0]
        said = self.complaint("add", self.write("export.jsonl", export), status=1)
        self.assertIn("hearsay import", said)
        self.assertEqual(len(said.strip().splitlines()), 1)


if __name__ == "__main__":
    unittest.main()
