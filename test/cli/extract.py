"""extract: any number of files, a pipe, threads, order, and offsets that fit."""
import json
import os
import subprocess
import threading
import unittest

from support import ARTICLE, PROGRAM, STORY, Case


class Extract(Case):
    def story(self):
        return sorted(os.path.join(STORY, f) for f in os.listdir(STORY))

    def test_rows_have_what_the_format_says(self):
        (row,) = self.rows("extract", self.write("a.txt"))
        self.assertEqual(row["id"], "a")
        self.assertEqual(row["title"], "Minister says the ferry was sound")
        self.assertEqual(row["published"], "2025-04-02")
        self.assertEqual(row["outlet"], "Quay Gazette")
        self.assertEqual(row["text"], ARTICLE)
        self.assertEqual(row["language"], "en")
        for a in row["attributions"]:
            for field in ("id", "source", "cue", "content", "content_text", "kind", "mode", "stance", "said_on", "via",
                          "to", "parent", "speaker", "evidence", "confidence"):
                self.assertIn(field, a)
            self.assertIn(a["kind"], ("direct", "indirect", "mixed"))
            self.assertIn(a["mode"], ("speech", "thought"))
            self.assertTrue(0 <= a["confidence"] <= 1)

    def test_finds_what_is_plainly_said(self):
        (row,) = self.rows("extract", self.write("a.txt"))
        contents = [" ".join(a["content_text"]) for a in row["attributions"]]
        self.assertTrue(any("the ferry had been sound" in c for c in contents), contents)
        self.assertTrue(any("We checked it in March" in c for c in contents), contents)

    def test_spans_are_code_points_of_the_text(self):
        wide = ARTICLE.replace("Edda Falk", "Édda Fålk 😀").replace('"', "“", 1)
        rows = self.rows("extract", *self.story(), self.write("wide.txt", wide))
        self.assertGreaterEqual(len(rows), 8)
        for row in rows:
            for a in row["attributions"]:
                self.assertEqual([row["text"][s:e] for s, e in a["content"]], a["content_text"])
                for part in ("source", "cue", "content"):
                    for s, e in a[part]:
                        self.assertTrue(0 <= s < e <= len(row["text"]))

    def test_order_is_kept_with_any_threads(self):
        files = [self.write(f"{i:03}.txt", ARTICLE * (1 + i * 7 % 5)) for i in range(60)]
        one, _ = self.run_text("extract", "-j", "1", *files)
        four, _ = self.run_text("extract", "-j4", *files)
        self.assertEqual([json.loads(line)["id"] for line in one.splitlines()], [f"{i:03}" for i in range(60)])
        self.assertEqual(one, four)

    def test_standard_input(self):
        (row,) = self.rows("extract", "-", input=ARTICLE)
        self.assertEqual(row["title"], "Minister says the ferry was sound")
        lines = "".join(json.dumps({"id": f"n{i}", "text": ARTICLE}) + "\n" for i in range(3))
        self.assertEqual([r["id"] for r in self.rows("extract", "-", input=lines)], ["n0", "n1", "n2"])

    def test_a_stream_gives_its_rows_as_it_goes(self):
        p = subprocess.Popen([PROGRAM, "extract", "-j", "1", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        line = json.dumps({"id": "x", "text": ARTICLE * 40}).encode() + b"\n"
        writer = threading.Thread(target=lambda: (p.stdin.write(line * 24), p.stdin.flush()))
        writer.start()
        rows = [json.loads(p.stdout.readline())["id"] for _ in range(20)]  # while the stream is open
        self.assertEqual(rows, ["x"] * 20)
        writer.join()
        p.stdin.close()
        self.assertEqual(len(p.stdout.read().splitlines()), 4)
        p.stdout.close()
        self.assertEqual(p.wait(60), 0)

    def test_folders_are_walked(self):
        os.makedirs(self.path("in/deeper"))
        self.write("in/b.txt")
        self.write("in/deeper/a.txt")
        self.assertEqual(sorted(r["id"] for r in self.rows("extract", "in")), ["a", "b"])

    def test_a_missing_file_is_named_and_the_rest_is_read(self):
        a, c = self.write("a.txt"), self.write("c.txt")
        r = self.run_raw("extract", a, "gone.txt", c)
        self.assertEqual(r.returncode, 1)
        self.assertEqual(len(r.stdout.splitlines()), 2)
        self.assertIn("gone.txt", r.stderr.decode())

    def test_published_goes_where_the_article_gives_none(self):
        bare = self.write("bare.txt", "The minister said that the ferry had been sound all along.\n")
        dated = self.write("dated.txt")
        rows = self.rows("extract", "--published", "2025-06-07", bare, dated)
        self.assertEqual([r["published"] for r in rows], ["2025-06-07", "2025-04-02"])

    def test_times_only_where_asked(self):
        path = self.write("a.txt")
        (row,) = self.rows("extract", path)
        self.assertNotIn("times", row)
        (row,) = self.rows("extract", "--times", path)
        for start, end, kind, value in row["times"]:
            self.assertTrue(0 <= start < end <= len(row["text"]))
            self.assertIn(kind, ("DATE", "TIME", "DURATION", "SET"))

    def test_a_reader_that_leaves_is_no_error(self):
        files = [self.write(f"{i:03}.txt", ARTICLE * 20) for i in range(40)]
        r = subprocess.run(f"'{PROGRAM}' extract *.txt | head -n 1", shell=True, cwd=self.dir, capture_output=True)
        self.assertEqual((len(r.stdout.splitlines()), r.stderr), (1, b""), files[0])

    def test_a_full_disk_is_said(self):
        with open("/dev/full", "wb") as full:
            r = subprocess.run([PROGRAM, "extract", self.write("a.txt")], stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(r.returncode, 1)
        self.assertIn("No space left", r.stderr.decode())
        self.assertEqual(len(r.stderr.splitlines()), 1)

    def test_other_languages_are_marked_and_not_tagged(self):
        german = ("Der Minister sagte am Dienstag, die Fähre sei in Ordnung gewesen. „Wir haben sie im März geprüft“, "
                  "erklärte er vor Journalisten. Die Gewerkschaft wies das zurück und sprach von einer Lüge.\n") * 3
        (row,) = self.rows("extract", self.write("de.txt", german))
        self.assertNotEqual(row["language"], "en")
        self.assertEqual(row["attributions"], [])


if __name__ == "__main__":
    unittest.main()
