"""Links across the record are written anew only where they differ: what is there
after any course of adding, removing and replacing is what a fresh store holds."""
import glob
import os
import random
import sqlite3
import unittest

from support import ROOT, Case

# What the store keeps beside its rows to be found and counted by, and the same from the rows.
BEARER = "coalesce(l.entity, -(l.document << 24 | l.n))"
OF_DOCUMENTS = ("FROM reports r JOIN attributions a ON a.key = r.attribution JOIN documents d ON d.key = a.document"
                " WHERE r.statement = s.key")
KEPT = [
    ("SELECT bearer, attribution FROM spoken",
     f"SELECT DISTINCT {BEARER}, a.key FROM speakers s JOIN attributions a ON a.document = s.document AND"
     " a.n = s.attribution JOIN local_entities l ON l.document = s.document AND l.n = s.entity"),
    ("SELECT document, entity, n, bearer FROM names",
     f"SELECT n.document, n.entity, n.n, {BEARER} FROM names n JOIN local_entities l ON l.document = n.document"
     " AND l.n = n.entity"),
    ("SELECT word, folded FROM name_words",
     "SELECT DISTINCT w.value, n.folded FROM names n, json_each('[' || replace("
     "replace(json_quote(n.folded), '-', ' '), ' ', '\",\"') || ']')"
     " w WHERE n.role <> 'title' AND (instr(n.folded, ' ') OR instr(n.folded, '-'))"),
    ("SELECT id, day, last, quoted FROM statements",
     f"SELECT s.id, (SELECT d.day {OF_DOCUMENTS} AND a.key = s.first), (SELECT max(d.day) {OF_DOCUMENTS}),"
     f" (SELECT count(*) {OF_DOCUMENTS} AND a.kind <> 'indirect') FROM statements s"),
    ("SELECT count(*) FROM statements WHERE quoted > 1 AND varies IS NULL", "SELECT 0"),
    ("SELECT f.claim, f.n, f.claim_id FROM conflicts f",
     "SELECT f.claim, f.n, c.id FROM conflicts f JOIN claims c ON c.key = f.claim"),
    ("SELECT id, day FROM copies",
     "SELECT c.id, min(d.day) FROM copies c JOIN copy_documents m ON m.copy = c.id JOIN documents d ON d.id ="
     " printf('%016llx', CASE WHEN m.document < 0 THEN m.document & 9223372036854775807"
     " ELSE m.document | (-9223372036854775807 - 1) END) GROUP BY c.id"),
    ("SELECT kind, name, n FROM counts WHERE n <> 0", " UNION ALL ".join(
        f"SELECT '{kind}', {name}, count(*) FROM {table} WHERE {which} GROUP BY 2" for kind, name, table, which in [
            ("documents", "''", "documents", "1"), ("outlets", "outlet", "documents", "outlet IS NOT NULL"),
            ("languages", "ifnull(language, '')", "documents", "1"), ("formats", "ifnull(format, '')", "documents", "1"),
            ("attributions", "''", "attributions", "mode <> 'thought'"),
            ("thoughts", "''", "attributions", "mode = 'thought'"), ("kinds", "kind", "attributions", "mode <> 'thought'"),
            ("stances", "stance", "attributions", "mode <> 'thought' AND stance IS NOT NULL"),
            ("statements", "''", "statements", "1"), ("claims", "''", "claims", "1"), ("shifts", "''", "shifts", "1"),
            ("copies", "''", "copies", "whole")])),
    ("SELECT bearer, attributions, articles, statements FROM speaker_figures",
     "SELECT bearer, count(DISTINCT a.key), count(DISTINCT a.document), count(DISTINCT r.statement) FROM spoken"
     " s JOIN attributions a ON a.key = s.attribution AND mode <> 'thought' LEFT JOIN reports r ON r.attribution = a.key"
     " GROUP BY 1"),
    ("SELECT outlet, articles FROM outlet_figures", "SELECT ifnull(outlet, ''), count(*) FROM documents GROUP BY 1"),
]

STORIES = sorted(glob.glob(os.path.join(ROOT, "test/cases/*/")))


