"""Marks of reviewers: in the terminal, by ids, and what becomes of them."""
import json
import os
import pty
import subprocess
import threading
import time
import unittest

from support import PROGRAM, STORY, Case


class Review(Case):
    def setUp(self):
        super().setUp()
        self.run_text("add", STORY)

    def lines(self, store=None):
        return self.run_text("export", *(["--store", store] if store else []))[0]

    def ids(self, *args):
        return [r["id"] for r in self.rows("who", "--json", *args)]

    def mark(self, *args, by="ann", status=0):
        return self.run_text("review", "--by", by, *args, status=status)

    def marks(self):
        return self.rows("review", "--marks", "--json")

    def test_marks_hold_and_go_along(self):
        first, second, third, fourth = self.ids("Marten")[:4]
        before = self.lines()
        self.mark("--right", first)
        self.mark("--wrong", second)
        self.mark("--correct", third, "--new-speaker", "Per Oskarsen")
        self.mark("--correct", fourth, "--new-stance", "deny", by="bo")
        self.assertNotIn(second, self.ids())
        self.assertIn(third, self.ids("Oskarsen"))
        self.assertIn(fourth, self.ids("Marten", "--stance", "deny"))
        stats = self.rows("stats", "--json")[0]
        self.assertEqual({k: stats["reviewed"][k] for k in ("attributions", "right", "wrong", "speaker", "stance")},
                         {"attributions": 4, "right": 1, "wrong": 1, "speaker": 1, "stance": 1})
        self.assertEqual(stats["reviewed"]["precision"], "0.25")
        self.assertEqual(stats["attributions"], len(self.ids()))
        after = self.lines()
        # They survive a reading, go with an export and with a store.
        self.run_text("add", "--replace", STORY)
        self.assertEqual(self.lines(), after)
        self.write("r.jsonl", after)
        self.run_text("import", "--store", self.path("a.db"), self.path("r.jsonl"))
        self.run_text("import", "--store", self.path("b.db"), self.store)
        self.assertEqual(self.lines(self.path("a.db")), after)
        self.assertEqual(self.lines(self.path("b.db")), after)
        # Each says who and when, and can be taken back.
        self.assertEqual([m["reviewer"] for m in self.marks()], ["ann", "ann", "ann", "bo"])
        self.assertTrue(all(m["at"].startswith("20") for m in self.marks()))
        for mark in self.marks():
            self.run_text("review", "--take-back", str(mark["number"]))
        self.assertEqual(self.lines(), before)

    def test_words_are_put_right(self):
        row = self.rows("who", "--json", "Marten")[1]
        (start, end), = row["content"]
        self.mark("--correct", row["id"], "--new-content", f"{start}-{end - 5}")
        now = next(r for r in self.rows("who", "--json", "Marten") if r["content"] == [[start, end - 5]])
        self.assertNotEqual(now["id"], row["id"])  # an id is derived from the spans
        self.assertEqual([(m["target"], m["now"]) for m in self.marks()], [(row["id"], now["id"])])
        after = self.lines()
        self.run_text("add", "--replace", STORY)
        self.assertEqual(self.lines(), after)
        self.mark("--right", now["id"], by="bo")
        self.assertEqual({m["target"] for m in self.marks()}, {row["id"]})
        self.run_text("review", "--take-back", "1")
        self.assertIn(row["id"], self.ids("Marten"))

    def test_two_reviewers_do_not_undo_one_another(self):
        one = self.ids("Marten")[0]
        before = self.lines()
        self.mark("--correct", one, "--new-stance", "deny", by="ann")
        self.mark("--correct", one, "--new-stance", "ask", by="bo")
        self.assertIn(one, self.ids("--stance", "ask"))
        self.mark("--right", one, by="cy")
        self.assertEqual(len(self.marks()), 3)
        self.run_text("review", "--take-back", "2")
        self.assertIn(one, self.ids("--stance", "deny"))
        self.run_text("review", "--take-back", "1")
        self.run_text("review", "--take-back", "3")
        self.assertEqual(self.lines(), before)
        # At the same time: each waits for the other.
        targets = self.ids()[:6]
        runs = [threading.Thread(target=self.mark, args=("--wrong" if i % 2 else "--right", t), kwargs={"by": f"r{i % 2}"})
                for i, t in enumerate(targets)]
        for run in runs:
            run.start()
        for run in runs:
            run.join()
        self.assertEqual(len(self.marks()), 6)

    def test_a_new_word_takes_the_place_of_the_old(self):
        one = self.ids("Marten")[0]
        self.mark("--wrong", one)
        self.mark("--right", one)
        self.assertEqual([m["verdict"] for m in self.marks()], ["right"])
        self.assertIn(one, self.ids())

    def test_other_rows_can_be_marked(self):
        claim = self.rows("claims", "--json")[0]
        for kind, target in (("statement", self.rows("timeline", "--json", "river")[0]["id"]),
                             ("side", f"{claim['id']} {claim['for'][0]}"), ("name", "Ilse Marten")):
            self.mark("--kind", kind, "--right", target)
        self.assertEqual([m["kind"] for m in self.marks()], ["statement", "side", "name"])
        self.assertIn("no such shift", self.complaint("review", "--kind", "shift", "--wrong", "x", status=1))

    def test_every_kind_by_keys(self):
        """Marks of statements, sides, shifts and names: made by keys, counted, kept, carried along, taken back."""
        left = {}
        for kind in ("statement", "side", "shift", "name"):
            out = self.run_text("review", "--by", "ann", "--kind", kind, input="yn" if kind != "shift" else "n")[0]
            self.assertIn("by ann", out)
            left[kind] = [m for m in self.marks() if m["kind"] == kind]
            self.assertEqual([m["verdict"] for m in left[kind]], ["right", "wrong"] if kind != "shift" else ["wrong"])
        reviewed = self.rows("stats", "--json")[0]["reviewed"]
        self.assertEqual({k: reviewed[k] for k in ("statements", "sides", "shifts", "names", "precision_of_statements",
                                                   "precision_of_sides", "precision_of_shifts", "precision_of_names")},
                         {"statements": 2, "sides": 2, "shifts": 1, "names": 2, "precision_of_statements": "0.50",
                          "precision_of_sides": "0.50", "precision_of_shifts": "0.00", "precision_of_names": "0.50"})
        self.assertEqual(self.rows("shifts", "--json"), [])  # the one that there is was wrong
        marks = self.marks()
        self.run_text("add", "--replace", STORY)
        self.run_text("import", "--store", self.path("b.db"), self.store)
        for store in (self.store, self.path("b.db")):
            self.assertEqual(len(self.rows("review", "--marks", "--json", "--store", store)), len(marks))
            self.assertEqual(self.rows("shifts", "--json", "--store", store), [])
            # Nobody is asked again what was answered.
            out = self.run_text("review", "--by", "bo", "--kind", "name", "--store", store, input="q")[0]
            self.assertNotIn(left["name"][0]["words"] + "\n", out.split("called")[0])
        for mark in marks:
            self.run_text("review", "--take-back", str(mark["number"]))
        self.assertEqual(len(self.rows("shifts", "--json")), 1)
        self.assertNotIn("reviewed", self.rows("stats", "--json")[0])
        self.assertIn("cannot be reviewed", self.complaint("review", "--kind", "verse", status=2))

    def test_what_is_no_mark_is_refused(self):
        one = self.ids("Marten")[0]
        for args, status, why in ((("--right", "0123456789"), 1, "there is no such attribution"),
                                  (("--right", one, "--wrong", one), 2, "one thing at a time"),
                                  (("--correct", one), 2, "wants one of"),
                                  (("--correct", one, "--new-stance", "shout"), 2, "is no stance"),
                                  (("--correct", one, "--new-content", "5-2"), 2, "no pieces"),
                                  (("--correct", one, "--new-content", "5-99999"), 2, "behind the article's text"),
                                  (("--take-back", "77"), 1, "there is no mark")):
            self.assertIn(why, self.complaint("review", *args, status=status), args)
        self.assertEqual(self.marks(), [])
        document = self.rows("list", "--json")[0]["id"]
        gone = next(r["id"] for r in self.rows("who", "--json") if r["document"] == document)
        self.run_text("remove", document)
        self.assertIn("any more", self.complaint("review", "--wrong", gone, status=1))

    # ---- the terminal ----

    def test_sixty_rows_by_keys(self):
        master, slave = pty.openpty()
        run = subprocess.Popen([PROGRAM, "review", "--by", "ann"], stdin=slave, stdout=slave, stderr=slave,
                               env=self.env(TERM="xterm", NO_COLOR="1"), close_fds=True)
        os.close(slave)

        def until(words):
            seen = b""
            while words not in seen:
                seen += os.read(master, 65536)
            return seen

        until(b"[q] end")
        waits = []
        for n in range(60):
            key = b"n" if n % 10 == 9 else b"y"
            asked = time.monotonic()
            os.write(master, key)
            until(b"[q] end")
            waits.append(time.monotonic() - asked)
        os.write(master, b"u")
        until(b"[q] end")
        os.write(master, b"s")
        until(b"who said it")
        os.write(master, b"Edda Falk\n")
        until(b"[q] end")
        os.write(master, b"q")
        until(b"corrected, by ann")
        run.wait(60)
        os.close(master)
        waits.sort()
        print(f"review: a key is answered in {waits[30] * 1000:.0f} ms (median), {waits[-1] * 1000:.0f} ms at most")
        marks = self.marks()
        self.assertEqual((len(marks), sum(m["verdict"] == "wrong" for m in marks)), (60, 5))
        self.assertEqual(self.ids("Edda Falk"), [marks[-1]["now"]])


if __name__ == "__main__":
    unittest.main()
