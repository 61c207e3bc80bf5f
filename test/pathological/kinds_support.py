"""Hostile inputs: a table of kinds, each of which grows with a number.

A kind is made of a head, a piece that stands there n times (with a number of its
own where it has %d), a middle, and a closing piece n times again; some are then
packed. Pieces of text are tried as text, and in the formats that carry text.
`python3 kinds_support.py DIR` writes all of them at all sizes, to look at.
"""
import gzip
import io
import os
import sys
import zipfile
from collections import namedtuple

SIZES = (60_000, 120_000, 240_000)  # bytes, about; for the fast engine
DEEP_SIZES = (4_000, 8_000, 16_000)  # for the deep one, whose time is that of an encoder

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

MAIL = "From: A Writer <a@b.example>\nSubject: It rained\nDate: Thu, 4 May 2023 10:00:00 +0000\n"
W = ('<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>')
O = ('<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
     'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>')

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
    kind("negations", "txt", T, "did not say that "),
    kind("denials", "txt", T, "Berg denied that Falk denied that "),
    kind("said", "txt", T, "said "),
    kind("said-that", "txt", T, "said that "),
    kind("who-said", "txt", T, "who said "),
    kind("whether", "txt", T, "asked whether "),
    kind("told-somebody", "txt", T, "told Anna%d that "),
    kind("according-to-each", "txt", T, "according to Anna%d Berg, "),
    kind("as-reported", "txt", T, "as reported by the Tide, "),
    kind("names-joined", "txt", T, "Anna Berg and ", "Otto Falk said so.\n"),
    kind("initials", "txt", T, "A. B. "),
    kind("acronyms", "txt", T, "ABC "),
    kind("acronyms-told", "txt", T, "the Tide Wire Service (TWS) "),
    kind("demonyms", "txt", T, "the French and German "),
    kind("money", "txt", T, "$3 million "),
    kind("shares", "txt", T, "12 per cent of "),
    kind("ranges", "txt", T, "2019-2020 "),
    kind("iso-days", "txt", T, "2023-05-04 "),
    kind("relative-days", "txt", T, "two days before last year "),
    kind("quarters", "txt", T, "the first quarter of 2023 "),
    kind("questions", "txt", T, "Did it rain? "),
    kind("questions-and-answers", "txt", T, "Q: Did it rain?\nA: It did.\n"),
    kind("turns-of-many", "txt", T, "Anna%d: It was so.\n\n"),
    kind("bylines", "txt", T, "By A Writer\n", "\n" + SAID),
    kind("datelines", "txt", T, "OSTREV, May 4 (Wire) - It rained.\n\n"),
    kind("shouted", "txt", T, "IT RAINED SAID FALK "),
    kind("bullets", "txt", T, "- Falk said it rained\n"),
    kind("semicolons", "txt", T, "Falk said it rained; "),
    kind("furniture", "txt", T + SAID + "\n\n", "Read more: it rains\n\n"),
    kind("divided-words", "txt", T, "exam-\nple "),
    kind("columns-of-words", "txt", T, "it    rained    there\n"),
    # marks
    kind("nested-quotation-marks", "txt", T, "“Falk said ‘", "so", "’”"),
    kind("marks-that-open", "txt", T, "“ "),
    kind("marks-that-open-and-words", "txt", T, "“ a said "),
    # Paired, and one left over at every size: what is quoted is another half of the text.
    kind("straight-marks", "txt", T, '" a said b " a said b '),
    kind("straight-marks-odd", "txt", T, '" a said b " a said b ', '" a said b '),
    kind("apostrophes", "txt", T, "'a 'b said "),
    kind("brackets", "txt", T, "(said ", "", ")"),
    kind("full-stops", "txt", T, ". "),
    kind("commas", "txt", T, ", said "),
    kind("dashes", "txt", T, "— said — "),
    kind("colons", "txt", T, "Falk: "),
    kind("hyphens", "txt", T, "a-"),
    kind("ellipses", "txt", T, "\u2026 "),
    kind("guillemets", "txt", T, "\u00aba\u00bb said b "),
    kind("low-marks", "txt", T, "\u201ea\u201c said b "),
    kind("marks-of-typewriters", "txt", T, "``a'' said b "),
    kind("paragraphs-that-stay-open", "txt", T, "\u201cIt was so.\n\n"),
    kind("letters-in-marks", "txt", T, "\u201ca\u201d "),
    kind("pictures", "txt", T, "\U0001f600"),
    kind("marks-without-width", "txt", T, "a\u200b"),
    kind("marks-that-turn-the-line", "txt", T, "\u202ea said b "),
    kind("soft-hyphens", "txt", T, "a\u00ad"),
    kind("tabs", "txt", T, "a\t"),
    kind("lines-of-two-marks", "txt", T, "Falk said so.\r\n"),
    kind("form-feeds", "txt", T, "Falk said so.\f"),
    kind("mail-addresses", "txt", T, "a@b.example "),
    kind("hash-marks", "txt", T, "#a @b "),
    kind("slashes", "txt", T, "a/"),
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
    kind("spans", "html", P + "<p>It rained", "<span class=c%d>a</span>", SAID),
    kind("styles", "html", P + f"<p>{SAID}<style>", "a{}", "</style>"),
    kind("images", "html", P, '<img alt="It rained" src=%d>', f"<p>{SAID}"),
    kind("figures", "html", P, "<figure><figcaption>It rained</figcaption></figure>", f"<p>{SAID}"),
    kind("nested-articles", "html", P, "<article>", f"<p>{SAID}", "</article>"),
    kind("nested-quotations-of-a-page", "html", P, "<blockquote>", f"<p>{SAID}", "</blockquote>"),
    kind("subheadings", "html", P, "<h2>It rained</h2>", f"<p>{SAID}"),
    kind("asides", "html", P, "<aside>It rained</aside>", f"<p>{SAID}"),
    kind("lines-of-rule", "html", P, "<hr>", f"<p>{SAID}"),
    kind("text-as-written", "html", P, "<pre>Falk said so.\n</pre>"),
    kind("definitions", "html", P, "<dl><dt>a<dd>b", f"</dl><p>{SAID}"),
    kind("properties", "html", "<html><head>", '<meta property="article:author" content="A Writer%d">', f"</head><body><p>{SAID}"),
    kind("relations", "html", "<html><head>", "<link rel=author href=%d>", f"</head><body><p>{SAID}"),
    kind("attributes-that-stay-open", "html", P + f"<p>{SAID}", '<p a="'),
    kind("numeric-entities", "html", P + "<p>It rained", "&#65;", SAID),
    kind("words-of-a-class", "html", P + '<div class="', "nav%d related ", f'"><p>{SAID}</div>'),
    kind("templates", "html", P, "<template><p>a", f"</template><p>{SAID}"),
    kind("without-script", "html", P, "<noscript>", f"<p>{SAID}", "</noscript>"),
    kind("frames", "html", P, "<iframe src=a>b</iframe>", f"<p>{SAID}"),
    kind("objects", "html", P, "<object><embed>", f"<p>{SAID}", "</object>"),
    kind("ruby", "html", P + "<p>It rained", "<ruby>a<rt>b</ruby>", SAID),
    kind("microdata", "html", P, "<div itemscope itemtype=NewsArticle><span itemprop=author>A</span>", f"<p>{SAID}", "</div>"),
    kind("conditional-comments", "html", P, "<!--[if IE]>a<![endif]-->", f"<p>{SAID}"),
    kind("table-rows", "html", P + "<table>", "<tr><td>It rained<td>there", f"</table><p>{SAID}"),
    kind("options", "html", P + "<select>", "<option>a", f"</select><p>{SAID}"),
    kind("elements-of-their-own", "html", P, "<a-b>It rained</a-b>", f"<p>{SAID}"),
    kind("nested-links", "html", P, "<a href=a>b", f"<p>{SAID}"),
    kind("nested-details", "html", P, "<details><summary>a</summary>", f"<p>{SAID}", "</details>"),
    kind("nested-fonts", "html", P, "<font size=1>", SAID),
    kind("nested-math", "html", P + "<p>It rained<math>", "<mi>", SAID),
    kind("document-types", "html", P, "<!doctype html>", f"<p>{SAID}"),
    kind("bodies", "html", P, "<body a%d=b>", f"<p>{SAID}"),
    kind("frames-of-a-set", "html", "<html>", "<frameset>", SAID),
    kind("text-fields", "html", P + f"<p>{SAID}", "<textarea>a"),
    # feeds and news formats
    kind("categories", "xml", "<rss><channel><item>", "<category>a%d</category>", f"{ITEM}</item></channel></rss>"),
    kind("authors-of-an-item", "xml", "<rss><channel><item>", "<author>A Writer%d</author>", f"{ITEM}</item></channel></rss>"),
    kind("links-of-an-entry", "xml", '<feed xmlns="http://www.w3.org/2005/Atom"><entry>', '<link href="a%d"/>',
         f"<id>a</id><content>{SAID}</content></entry></feed>"),
    kind("instructions", "xml", "<rss>", "<?a b?>", f"<channel><item>{ITEM}</item></channel></rss>"),
    kind("comments-of-a-feed", "xml", "<rss><channel>", "<!--a-->", f"<item>{ITEM}</item></channel></rss>"),
    kind("descriptions", "xml", "<rss><channel><item>", f"<description>{SAID}</description>", "</item></channel></rss>"),
    kind("page-in-a-feed", "xml", "<rss><channel><item><description>", "&lt;p&gt;It rained", "</description></item></channel></rss>"),
    kind("subjects", "xml", '<newsMessage><newsItem guid="a"><contentMeta>', '<subject qcode="a:%d"/>',
         f"</contentMeta><contentSet><inlineData>{SAID}</inlineData></contentSet></newsItem></newsMessage>"),
    kind("headlines-of-nitf", "xml", "<nitf><body><body.head>", "<hedline><hl1>It rained</hl1></hedline>",
         f"</body.head><body.content><p>{SAID}</p></body.content></body></nitf>"),
    kind("long-names-of-elements", "xml", "<rss><channel><item><", "a", f">b</a>{ITEM}</item></channel></rss>"),
    kind("unclosed-elements", "xml", f"<rss><channel><item>{ITEM}", "<a b=c>&d;"),
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
    kind("items-of-a-json-feed", "json", '{"version":"https://jsonfeed.org/version/1.1","items":[',
         '{"id":"%d","content_text":"' + SAID + '"},\n', "{}]}"),
    kind("nested-objects", "jsonl", '{"id":"1","text":"' + SAID + '","a":', '{"a":', "1", "}"),
    kind("one-key", "jsonl", '{"id":"1",', '"a":1,', f'"text":"{SAID}"}}\n'),
    kind("digits", "jsonl", '{"id":"1","text":"' + SAID + '","a":', "9", "}\n"),
    kind("blanks", "jsonl", '{"id":"1",', " ", f'"text":"{SAID}"}}\n'),
    kind("halves-of-characters", "jsonl", '{"id":"1","text":"It rained ', "\\ud800", '"}\n'),
    kind("escapes", "jsonl", '{"id":"1","text":"It rained ', "\\u0041", '"}\n'),
    kind("lines", "jsonl", "", '{"id":"%d","text":"' + SAID + '"}\n'),
    kind("columns", "csv", "text,", "c%d,", f"x\n{SAID},\n"),
    kind("rows", "csv", "text,id\n", f'"{SAID}",%d\n'),
    kind("quotes-in-a-row", "csv", 'text,id\n"It rained ', '""', '",a\n'),
    kind("semicolon-rows", "csv", "text;id\n", f'"{SAID}";%d\n'),
    kind("open-quotes", "csv", 'text,id\n', '"a,\n'),
    kind("cells-of-a-row", "csv", f'text,id\n"{SAID}",1', ",a", "\n"),
    # mails and captions
    kind("headers-of-a-mail", "eml", MAIL, "Received: by a.example; Thu, 4 May 2023 10:00:00 +0000\n", f"\n{SAID}\n"),
    kind("references", "eml", MAIL + "References:", " <%d@a.example>\n", f"\n{SAID}\n"),
    kind("addressees", "eml", MAIL + "To: a@b.example", ",\n c%d@d.example", f"\n\n{SAID}\n"),
    kind("quoted-lines", "eml", MAIL + f"\n{SAID}\n\n", "> It rained, Berg said.\n"),
    kind("quoted-depth", "eml", MAIL + f"\n{SAID}\n\n", ">"),
    kind("quoted-printable", "eml", MAIL + "Content-Transfer-Encoding: quoted-printable\n\nIt rained ", "=41"),
    kind("base-64", "eml", MAIL + "Content-Transfer-Encoding: base64\n\n", "SXQgcmFpbmVkLCBGYWxrIHNhaWQu\n"),
    kind("encoded-words", "eml", MAIL + "X-A:", " =?utf-8?q?a?=\n", f"\n{SAID}\n"),
    kind("nested-parts", "eml", MAIL, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", f"\n{SAID}\n"),
    kind("mails", "mbox", "", f"From a@b.example Thu May  4 10:00:00 2023\n{MAIL}\n{SAID}\n\n"),
    kind("cues", "vtt", "WEBVTT\n\n", "00:00.000 --> 00:01.000\n<v Falk>It rained.\n\n"),
    kind("tags-of-a-cue", "vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\n", "<b>It <i>rained</i></b> "),
    kind("subtitles", "srt", "", f"%d\n00:00:00,000 --> 00:00:01,000\n{SAID}\n\n"),
    # packed
    kind("paragraphs-of-a-document", "docx", W, f"<w:p><w:r><w:t>{SAID}</w:t></w:r></w:p>", "</w:body></w:document>"),
    kind("runs-of-a-document", "docx", W + "<w:p>", "<w:r><w:t>a</w:t></w:r>", "</w:p></w:body></w:document>"),
    kind("nested-tables-of-a-document", "docx", W, "<w:tbl><w:tr><w:tc>", f"<w:p><w:r><w:t>{SAID}</w:t></w:r></w:p>",
         "</w:tc></w:tr></w:tbl>"),
    kind("paragraphs-of-an-open-document", "odt", O, f"<text:p>{SAID}</text:p>", "</office:text></office:body></office:document-content>"),
    kind("spans-of-an-open-document", "odt", O + "<text:p>", "<text:span>a<text:s/></text:span>",
         "</text:p></office:text></office:body></office:document-content>"),
    kind("packed-lines", "jsonl.gz", "", '{"id":"%d","text":"' + SAID + '"}\n'),
    kind("packed-text", "txt.gz", T, "a said that "),
    # containers
    kind("parts", "mhtml", MULTIPART + "\r\n", PART, "--b--\r\n"),
    kind("part-headers", "mhtml", MULTIPART, "X: y\r\n", "\r\n" + PART + "--b--\r\n"),
    kind("records", "warc", "", RECORD),
    kind("record-headers", "warc", "WARC/1.0\r\n", "X: y\r\n", "\r\n\r\n"),
]


