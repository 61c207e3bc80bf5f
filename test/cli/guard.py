"""Nothing is lost, nobody is let in: stores, pipes, runs beside each other."""
import io
import json
import os
import sqlite3
import subprocess
import time
import unittest
import zipfile

from support import ARTICLE, PROGRAM, STORY, Case


class Guard(Case):
    def articles(self, count, name="a"):
        os.makedirs(self.path(name), exist_ok=True)
        for i in range(count):
            self.write(f"{name}/{i}.txt", ARTICLE.replace("Falk", f"Falk{i}").replace("March", f"March {i % 28 + 1}"))
        return self.path(name)

    def start(self, *args, **how):
        return subprocess.Popen([PROGRAM, *args], env=self.env(), cwd=self.dir, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, **how)

    def test_two_adds_of_the_same_at_once(self):
        folder = self.articles(60)
        for turn in range(3):
            self.store = self.path(f"two{turn}.db")
            runs = [self.start("add", "-j", "1", folder) for _ in range(3)]
            ends = [(run.communicate(timeout=120), run.returncode) for run in runs]
            self.assertEqual([code for _, code in ends], [0, 0, 0], ends)
            self.assertEqual(len(self.rows("list", "--json")), 60)

    def test_two_adds_of_halves_are_as_one(self):
        halves = [self.articles(30, "one"), STORY]
        self.run_text("add", *halves)
        whole = self.run_text("export")[0]
        self.store = self.path("halves.db")
        runs = [self.start("add", "-j", "1", half) for half in halves]
        self.assertEqual([(run.communicate(timeout=120), run.returncode)[1] for run in runs], [0, 0])
        self.assertEqual(self.run_text("export")[0], whole)

    def test_a_named_pipe(self):
        pipe = self.path("pipe")
        os.mkfifo(pipe)
        self.assertIn("pipe", self.complaint("extract", pipe, status=1))
        run = self.start("extract", pipe)
        with open(pipe, "w", encoding="utf-8") as out:
            out.write(ARTICLE[:60])
            out.flush()
            time.sleep(0.3)
            out.write(ARTICLE[60:])
        self.assertIn("had been sound", run.communicate(timeout=60)[0].decode())

    def test_a_file_of_few_bytes_is_no_store(self):
        for content in ("x", "SQLite", "a" * 100, "b" * 600, "\0" * 200):
            with open(self.store, "w", encoding="utf-8") as out:
                out.write(content)
            self.assertIn("no store", self.complaint("add", self.write("a.txt"), status=1))
            with open(self.store, encoding="utf-8") as f:
                self.assertEqual(f.read(), content)
        os.truncate(self.store, 0)
        self.run_text("add", self.write("a.txt"))

    def test_a_store_that_is_deleted_meanwhile(self):
        pipe = self.path("pipe.jsonl")
        os.mkfifo(pipe)
        run = self.start("add", pipe)
        with open(pipe, "w", encoding="utf-8") as out:
            out.write(json.dumps({"id": "a", "text": ARTICLE}) + "\n")
            out.flush()
            for _ in range(100):
                if os.path.exists(self.store):
                    break
                time.sleep(0.05)
            time.sleep(0.5)
            os.remove(self.store)
            out.write(json.dumps({"id": "b", "text": ARTICLE}) + "\n")
        out, err = run.communicate(timeout=60)
        self.assertEqual(run.returncode, 1, out)
        self.assertIn("deleted or replaced", err.decode())
        self.assertNotIn("added", out.decode())

    def test_what_a_zip_holds_beside_articles_is_said(self):
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as z:
            z.writestr("a.txt", ARTICLE)
            z.writestr("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(50))
            z.writestr("noise.bin", bytes(range(256)) * 4)
            z.writestr("b.txt", ARTICLE)
        r = self.run_raw("extract", self.write("all.zip", data.getvalue()))
        self.assertEqual(len(r.stdout.splitlines()), 2)
        self.assertEqual(r.returncode, 1)
        err = r.stderr.decode()
        self.assertIn("all.zip#picture.png: is a PNG image", err)
        self.assertIn("all.zip#noise.bin", err)
        self.assertEqual(len(err.splitlines()), 2)

    def test_however_a_file_is_named(self):
        self.articles(3)
        exports = []
        for i, name in enumerate(("a", "./a", self.path("a"), "a/../a/", self.path("a") + "//")):
            self.store = self.path(f"named{i}.db")
            self.run_text("add", name)
            rows = self.rows("export")
            exports.append(sorted(row["id"] for row in rows))
        self.assertTrue(exports[0])
        for other in exports[1:]:
            self.assertEqual(other, exports[0])
        self.assertIn("3 there already", self.run_text("add", self.path("a"))[0])
        self.assertEqual(len(self.rows("show", "--json", "./a/1.txt")), 1)

    def test_very_many_words(self):
        self.run_text("add", self.write("a.txt"))
        words = " OR ".join(["ferry"] * 4000)
        self.assertIn("words", self.complaint("search", words, status=2))
        self.rows("search", "--json", " ".join(["ferry"] * 200))

    def test_a_word_twice_in_a_list(self):
        tool = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))),
                            "tools/check_lexicon.py")
        os.makedirs(self.path("lists/en"))
        self.write("lists/en/reporting_verbs.txt", "say\taffirm\nadmit\tadmit\nsay\tdeny\n")
        r = subprocess.run(["python3", "-B", tool, self.path("lists")], capture_output=True, text=True)
        self.assertEqual(r.returncode, 1)
        self.assertIn('reporting_verbs.txt:3: "say"', r.stdout)


