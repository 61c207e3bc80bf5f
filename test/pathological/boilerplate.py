"""Thousands of articles with the same boilerplate are no copies, take no quadratic time, and are told in the log."""
import json
import os
import random
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from support import Case  # noqa: E402

OFFER = ("Readers who wish to comment on this article may write to the editors of this paper at the usual address "
         "before the end of the month and will be answered in turn by one of them.")
COUNT = 7000


class Boilerplate(Case):
    def test_it_is_capped_and_said(self):
        draw = random.Random(7)
        lines = []
        for i in range(COUNT):
            words = " ".join("".join(draw.choices("abdegiklmnorstu", k=6)) for _ in range(30))
            lines.append(json.dumps({"id": str(i), "text": f"{words}.\n\n{OFFER}", "publisher": f"Paper {i}"}))
        path = self.write("many.jsonl", "\n".join(lines) + "\n")
        out, err = self.run_text("add", path)
        self.assertIn(f"added {COUNT}", out)
        self.assertEqual(len(err.splitlines()), 1, err)
        self.assertRegex(err, r"^hearsay: \d+ fingerprints stand in more than")
        self.assertEqual(self.rows("copies", "--json"), [])


if __name__ == "__main__":
    unittest.main()
