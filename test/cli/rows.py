"""Rows of an export in which something is not as docs/format.md has it: said, at the price of their article alone.

Every field of a small article's rows, at every depth, gets values of other kinds; between the broken ones
stand whole ones, and all of those have to come in.
"""
import copy
import json
import unittest

from support import Case

ARTICLE = ("Title: Rain\nDate: 2025-03-14\nOutlet: Tide\n\nThe mayor, Edda Falk, told the Tide on Monday that “it rained.” Otto"
           " Pell denied it.\n")
VALUES = (None, 7, -1, "x", "", [], {}, [[0, 999999]], [["x", {}]], [[9, 2]], True, 1e300)


def places(value, way=()):
    """Ways to every value inside; of a list its first and last."""
    if way:
        yield way
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        if isinstance(value, dict) or key in (0, len(value) - 1):
            yield from places(one, (*way, key))


def put(rows, way, value):
    *outer, last = way
    at = rows
    for key in outer:
        at = at[key]
    at[last] = copy.deepcopy(value)


class Rows(Case):
    def setUp(self):
        super().setUp()
        self.run_text("add", self.write("a.txt", ARTICLE))
        rows = [json.loads(line) for line in self.run_text("export")[0].splitlines()]
        self.article = [r for r in rows if r["type"] in ("document", "attribution")]
        self.other = self.path("other.db")

    def named(self, name):
        rows = copy.deepcopy(self.article)
        rows[0]["path"] = rows[0]["layers"]["file"] = f"{name}.txt"
        return rows

    def test_every_field_of_another_kind(self):
        ways = [way for way in places(self.article) if way[-1] not in ("type", "path", "id", "file", "item", "sha256") and len(way) > 1]
        self.assertGreater(len(ways), 80)
        lines, whole, count = [], set(), 0
        for i, way in enumerate(ways):
            for value in VALUES[i % 3::3]:  # each place gets four, all get all
                rows = self.named(f"broken{count}")
                put(rows, way, value)
                lines += rows
                count += 1
            lines += self.named(f"whole{i}")
            whole.add(f"whole{i}.txt")
        self.write("rows.jsonl", "".join(json.dumps(r) + "\n" for r in lines))
        r = self.run_raw("import", "--store", self.other, self.path("rows.jsonl"))
        self.assertIn(r.returncode, (0, 1), r.stderr[-500:])
        said = r.stderr.decode().splitlines()
        self.assertGreater(len(said), count // 2)
        for line in said:
            self.assertRegex(line, r"rows\.jsonl:\d+: ")
        there = {r["path"] for r in self.rows("list", "--json", "--store", self.other)}
        self.assertLessEqual(whole, there)
        self.assertNotIn("wrong:", self.run_text("check", "--store", self.other)[0])
        # What came in goes out, and in again.
        again = self.run_text("export", "--store", self.other)[0]
        self.write("again.jsonl", again)
        self.run_text("import", "--store", self.path("third.db"), self.path("again.jsonl"))
        self.assertEqual(self.run_text("export", "--store", self.path("third.db"))[0], again)

    def test_none_stands_inside_itself(self):
        for i, (one, other, sound) in enumerate(((-1, 0, True), (1, -1, True), (0, -1, False), (-1, 1, False), (1, 0, False))):
            with self.subTest(one=one, other=other):
                rows = self.named(f"nested{i}")
                for row, parent in zip(rows[0]["layers"]["attributions"], (one, other)):
                    row["parent"] = parent
                self.write("rows.jsonl", "".join(json.dumps(r) + "\n" for r in rows))
                _, err = self.run_text("import", "--store", self.path(f"{i}.db"), self.path("rows.jsonl"), status=int(not sound))
                self.assertEqual('no sound "parent"' in err, not sound)

    def test_lines_that_are_no_rows(self):
        rows = "".join(json.dumps(r) + "\n" for r in self.article)
        for bad in ("[]", "7", '"x"', "{", "null", '{"type": "document"', "\x00", "{}{}", "\ufeff{}"):
            with self.subTest(bad=bad):
                self.write("rows.jsonl", f"{bad}\n{rows}")
                _, err = self.run_text("import", "--store", self.path(f"{len(bad)}{ord(bad[0])}.db"), self.path("rows.jsonl"), status=1)
                self.assertRegex(err, r"rows\.jsonl:1: is no row of an export")
        for strange in ('{"type": "weather"}', "{}", "", '{"type": 7}'):  # of a later version, or nothing
            with self.subTest(strange=strange):
                self.write("rows.jsonl", f"{strange}\n{rows}{strange}\n")
                self.assertEqual(self.run_text("import", "--store", self.path("s.db"), self.path("rows.jsonl"))[1], "")


if __name__ == "__main__":
    unittest.main()