class Check(Case):
    def setUp(self):
        super().setUp()
        self.run_text("add", STORY)

    def checked(self, *args, status=0):
        return {row["check"]: row for row in self.rows("check", "--json", *args, status=status)}

    def damage(self, *statements):
        db = sqlite3.connect(self.store)
        for statement in statements:
            db.execute(statement)
        db.commit()
        db.close()

    def test_a_sound_store(self):
        self.assertEqual({row["wrong"] for row in self.checked().values()}, {0})
        self.assertEqual(len(set(self.run_text("check")[0].split()) & {"sound"}), 1)

    def test_each_damage_is_found(self):
        for name, statement in (
            ("spans", "UPDATE pieces SET end = 10000000 WHERE rowid IS NULL OR document = (SELECT min(key) FROM documents)"),
            ("attributions", "UPDATE speakers SET entity = 999 WHERE document = (SELECT min(key) FROM documents)"),
            ("counts", "UPDATE counts SET n = n + 1 WHERE kind = 'documents'"),
            ("full text", "DELETE FROM documents_words_data WHERE id > 100"),
            ("ids", "UPDATE attributions SET content = content || '!' WHERE key = (SELECT min(key) FROM attributions)"),
            ("references", "DELETE FROM statements WHERE key = (SELECT min(key) FROM statements)"),
        ):
            with self.subTest(name):
                self.store = self.path(name.replace(" ", "") + ".db")
                self.run_text("add", STORY)
                self.damage(statement.replace("rowid IS NULL OR ", ""))
                rows = self.checked(status=1)
                self.assertGreater(rows[name]["wrong"], 0, rows)

    def test_repair(self):
        before = self.run_text("export")[0]
        self.damage("DELETE FROM documents_words_data WHERE id > 100", "UPDATE counts SET n = 77 WHERE kind = 'claims'")
        self.checked(status=1)
        self.assertTrue(self.checked("--repair")["full text"]["repaired"])
        self.assertEqual({row["wrong"] for row in self.checked().values()}, {0})
        self.assertTrue(self.rows("search", "--json", "river"))
        self.assertEqual(self.run_text("export")[0], before)

    def test_a_damaged_file(self):
        size = os.path.getsize(self.store)
        with open(self.store, "r+b") as f:
            for at in range(8192, size, size // 30):
                f.seek(at)
                f.write(os.urandom(64))
        r = self.run_raw("check")
        self.assertEqual(r.returncode, 1)
        self.assertNotIn(b"Traceback", r.stderr)

    def test_backup_while_it_is_in_use(self):
        self.complaint("backup", self.store, status=2)
        writer = sqlite3.connect(self.store, isolation_level=None)
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM documents")
        self.run_text("backup", self.path("copy.db"))
        writer.execute("ROLLBACK")
        writer.close()
        whole = self.run_text("export")[0]
        self.store = self.path("copy.db")
        self.assertEqual(self.run_text("export")[0], whole)
        self.checked()
        self.assertEqual([name for name in os.listdir(self.dir) if ".part" in name], [])


if __name__ == "__main__":
    unittest.main()
