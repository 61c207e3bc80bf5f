"""Entities that may be one: listed with evidence, answered in bulk, kept, taken back."""
import json
import subprocess
import time
import unittest

from support import PROGRAM, Case

ONE = """Date: 2025-05-12
Outlet: The Herald

Nadja Volk, the director of the Rivers Agency, said on Monday that the tank was empty. "Nothing was found in it," Jon
Halloran, mayor of Breck, told reporters.

Petra Sund denied that the pump had failed. The Breck Harbour Board said that the quay was closed.
"""
OTHER = """Date: 2025-05-14
Outlet: The Ledger

"The tank was empty," Nadia Volke, the director of the Rivers Agency, said on Wednesday. Jonathan Halloran, mayor of Breck,
told reporters that nothing had been found.

Peter Sund denied that the pump had failed. The Harbour Board of Breck said that the quay was closed.
"""


class Doubles(Case):
    def setUp(self):
        super().setUp()
        self.write("one.txt", ONE)
        self.write("other.txt", OTHER)
        self.run_text("add", "one.txt", "other.txt")

    def pairs(self, *args):
        return self.rows("doubles", "--json", *args)

    def pair(self, name, *args):
        return next(p for p in self.pairs(*args) if name in (p["name_of_one"], p["name_of_other"]))

    def names(self):
        return {row["name"] for row in self.rows("speakers", "--json")}

    def corrections(self):
        return self.rows("corrections", "--json")

    def test_the_surest_come_first_with_evidence(self):
        pairs = self.pairs("--all")
        self.assertEqual([p["chance"] for p in pairs], sorted((p["chance"] for p in pairs), reverse=True))
        board = self.pair("Breck Harbour Board", "--all")
        self.assertIn("words in common", board["evidence"])
        sund = self.pair("Petra Sund", "--all")
        self.assertIn("the same surname", sund["evidence"])
        self.assertIn("a man and a woman", sund["against"])
        self.assertTrue(sund["said_by_one"]["content_text"])
        self.assertLess(sund["chance"], board["chance"])
        self.assertEqual(len(self.pairs("--all", "Sund")), 1)
        self.assertEqual(self.rows("doubles", "--all", "--count", "--json")[0]["rows"], len(pairs))
        first, second = self.pairs("--all", "-n", "1"), self.pairs("--all", "-n", "1", "--cursor", pairs[0]["cursor"])
        self.assertEqual([p["id"] for p in first + second], [p["id"] for p in pairs[:2]])

    def test_answers_in_bulk_hold(self):
        board, sund = self.pair("Breck Harbour Board", "--all"), self.pair("Petra Sund", "--all")
        before = self.names()
        self.write("answers.txt", f"# looked at\nsame {board['id']} the board\ndifferent {sund['id']}\n\n")
        out = self.run_text("doubles", "--apply", "answers.txt")[0]
        self.assertIn("1 taken for one, 1 for two", out)
        self.assertEqual(len(before - self.names()), 1)
        asked = {p["id"] for p in self.pairs("--all")}
        self.assertFalse({board["id"], sund["id"]} & asked)
        self.assertEqual([c["kind"] for c in self.corrections()], ["merge", "split"])
        # Never asked again: nor in another store, nor when the articles are read anew.
        self.run_text("add", "--replace", "one.txt", "other.txt")
        self.run_text("import", "--store", self.path("copy.db"), self.store)
        for more in ((), ("--store", self.path("copy.db"))):
            self.assertFalse([p for p in self.pairs("--all", *more) if "Petra Sund" in (p["name_of_one"], p["name_of_other"])])
        for correction in self.corrections():
            self.run_text("corrections", "--take-back", str(correction["number"]))
        self.assertEqual(self.names(), before)
        self.assertIn(sund["id"], {p["id"] for p in self.pairs("--all")})

    def test_all_above_a_chance(self):
        likely = [p for p in self.pairs("--all") if p["chance"] >= 0.3]
        self.run_text("doubles", "--apply-above", "0.3")
        self.assertEqual(len(self.corrections()), len(likely))
        self.assertFalse([p for p in self.pairs("--all") if p["id"] in {q["id"] for q in likely}])

    def test_two_hundred_answers_of_which_one_counts(self):
        sund = self.pair("Petra Sund", "--all")
        lines = "".join(f"{'different' if i % 2 else 'same'} {i:016x} {i + 1:016x}\n" for i in range(200))
        lines += f"different {sund['id']}\n"
        began = time.monotonic()
        done = subprocess.run([PROGRAM, "doubles", "--apply", "-"], input=lines, env=self.env(), text=True, capture_output=True)
        spent = time.monotonic() - began
        print(f"doubles: {spent / 201 * 1000:.1f} ms an answer")
        self.assertEqual(done.returncode, 1)
        self.assertIn("there is no such entity", done.stderr)
        self.assertEqual(len(self.corrections()), 1)

    def test_what_is_no_answer_is_refused(self):
        sund = self.pair("Petra Sund", "--all")
        self.write("bad.txt", f"maybe {sund['id']}\nsame {sund['one']}\nsame {sund['one']} {sund['one']}\n")
        said = self.run_text("doubles", "--apply", "bad.txt", status=1)[1]
        self.assertIn("line 1 wants same ID ID", said)
        self.assertEqual(self.corrections(), [])
        self.assertIn("cannot be read", self.run_text("doubles", "--apply", "nowhere.txt", status=1)[1])
        self.assertIn("a number from 0 to 1", self.complaint("doubles", "--apply-above", "2", status=2))


if __name__ == "__main__":
    unittest.main()
