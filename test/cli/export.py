"""Exports in other programs' formats, and the way back."""
import csv
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import unittest
import zipfile
from xml.etree import ElementTree

from support import PROGRAM, ROOT, STORY, Case

FORMULA = """Title: =cmd|'/C calc'!A0
Outlet: @SUM(1+1)
Date: 2025-06-01

"=HYPERLINK(1), the ferry is sound," Edda Falk said.

"First this," Falk said, "and then
that."
"""


class Export(Case):
    def setUp(self):
        super().setUp()
        self.write("bad.txt", FORMULA)
        self.write("cents.txt", "Date: 2025-06-02\n\n“Zwölf 💧 Euro – für München,” Jörg Ölçün said. “Ça va.”\n")
        self.run_text("add", STORY, "bad.txt", "cents.txt")

    def lines(self, store=None):
        return self.run_text("export", *(["--store", store] if store else []))[0]

    def record(self):
        return [json.loads(line) for line in self.lines().splitlines()]

    def folder(self, name):
        self.run_text("export", "--format", name, "-o", self.path(name))
        return sorted(os.listdir(self.path(name)))

    def texts(self):
        return {r["id"]: r["text"] for r in self.record() if r["type"] == "document"}

    # ---- tables ----

    def test_csv_has_the_views_and_their_codebook(self):
        files = self.folder("csv")
        sheets = {}
        for name in files:
            with open(self.path(f"csv/{name}"), newline="", encoding="utf-8") as file:
                sheets[name[:-4]] = list(csv.DictReader(file))
        with sqlite3.connect(self.store) as db:
            for name in sheets:
                if name == "codebook":
                    continue
                rows = db.execute(f"SELECT * FROM v_{name}")
                columns = [d[0] for d in rows.description]
                self.assertEqual(len(sheets[name]), len(rows.fetchall()), name)
                told = [r["column"] for r in sheets["codebook"] if r["table"] == name]
                self.assertEqual(told, columns, f"data/export/codebook.tsv tells the columns of {name}")
                if sheets[name]:
                    self.assertEqual(list(sheets[name][0]), columns)
        cells = [c for sheet in sheets.values() for row in sheet for c in row.values()]
        self.assertTrue(any("cmd" in c for c in cells) and any("SUM" in c for c in cells))
        self.assertEqual([c for c in cells if c[:1] in "=+@\t\r" and c], [])
        self.assertEqual(self.run_raw("export", "--format", "csv", "--table", "outlets").stdout.decode(),
                         open(self.path("csv/outlets.csv"), newline="", encoding="utf-8").read())
        self.assertIn("there is no table", self.complaint("export", "--format", "csv", "--table", "x", status=2))

    def test_xlsx_holds_strings_and_numbers_alone(self):
        self.run_text("export", "--format", "xlsx", "-o", self.path("r.xlsx"))
        with zipfile.ZipFile(self.path("r.xlsx")) as book:
            sheets = [n for n in book.namelist() if n.startswith("xl/worksheets/sheet")]
            self.assertEqual(len(sheets), 9)
            whole = "".join(book.read(n).decode() for n in sheets)
            self.assertIn("cmd|", whole)
            for name in sheets:
                tree = ElementTree.fromstring(book.read(name))
                self.assertEqual([e for e in tree.iter() if e.tag.endswith("}f")], [], "a formula")

    # ---- annotations ----

    def test_spans_lead_to_the_words(self):
        texts = self.texts()
        for name in self.folder("citron"):
            with open(self.path(f"citron/{name}"), encoding="utf-8") as file:
                article = json.load(file)
            self.assertEqual(article["text"], texts[name[:-5]])
            for quote in article["quotes"]:
                for span in [quote["cue"], *quote["sources"], *quote["contents"]]:
                    self.assertEqual(article["text"][span["start"]:span["end"]], span["text"])
        page = json.loads(self.run_text("export", "--format", "webannotation")[0])
        self.assertEqual((page["@context"], page["type"]), ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage"))
        by_url = {r["url"] or "urn:hearsay:" + r["id"]: r["text"] for r in self.record() if r["type"] == "document"}
        for item in page["items"]:
            for target in item["target"]:
                text = by_url[target["source"]]
                quote, position = target["selector"]
                at = slice(position["start"], position["end"])
                self.assertEqual(text[at], quote["exact"])
                self.assertTrue(text[:at.start].endswith(quote["prefix"]))
                self.assertTrue(text[at.stop:].startswith(quote["suffix"]))
        self.assertEqual(len(page["items"]), sum(r["type"] == "attribution" and bool(r["content"]) for r in self.record()))

    def test_conll_tokens_lie_in_the_text(self):
        texts, article, count, parts = self.texts(), None, 0, set()
        for line in self.run_text("export", "--format", "conll")[0].splitlines():
            if line.startswith("# newdoc id = "):
                article = texts[line.split(" = ")[1]]
            if not line or line.startswith("#"):
                continue
            columns = line.split("\t")
            self.assertEqual(len(columns), 10, line)
            misc = dict(pair.split("=", 1) for pair in columns[9].split("|"))
            self.assertEqual(article[int(misc["Start"]):int(misc["End"])], columns[1])
            parts |= set(re.findall(r"[BI]-(\w+):", misc.get("Attribution", "")))
            count += 1
        self.assertGreater(count, 500)
        self.assertEqual(parts, {"source", "cue", "content"})

    def test_jsonld_refers_to_what_is_there(self):
        graph = json.loads(self.run_text("export", "--format", "jsonld")[0])["@graph"]
        nodes = {node["@id"]: node for node in graph}
        kinds = {node["@type"] for node in graph}
        self.assertEqual(kinds, {"NewsArticle", "Person", "Organization", "Quotation", "Claim"})
        quotations = [node for node in graph if node["@type"] == "Quotation"]
        for node in quotations:
            self.assertEqual(nodes[node["isPartOf"]["@id"]]["@type"], "NewsArticle")
            for who in node["creator"]:
                self.assertIn(nodes[who["@id"]]["@type"], ("Person", "Organization"))
        said = [r for r in self.record() if r["type"] == "attribution" and r["mode"] == "speech"]
        self.assertEqual(len(quotations), len(said))

    def test_what_is_no_format_is_refused(self):
        self.assertIn("there is no export format", self.complaint("export", "--format", "pdf", "-o", "x", status=2))
        self.assertIn("name a folder", self.complaint("export", "--format", "brat", status=2))

    # ---- where it goes ----

    def test_files_folders_and_pipes(self):
        rows = self.lines()
        self.assertEqual(self.run_text("export", "-o", self.path("r.jsonl"))[0], "")
        with open(self.path("r.jsonl"), encoding="utf-8") as file:
            self.assertEqual(file.read(), rows)
        self.run_text("export", "--format", "csv", "--table", "outlets", "-o", self.path("outlets.csv"))
        with open(self.path("outlets.csv"), "rb") as file:
            table = file.read()
        self.assertEqual(table, self.run_raw("export", "--format", "csv", "--table", "outlets").stdout)
        book = self.run_raw("export", "--format", "xlsx").stdout
        self.assertTrue(zipfile.is_zipfile(io.BytesIO(book)))
        self.folder("csv")
        again = {name: os.stat(self.path(f"csv/{name}")).st_size for name in self.folder("csv")}  # a folder that is there
        self.assertGreater(min(again.values()), 0)

    def test_a_terminal_gets_no_commands_of_the_text(self):
        self.write("loud.txt", "Date: 2025-06-03\nOutlet: Tide \x1b]0;owned\x07\n\n\"It \x1b[2Jrang,\" Edda Falk said.\n")
        self.run_text("add", "loud.txt")
        for what in (("--format", "csv", "--table", "attributions"), ("--format", "webannotation"), ("--format", "conll")):
            seen = self.on_terminal("export", *what)
            self.assertIn(b"Falk", seen)
            self.assertNotIn(b"\x1b", seen)
            self.assertGreater(seen.count(b"\n"), 3)
        self.assertIn(b"name a file", self.on_terminal("export", "--format", "xlsx"))

    def test_what_cannot_be_written_is_said(self):
        here = self.write("file", "x")
        for args, why in ((("-o", self.path("no/such")), "No such file"), (("-o", self.dir), "Is a directory"),
                          (("--format", "csv", "-o", here), "Not a directory"),
                          (("--format", "csv", "-o", self.path("no/such")), "No such file"),
                          (("--format", "xlsx", "-o", self.dir), "Is a directory"),
                          (("-o", "/dev/full"), "No space left"), (("--format", "xlsx", "-o", "/dev/full"), "No space left"),
                          (("--format", "conll", "-o", "/dev/full"), "No space left"),
                          (("--format", "csv", "--table", "outlets", "-o", "/dev/full"), "No space left")):
            with self.subTest(args=args):
                self.assertIn(why, self.complaint("export", *args, status=1))
        for what in ((), ("--format", "conll"), ("--format", "csv", "--table", "attributions")):
            with self.subTest(what=what), open("/dev/full", "wb") as full:
                r = subprocess.run([PROGRAM, "export", *what], stdout=full, stderr=subprocess.PIPE, env=self.env(), timeout=200)
                self.assertEqual((r.returncode, len(r.stderr.splitlines())), (1, 1), r.stderr)
                self.assertIn(b"No space left", r.stderr)
        self.assertIn("only csv and xlsx have tables", self.complaint("export", "--table", "outlets", status=2))
        for what in ((), ("--format", "csv", "-o", self.path("none"))):
            self.complaint("export", "--store", self.path("none.db"), *what, status=1)

    # ---- and back ----

    def same_after(self, *what):
        other = self.path(f"other{len(os.listdir(self.dir))}.db")
        self.run_text("import", "--store", other, *what)
        self.assertEqual(self.lines(other), self.lines())
        return other

    def test_json_lines_come_back(self):
        self.write("record.jsonl", self.lines())
        other = self.same_after(self.path("record.jsonl"))
        out, _ = self.run_text("import", "--store", other, self.path("record.jsonl"))
        self.assertIn("added 0, 9 there already", out)
        self.assertEqual(self.lines(other), self.lines())

    def test_another_store_comes_in(self):
        self.run_text("merge", "Corran Dyes", "head of Corran Dyes")
        self.run_text("claim", "--side", self.rows("claims", "--json")[0]["for"][0].split(".")[1], "none")
        self.same_after(self.store)
        # Half of it was there.
        half = self.path("half.db")
        self.run_text("add", "--store", half, os.path.join(STORY, "01-herald.txt"))
        self.run_text("import", "--store", half, self.store)
        self.assertEqual({r["sha256"] for r in map(json.loads, self.lines(half).splitlines()) if r["type"] == "document"},
                         {r["sha256"] for r in self.record() if r["type"] == "document"})

    def test_brat_comes_back(self):
        self.assertIn("annotation.conf", self.folder("brat"))
        self.same_after(self.path("brat"))

    def test_what_an_annotator_changes_comes_back(self):
        self.folder("brat")
        row = next(r for r in self.rows("who", "--json", "Marten") if r["stance"] == "affirm")
        name = self.path(f"brat/{row['document']}.ann")
        lines = open(name, encoding="utf-8").read().splitlines(True)
        number = next(i for i, r in enumerate(
            [r for r in self.record() if r["type"] == "attribution" and r["document"] == row["document"]], 1)
            if r["id"] == row["id"])
        changed = [re.sub(rf"^(A\d+\tStance E{number}) \w+", r"\1 deny", line) for line in lines]
        gone = [line for line in changed if not re.match(rf"(E{number + 1}\t|A\d+\t\w+ E{number + 1} )", line)]
        with open(name, "w", encoding="utf-8") as out:
            out.writelines(gone)
        other = self.path("other.db")
        self.run_text("import", "--store", other, self.path("brat"))
        rows = {r["id"]: r for r in map(json.loads, self.lines(other).splitlines()) if r["type"] == "attribution"}
        before = {r["id"]: r for r in self.record() if r["type"] == "attribution"}
        self.assertEqual((rows[row["id"]]["stance"], len(rows)), ("deny", len(before) - 1))

    def test_bad_rows_cost_their_article_alone(self):
        rows = self.record()
        first = next(r for r in rows if r["type"] == "attribution")
        first["content"] = [[0, 10 ** 6]]
        rows[0]["layers"]["mentions"] = [[0, 1, 999, "name"]]
        self.write("bad.jsonl", "\n".join(map(json.dumps, rows)) + "\nno json\n")
        _, err = self.run_text("import", "--store", self.path("other.db"), self.path("bad.jsonl"), status=1)
        self.assertIn("bad.jsonl:1: a row has no sound", err)
        self.assertIn("is no row of an export", err)
        kept = [r for r in map(json.loads, self.lines(self.path("other.db")).splitlines()) if r["type"] == "document"]
        self.assertGreaterEqual(len(kept), 7)
        for wrong in ("no-such.jsonl", ROOT):
            self.run_text("import", "--store", self.path("none.db"), wrong, status=1 if wrong != ROOT else 2)


if __name__ == "__main__":
    unittest.main()