class Relink(Case):
    def setUp(self):
        super().setUp()
        for story in STORIES:
            for file in sorted(glob.glob(story + "*.txt")):
                with open(file, encoding="utf-8") as text:
                    self.write(f"{os.path.basename(os.path.dirname(story))}-{os.path.basename(file)}", text.read())
        self.files = sorted(f for f in os.listdir(self.path("")) if f.endswith(".txt"))

    def export(self):
        return self.run_text("export", "--format", "jsonl")[0]

    def fresh(self, files):
        kept, self.store = self.store, self.path(f"fresh{random.random()}.db")
        self.run_text("add", *files)
        text, self.store = self.export(), kept
        return text

    def links(self):
        """What no export shows: rows of links that hang on nothing."""
        with sqlite3.connect(self.store) as db:
            count = lambda sql: db.execute(sql).fetchone()[0]
            self.assertEqual(count("SELECT count(*) FROM statements WHERE key NOT IN (SELECT statement FROM reports)"), 0)
            self.assertEqual(count("SELECT count(*) FROM entities WHERE key NOT IN"
                                   " (SELECT entity FROM local_entities WHERE entity IS NOT NULL)"), 0)
            self.assertEqual(count("SELECT count(*) FROM pragma_foreign_key_check"), 0)
            for kept, made in KEPT:
                self.assertEqual(sorted(map(repr, db.execute(kept))), sorted(map(repr, db.execute(made))), kept)

    def test_one_by_one_in_any_order(self):
        story = [f for f in self.files if f.startswith(os.path.basename(STORIES[0][:-1]))]
        for seed in range(4):
            self.store = self.path(f"order{seed}.db")
            order = random.Random(seed).sample(story, len(story))
            for i, file in enumerate(order):
                self.run_text("add", file)
                self.assertEqual(self.export(), self.fresh(sorted(order[:i + 1])))
                self.links()

    def test_a_course_of_changes(self):
        whole = {}
        for seed in range(2):
            draw = random.Random(seed)
            self.store = self.path(f"course{seed}.db")
            there = set()
            for step in range(12):
                file = draw.choice(self.files)
                if file in there and draw.random() < 0.5:
                    self.run_text("remove", file)
                    there.discard(file)
                else:
                    more = [file, *draw.sample(self.files, 2)]
                    self.run_text("add", *(["--replace"] if draw.random() < 0.5 else []), *more)
                    there.update(more)
                if step % 4 == 3:
                    self.assertEqual(self.export(), self.fresh(sorted(there)))
                    self.links()
            self.run_text("add", *sorted(set(self.files) - there))
            whole[seed] = self.export()
        self.assertEqual(whole[0], whole[1])
        self.assertEqual(whole[0], self.fresh(self.files))
        self.assertIn('"type":"claim"', whole[0])

    def test_many_that_go_at_once(self):
        towns = ("Lund", "Varberg", "Kalmar", "Ystad", "Falun", "Umea", "Visby", "Motala")
        for i in range(72):
            self.write(f"many{i:02}.txt",
                       f"Title: Ferry number {i}\nDate: 2031-03-{i % 28 + 1:02}\nOutlet: {towns[i % 8]} Post\n\n"
                       f"The harbourmaster of {towns[i % 7]}, Anna Gruber, said the ferry Halvorsen carried {i + 40} lorries "
                       f"over the Skagen shoal.\n\nThe owner, Nils Dahl, denied that the Halvorsen had touched the shoal "
                       f"near {towns[i % 5]}.\n")
        many = [f"many{i:02}.txt" for i in range(72)]
        self.run_text("add", *many)
        self.run_text("remove", *many[5:])
        self.assertEqual(self.export(), self.fresh(many[:5]))
        self.links()
        self.run_text("add", *many[5:])
        self.assertEqual(self.export(), self.fresh(many))

    def test_other_words_under_the_same_name(self):
        self.run_text("add", *self.files)
        before = self.export()
        with open(self.path(self.files[0]), encoding="utf-8") as text:
            kept = text.read()
        self.write(self.files[0], kept.replace(" said", " denied"))
        self.run_text("add", "--replace", self.files[0])
        self.assertNotEqual(self.export(), before)
        self.assertEqual(self.export(), self.fresh(self.files))
        self.write(self.files[0], kept)
        self.run_text("add", "--replace", self.files[0])
        self.assertEqual(self.export(), before)

    def test_a_small_change_writes_little(self):
        self.run_text("add", *self.files)
        with sqlite3.connect(self.store) as db:
            before = {t: set(db.execute(f"SELECT * FROM {t}")) for t in ("entities", "statements", "reports")}
        self.write("more.txt", "The library opens at nine, Anna Gruber said.\n")
        self.run_text("add", "more.txt")
        with sqlite3.connect(self.store) as db:
            for table, rows in before.items():
                self.assertLessEqual(len(rows - set(db.execute(f"SELECT * FROM {table}"))), len(rows) // 10, table)


if __name__ == "__main__":
    unittest.main()