def repeat(piece, count):
    holes = piece.count("%d")
    return "".join(piece % ((i,) * holes) for i in range(count)) if holes else piece * count


# Text that costs most, as it comes in other formats.
DENSE = ("quotations", "contents", "letters-who-say", "dates", "names-that-say", "offices", "one-word")
DEEPLY = ("quotations", "dates", "names-that-say")  # tried with the deep engine in every run
CARRIERS = {
    "html": (P + "<p>", f"<p>{SAID}"),
    "jsonl": ('{"id":"1","title":"T","text":"', '"}\n'),
    "eml": (MAIL + "\n", "\n"),
}
KINDS += [kind(f"{one.name}-in-{ending}", ending, head, one.piece, foot) for one in KINDS if one.name in DENSE
          for ending, (head, foot) in CARRIERS.items()]


def packed(data, name, text):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as files:
        if name == "content.xml":
            files.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        else:
            files.writestr("[Content_Types].xml", text)
        files.writestr(name, data)
    return out.getvalue()


PACKERS = {
    "docx": lambda data: packed(data, "word/document.xml", "<Types/>"),
    "odt": lambda data: packed(data, "content.xml", ""),
    "gz": lambda data: gzip.compress(data, mtime=0),
}


def content(what, size):
    count = max(1, size // max(1, len(repeat(what.piece, 1).encode()) + len(what.closing.encode())))
    data = (what.head + repeat(what.piece, count) + what.middle + what.closing * count).encode()
    return PACKERS.get(what.ending.rpartition(".")[2], bytes)(data)


if __name__ == "__main__":
    for one in KINDS:
        for size in SIZES:
            with open(os.path.join(sys.argv[1], f"{one.name}-{size}.{one.ending}"), "wb") as out:
                out.write(content(one, size))
