"""The fiction beside this file against its expected readings.

The bars stand a little below what is reached, so that a change which costs quality
shows here.
"""
import glob
import json
import os
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "cli"))
from support import ROOT, Case  # noqa: E402

# Of the fast engine, with which the tests run; each at most 0.03 below what it reaches.
BARS = {"found": 0.88, "precision": 0.93, "kind": 0.88, "speaker": 0.83, "stance": 0.88, "not_said kept out": 0.92,
        "said_on": 0.85, "via": 0.66, "to": 0.83, "copies": 0.97,
        "same statement": 0.59, "opposed": 0.59, "agreed": 0.55, "disputes": 0.72, "shifts": 0.72}


class Cases(Case):
    def test_figures_hold(self):
        pairs = []
        for folder in sorted(glob.glob(HERE + "/*/")):
            self.store = self.path(os.path.basename(folder[:-1]) + ".db")
            self.run_text("add", *sorted(glob.glob(folder + "*.txt")))
            pairs += [folder, self.write(os.path.basename(folder[:-1]) + ".jsonl", self.run_text("export")[0])]
        self.assertEqual(len(pairs), 12)
        r = subprocess.run([sys.executable, "-B", os.path.join(ROOT, "eval/score_cases.py"), *pairs, "--json"],
                           capture_output=True, text=True, check=True)
        figures = json.loads(r.stdout)
        short = {}
        for name, bar in BARS.items():
            figure = figures[name]
            got = figure.get("f1", figure.get("rate")) if isinstance(figure, dict) else figure
            if got < bar:
                short[name] = (got, bar)
        self.assertEqual(short, {})


if __name__ == "__main__":
    unittest.main()
