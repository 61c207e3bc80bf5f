"""Hostile inputs: a table of kinds, each of which grows with a number.

A kind is made of a head, a piece that stands there n times (with a number of its
own where it has %d), a middle, and a closing piece n times again. `python3
kinds_support.py DIR` writes all of them at all sizes, to look at.
"""
import os
import sys
from collections import namedtuple

SIZES = (60_000, 120_000, 240_000)  # bytes, about

Kind = namedtuple("Kind", "name ending head piece middle closing")


def kind(name, ending, head, piece, middle="", closing=""):
    return Kind(name, ending, head, piece, middle, closing)


T = "Title: T\n\n"
P = "<html><body>"
SAID = "It rained, Falk said."
ITEM = f"<title>a</title><description>{SAID}</description>"
PAGE = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>{SAID}</p>"
RECORD = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/%d\r\n"
          f"Content-Length: {len(PAGE)}\r\n\r\n{PAGE}\r\n\r\n")
MULTIPART = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n'
PART = f"--b\r\nContent-Type: text/html\r\n\r\n<p>{SAID}</p>\r\n"

KINDS = [
    # one paragraph with very many of something
    kind("quotations", "txt", T, "“It was so,” Falk said. "),
    kind("contents", "txt", T, "“It was so.” "),
    kind("two-who-say", "txt", T, "Anna Berg and Otto Falk said that ", "it rained.\n"),
    kind("letters-who-say", "txt", T, "A and B said that C "),
    kind("pronouns-who-say", "txt", T, "He said that she said that they said "),
    kind("says-according", "txt", T, "according to him, "),
    kind("quoted-by", "txt", T, "Falk, quoted by the Tide as saying, told the Post that "),
    kind("asked", "txt", T, "Asked by Falk whether it rained, she said no, "),
    kind("interviews", "txt", T, "in an interview with the Tide she told him that "),
    kind("dates", "txt", T, "May 4, 2023, "),
    kind("dated-reports", "txt", T, "On May 4, 2023, Falk said it rained, "),
    kind("days-of-the-week", "txt", T, "on Monday last week "),
    kind("clocks", "txt", T, "at 10:30 p.m. "),
    kind("numerals", "txt", T, "three hundred and twelve "),
    kind("names-each-once", "txt", T, "Anna%d Berg%d, "),
    kind("one-name", "txt", T, "Anna Berg, "),
    kind("names-that-say", "txt", T, "Anna%d Berg%d said it rained. "),
    kind("offices", "txt", T, "the minister of the minister of ", "said so.\n"),
    kind("titles", "txt", T, "prime minister president Dr. ", "said so.\n"),
    kind("possessives", "txt", T, "Falk’s brother’s "),
    kind("capitals", "txt", T, "Aa%d "),
    # marks
    kind("nested-quotation-marks", "txt", T, "“Falk said ‘", "so", "’”"),
    kind("marks-that-open", "txt", T, "“ "),
    kind("marks-that-open-and-words", "txt", T, "“ a said "),
    kind("straight-marks", "txt", T, '" a said b '),
    kind("apostrophes", "txt", T, "'a 'b said "),
    kind("brackets", "txt", T, "(said ", "", ")"),
    kind("full-stops", "txt", T, ". "),
    kind("commas", "txt", T, ", said "),
    kind("dashes", "txt", T, "— said — "),
    kind("colons", "txt", T, "Falk: "),
    kind("hyphens", "txt", T, "a-"),
    kind("one-word", "txt", T, "a"),
    kind("letters-alone", "txt", T, "a "),
    kind("combining-marks", "txt", T, "e\u0301"),
    kind("wide-characters", "txt", T, "\u4e00"),
    kind("paragraphs-of-speech", "txt", T, "“It was so,” Falk said.\n\n"),
    kind("transcript", "txt", T, "FALK: It was so.\n\n"),
    kind("paragraphs-of-one-letter", "txt", "", "a\n\n"),
    kind("header-lines", "txt", "", "Key%d: value\n", "\n" + SAID),
    kind("addresses", "txt", T, "https://a.example/%d "),
    # mark-up
    kind("attributes-of-a-tag", "html", P + "<p ", "a%d=b ", f">{SAID}</p>"),
    kind("tags-with-attributes", "html", P, "<p a=b c=d e=f>x</p>"),
    kind("nested-blocks", "html", P, "<div>", SAID, "</div>"),
    kind("nested-inline", "html", P, "<b><i>", SAID),
    kind("nested-tables", "html", P, "<table><tr><td>", SAID),
    kind("nested-lists", "html", P, "<ul><li>a", SAID),
    kind("nested-forms", "html", P, "<form><select><option>", f"</select><p>{SAID}"),
    kind("paragraph-tags", "html", P, "<p>", SAID),
    kind("breaks", "html", P + "<p>It rained", "<br>", SAID),
    kind("bold-letters", "html", P + "<p>It rained", "<b>a</b>", SAID),
    kind("character-entities", "html", P + "<p>It rained", "&amp;", SAID),
    kind("unknown-entities", "html", P + "<p>It rained", "&a%d;", SAID),
    kind("comments", "html", P + "<p>It rained", "<!--a-->", SAID),
    kind("comments-that-open", "html", P + f"<p>{SAID}", "<!--a"),
    kind("page-paragraphs", "html", P, "<p>It rained in the town, and Falk said it would rain again.</p>"),
    kind("links", "html", P, f'<a href="/%d">a</a> ', f"<p>{SAID}"),
    kind("authors", "html", "<html><head>", '<meta name=author content="A Writer%d">', f"</head><body><p>{SAID} {SAID}"),
    kind("titles-of-a-page", "html", "<html><head>", "<title>It rained</title>", f"</head><body><p>{SAID}"),
    kind("headlines-of-a-page", "html", P, "<h1>It rained %d</h1>", f"<p>{SAID}"),
    kind("times-of-a-page", "html", P, "<time datetime=2023-05-04>May 4, 2023</time> ", f"<p>{SAID}"),
    kind("script", "html", P + f"<p>{SAID}<script>", '{"a":[', "</script>"),
    kind("nested-json-ld", "html", P + f'<p>{SAID}<script type="application/ld+json">', '{"@graph":[', "</script>"),
    kind("json-ld", "html", P + f'<p>{SAID}<script type="application/ld+json">[',
         '{"@type":"NewsArticle","headline":"It rained %d","datePublished":"2023-05-04"},', "{}]</script>"),
    kind("authors-by-name-of-their-own", "html", P + f'<p>{SAID}<script type="application/ld+json">[{{"@type":"NewsArticle","author":[',
         '{"@id":"a%d"},', '{}]}]</script>'),
    kind("less-than-signs", "html", P + "<p>It rained", "<"),
    kind("end-tags", "html", P + f"<p>{SAID}", "</b>"),
    kind("nested-svg", "html", P + "<p>It rained<svg>", "<g>", SAID),
    # feeds and news formats
    kind("feed-items", "xml", "<rss><channel><description>d</description>", f"<item>{ITEM}</item>", "</channel></rss>"),
    kind("atom-entries", "xml", '<feed xmlns="http://www.w3.org/2005/Atom">',
         f"<entry><id>a%d</id><content>{SAID}</content></entry>", "</feed>"),
    kind("elements-of-an-item", "xml", "<rss><channel><item>", "<a/>", f"{ITEM}</item></channel></rss>"),
    kind("attributes-of-an-item", "xml", "<rss><channel><item ", 'a%d="b" ', f">{ITEM}</item></channel></rss>"),
    kind("name-spaces", "xml", "<rss ", 'xmlns:a%d="b" ', f"><channel><item>{ITEM}</item></channel></rss>"),
    kind("nested-elements", "xml", "<rss><channel><item>", "<a>", ITEM, "</a>"),
    kind("entities-declared", "xml", "<!DOCTYPE rss [", '<!ENTITY e%d "a">', f"]><rss><channel><item>{ITEM}&e1;</item></channel></rss>"),
    kind("entity-used", "xml", '<!DOCTYPE rss [<!ENTITY e "' + "a" * 2000 + '">]><rss><channel><item><description>It rained.',
         "&e;", "</description></item></channel></rss>"),
    kind("character-data", "xml", "<rss><channel><item><description>It rained.", "<![CDATA[a]]>", "</description></item></channel></rss>"),
    kind("news-items", "xml", "<newsMessage>", '<newsItem guid="a%d"><contentMeta/><contentSet><inlineData>'
         f"{SAID}</inlineData></contentSet></newsItem>", "</newsMessage>"),
    kind("nitf-paragraphs", "xml", "<nitf><body><body.content>", f"<p>{SAID}</p>", "</body.content></body></nitf>"),
    # objects and tables
    kind("list-of-objects", "json", "[", '{"id":"%d","text":"' + SAID + '"},\n', "{}]"),
    kind("nested-lists-of-json", "json", '{"a":\n', "[\n"),
    kind("keys-of-an-object", "json", "{\n", '"k%d":1,', f'"text":"{SAID}"}}'),
    kind("escapes", "jsonl", '{"id":"1","text":"It rained ', "\\u0041", '"}\n'),
    kind("lines", "jsonl", "", '{"id":"%d","text":"' + SAID + '"}\n'),
    kind("columns", "csv", "text,", "c%d,", f"x\n{SAID},\n"),
    kind("rows", "csv", "text,id\n", f'"{SAID}",%d\n'),
    kind("quotes-in-a-row", "csv", 'text,id\n"It rained ', '""', '",a\n'),
    # containers
    kind("parts", "mhtml", MULTIPART + "\r\n", PART, "--b--\r\n"),
    kind("part-headers", "mhtml", MULTIPART, "X: y\r\n", "\r\n" + PART + "--b--\r\n"),
    kind("records", "warc", "", RECORD),
    kind("record-headers", "warc", "WARC/1.0\r\n", "X: y\r\n", "\r\n\r\n"),
]


def repeat(piece, count):
    holes = piece.count("%d")
    return "".join(piece % ((i,) * holes) for i in range(count)) if holes else piece * count


def content(what, size):
    count = max(1, size // max(1, len(repeat(what.piece, 1).encode()) + len(what.closing.encode())))
    return (what.head + repeat(what.piece, count) + what.middle + what.closing * count).encode()


if __name__ == "__main__":
    for one in KINDS:
        for size in SIZES:
            with open(os.path.join(sys.argv[1], f"{one.name}-{size}.{one.ending}"), "wb") as out:
                out.write(content(one, size))
