"""One article at several addresses is stored once, whichever came first."""
import itertools
import json
import unittest

from support import Case

LINES = ["The ferry to Skarn will stop in October, the harbour master, Odile Marn, said on Monday.",
         "“Nobody has bought a ticket since the tunnel opened,” Marn told the council.",
         "The council denied that it had been asked for money and said that it would look for another operator."]
SITE = "orlapost.example/news/ferry"


def page(canonical=None, lines=LINES, before=""):
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    prose = "".join(f"<p>{line}</p>" for line in lines)
    return (f'<html lang="en"><head><title>Ferry to stop</title>{link}</head><body>{before}<article>'
            f'<h1>Ferry to stop</h1><time datetime="2025-03-04">4 March 2025</time>{prose}</article></body></html>')


def line(url, lines=LINES):
    return json.dumps({"url": url, "title": "Ferry to stop", "date": "2025-03-04", "text": "\n\n".join(lines)}) + "\n"


def warc(url, html):
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html.encode()
    return (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
            f"WARC-Date: 2025-03-05T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(body)}\r\n\r\n").encode() + body + b"\r\n\r\n"


class Addresses(Case):
    def run_ok(self, *args):
        return self.run_text(*args)[0]

    def add(self, *files):
        return self.rows("add", "--json", *files)

    def listed(self):
        return self.rows("list", "--json")

    def test_ways_to_one_article(self):
        ways = [f"https://www.{SITE}?utm_source=feed&utm_medium=rss", f"https://amp.{SITE}", f"https://m.{SITE}/",
                f"http://{SITE}", f"https://www.{SITE}.amp.html#top", f"https://www.{SITE}/amp",
                f"https://www.google.com/amp/s/www.{SITE}", f"https://www.{SITE}?fbclid=x", f"https://{SITE}?amp=1"]
        ways[4] = ways[4].replace("ferry.amp.html", "ferry.amp")
        file = self.write("feed.jsonl", "".join(map(line, [f"https://www.{SITE}", *ways])))
        rows = self.add(file)
        self.assertEqual([row["state"] for row in rows], ["added"] + ["address"] * len(ways))
        (row,) = self.listed()
        self.assertEqual(row["url"], f"https://www.{SITE}")
        self.assertEqual(row["addresses"], sorted(ways))
        self.assertEqual({r["id"] for r in rows}, {row["id"]})
        self.assertEqual(self.run_ok("copies"), "")
        for url in ways:
            self.assertIn(f"also at {url}", self.run_ok("show", url))

    def test_not_by_the_address_alone(self):
        other = LINES[:2] + ["The council said that the matter was closed and that it would not be opened again."]
        file = self.write("feed.jsonl", line(f"https://www.{SITE}") + line(f"https://m.{SITE}", other) +
                          line("https://www.orlapost.example/other") + line(f"https://www.{SITE}?page=2"))
        self.assertEqual([row["state"] for row in self.add(file)], ["added"] * 4)

    def test_not_by_the_words_alone(self):
        """Another site that names this one as its original prints it: a copy."""
        self.write("one.warc", warc(f"https://www.{SITE}", page(f"https://www.{SITE}")))
        self.write("two.warc", warc("https://herald.example/ferry", page(f"https://www.{SITE}", before="<p>Herald</p>")))
        self.assertEqual([row["state"] for row in self.add("one.warc", "two.warc")], ["added", "added"])

    def test_order_does_not_count(self):
        files = {"www.html": page(f"https://www.{SITE}"), "m.html": page(f"https://m.{SITE}"),
                 "amp.warc": warc(f"https://amp.{SITE}", page(f"https://www.{SITE}", before="<nav>Menu</nav>")),
                 "feed.jsonl": line(f"https://www.{SITE}?utm_campaign=a")}
        for name, content in files.items():
            self.write(name, content)
        exports = set()
        for i, order in enumerate(itertools.permutations(files)):
            self.run_ok("add", "--store", f"{i}.db", *order)
            exports.add(self.run_ok("export", "--store", f"{i}.db"))
        self.assertEqual(len(exports), 1)
        document = json.loads(exports.pop().splitlines()[0])
        self.assertEqual((document["path"], len(document["addresses"])), ("www.html", 3))

    def test_said_and_kept(self):
        self.write("www.html", page(f"https://www.{SITE}"))
        self.write("m.html", page(f"https://m.{SITE}"))
        self.run_ok("add", "m.html")
        self.run_ok("set", "m.html", "outlet=Orla Post")
        self.assertIn("added 0, 1 there already from another address", self.run_ok("add", "www.html"))
        (row,) = self.listed()
        self.assertEqual((row["path"], row["outlet"]), ("www.html", "Orla Post"))
        export = self.run_ok("export")
        self.write("export.jsonl", export)
        self.run_ok("import", "--store", "other.db", "export.jsonl")
        self.assertEqual(self.run_ok("export", "--store", "other.db"), export)
        self.assertEqual([r["state"] for r in self.add("m.html", "www.html")], ["same", "same"])
        self.run_ok("add", "--replace", "m.html", "www.html")
        self.assertEqual(self.listed()[0]["addresses"], [f"https://m.{SITE}"])
        self.run_ok("remove", f"https://m.{SITE}")
        self.assertEqual(self.listed(), [])

    def test_changed_page_is_another(self):
        self.write("www.html", page(f"https://www.{SITE}"))
        self.write("m.html", page(f"https://m.{SITE}"))
        self.run_ok("add", "www.html", "m.html")
        self.write("m.html", page(f"https://m.{SITE}", LINES[:2]))
        self.run_ok("add", "--replace", "m.html")
        self.assertEqual(sorted((r["path"], tuple(r["addresses"])) for r in self.listed()), [("m.html", ()), ("www.html", ())])


if __name__ == "__main__":
    unittest.main()
