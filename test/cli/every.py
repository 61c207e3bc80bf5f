"""Every command where things are bad: no room to write, no store, a store that is none, values that make no sense.

Each ends with the right status and one line on standard error; nothing is written where nothing may be.
"""
import os
import re
import subprocess
import unittest

from support import ARTICLE, PROGRAM, STORY, Case

# What each command takes to succeed; {claim}, {id}, {attribution}: of the story. Those that only ask come first.
ASKING = {
    "who": ["Marten"], "search": ["river"], "show": ["{id}"], "claims": [], "claim": ["{claim}"], "conflicts": [],
    "shifts": [], "timeline": ["river"], "copies": [], "trace": ["river"], "variants": [], "speakers": [], "outlets": [],
    "pairs": ["{one}", "{other}"], "list": [], "stats": [], "corrections": [], "doubles": ["--all"], "export": [],
    "report": ["{claim}"], "check": [], "review": ["--marks"]}
READING = {"extract": ["a.txt"], "read": ["a.txt"]}
CHANGING = {"add": ["a.txt"], "remove": ["{id}"], "merge": ["Ilse Marten", "Marten Ilse"], "split": ["Ilse Marten", "Corran Dyes"],
            "alias": ["Ilse Marten", "the lady"], "import": ["rows.jsonl"], "set": ["{id}", "title=Other"],
            "review": ["--by", "ann", "--right", "{attribution}"]}
NO_ROWS = {"corrections", "variants", "review"}  # of this story: nothing is printed


class Every(Case):
    def setUp(self):
        super().setUp()
        self.write("a.txt", ARTICLE)
        self.run_text("add", STORY)
        self.write("rows.jsonl", self.run_text("export")[0])
        one, other = self.rows("conflicts", "--json")[0]["attributions"]
        self.names = {"one": one["speaker"], "other": other["speaker"], "id": self.rows("list", "--json")[0]["id"], "claim": self.rows("claims", "--json")[0]["id"],
                      "attribution": self.rows("who", "--json")[0]["id"]}

    def args(self, command, table):
        return [command, *(a.format(**self.names) for a in table[command])]

    def test_all_are_tried(self):
        told = re.findall(r"^  (\w+)  ", self.run_text("--help")[0], re.M)
        tried = {*ASKING, *READING, *CHANGING, "serve", "watch", "backup"}  # the last three have tests of their own
        self.assertEqual({c for c in told if c != "hearsay"}, tried)

    def test_no_room_to_write(self):
        for table in (ASKING, READING):
            for command in [c for c in table if c not in NO_ROWS]:
                json = "--json" in self.run_text(command, "--help")[0]
                for more in ([], ["--json"]) if json else ([],):
                    with self.subTest(command=command, more=more), open("/dev/full", "wb") as full:
                        r = subprocess.run([PROGRAM, *self.args(command, table), *more], stdout=full, stderr=subprocess.PIPE,
                                           env=self.env(), cwd=self.dir, timeout=200)
                        self.assertEqual(r.returncode, 1, r.stderr)
                        self.assertEqual(len(r.stderr.splitlines()), 1, r.stderr)
                        self.assertIn(b"No space left", r.stderr)

    def test_who_reads_may_go(self):
        for table in (ASKING, READING):
            for command in [c for c in table if c not in NO_ROWS]:
                with self.subTest(command=command):
                    read, write = os.pipe()
                    os.close(read)
                    r = subprocess.run([PROGRAM, *self.args(command, table)], stdout=write, stderr=subprocess.PIPE,
                                       env=self.env(), cwd=self.dir, timeout=200)
                    os.close(write)
                    self.assertEqual(r.stderr, b"")
                    self.assertIn(r.returncode, (0, 1, -13))  # SIGPIPE

    def test_a_store_that_is_none(self):
        text = self.write("text.db", "no store at all\n" * 90)
        for command, table in [(c, ASKING) for c in ASKING] + [(c, CHANGING) for c in CHANGING]:
            for store, why in ((self.path("none.db"), ""), (text, "no store"), (self.dir, ""), ("/proc/none/x.db", "")):
                if store == self.path("none.db") and command in ("add", "import"):
                    continue  # these make it
                with self.subTest(command=command, store=store):
                    self.assertIn(why, self.complaint(*self.args(command, table), "--store", store, status=1))
        with open(text, encoding="utf-8") as file:
            self.assertEqual(file.read(), "no store at all\n" * 90)
        self.assertFalse(os.path.exists(self.path("none.db")))

    def test_values_that_make_no_sense(self):
        """Each option that takes a value is given some: refused in one line, or taken, never anything else."""
        for table in (ASKING, READING, CHANGING):
            for command in table:
                told = re.findall(r"(--[a-z-]+)[ =]([A-Z]+)", self.run_text(command, "--help")[0])
                for option, kind in sorted(set(told)):
                    if option in ("--store", "--output", "--model", "--apply", "--take-back"):
                        continue
                    for value in ("", "99999999999999999999999" if kind in ("N", "SHARE", "BYTES", "CHANCE") else "\x01"):
                        with self.subTest(command=command, option=option, value=value):
                            r = self.run_raw(*self.args(command, table), f"{option}={value}")
                            self.assertIn(r.returncode, (0, 1, 2), r.stderr)
                            self.assertLessEqual(len(r.stderr.splitlines()), 1, r.stderr)
                            if r.returncode == 2:
                                self.assertTrue(r.stderr.startswith(b"hearsay: "), r.stderr)
                                self.assertEqual(r.stdout, b"")


if __name__ == "__main__":
    unittest.main()
