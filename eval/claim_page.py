"""What `hearsay claim` prints of the claim that a story is about, for docs/quality.md.

The whole page, one side below the other; words that are quoted at length are cut
to 24, since the articles are others' and may not be copied here.
"""
import glob
import json
import os
import subprocess
import tempfile
import textwrap

WORDS, COLUMNS = 24, 92


def run(program, folder, db, *args):
    env = {**os.environ, "HEARSAY_STORE": db, "COLUMNS": str(COLUMNS)}
    return subprocess.run([program, *args], cwd=folder, env=env, capture_output=True, text=True, check=True).stdout


def told(claims, shifts):
    """The claim on which somebody changed position, else that on which most
    statements take a side; of several the biggest, then the surest."""
    moved = {shift["claim"] for shift in shifts}
    return max(claims, key=lambda r: (r["id"] in moved, r["statements_for"] + r["statements_against"], r["confidence"]))


def cut_entry(entry):
    """Lines of one statement: who, stance, words …, file and characters."""
    lines = entry.split("\n")
    if len(lines) < 4:
        return entry
    words = " ".join(lines[2:-1]).split()
    if len(words) > WORDS:
        words = words[:WORDS] + ["…"]
    return "\n".join([*lines[:2], *textwrap.wrap(" ".join(words), COLUMNS, break_long_words=False), lines[-1]])


def page(program, folder):
    """The text of the page, or None where the folder or a claim is not there."""
    files = sorted(os.path.basename(f) for f in glob.glob(folder + "/*.txt"))
    if not files:
        return None
    with tempfile.TemporaryDirectory() as temp:
        db = os.path.join(temp, "story.db")
        run(program, folder, db, "add", *files)
        claims, shifts = ([json.loads(line) for line in run(program, folder, db, what, "--json").splitlines()]
                          for what in ("claims", "shifts"))
        if not claims:
            return None
        text = run(program, folder, db, "claim", told(claims, shifts)["id"])
    head, *entries = text.rstrip("\n").split("\n\n")
    return "\n\n".join([head, *map(cut_entry, entries)]) + "\n"
