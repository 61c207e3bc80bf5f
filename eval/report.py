#!/usr/bin/env python3
"""Measure the program on the corpora that are there, and write the tables of docs/quality.md.

usage: report.py PROGRAM SHARED [SET ...] [--no-write]

SHARED holds the corpora as measure.py names them. A set whose corpus is absent
is skipped, and its table in docs/quality.md stays as it was. Each table stands
between two comments, <!-- eval SET --> and <!-- end -->; only what is between
them is written.
"""
import os
import re
import sys
import time

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, here)
import measure  # noqa: E402
import speakers  # noqa: E402

QUALITY = os.path.join(os.path.dirname(here), "docs", "quality.md")

# Figures shown of each set, with what others reach ("aim": what this program
# is held to; "people": two annotators against each other).
WHOLE = [(f, None, None) for f in (
    "found", "precision", "speaker", "of found", "kind", "stance", "stance other", "said_on", "via", "to", "not_said kept out",
    "copies", "same statement", "opposed", "agreed", "disputes", "shifts")]
SHOWN = {
    "polnear-dev": [
        ("attribution", 0.81, 0.794), ("attribution+source", 0.75, 0.754), ("attribution exact", 0.60, 0.584),
        ("cue exact", None, 0.711), ("source overlap", None, 0.812), ("content overlap", 0.91, 0.911),
        ("calibration error", 0.04, None)],
    "story": WHOLE,
    "cases": WHOLE,
    "stories": WHOLE,
    "real": WHOLE,
    "reuse-dev": [("f1", 0.99, None), ("recall_jaccard_below_.5", 0.97, None), ("ari", 0.95, None)],
    "main-text-dev": [("f1", 0.975, None)],
    "news-dev": [("title_exact", 0.82, None), ("date_right", 0.98, None), ("author_f1", 0.89, None),
                 ("body_f1", 0.965, None)],
    "page-date-dev": [("accuracy", 0.92, None)],
    "timex-dev": [("strict_f1", 0.83, None), ("relaxed_f1", 0.91, None), ("value_f1", 0.79, None)],
    "speed": [("MB/s", None, None), ("of gzip", None, None)],
}


def number(value):
    return "" if value is None else f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def table(name, figures):
    shown = [k for k, title in enumerate(("figure", "value", "aim", "people")) if k < 2 or any(row[k - 1] is not None for row in SHOWN[name])]
    rows = [("figure", "value", "aim", "people"), ("---",) * 4]
    rows += [(figure, number(figures.get(figure)), number(aim), number(peers)) for figure, aim, peers in SHOWN[name]]
    return "".join("| " + " | ".join(row[k] for k in shown) + " |\n" for row in rows)


def write(name, text):
    page = open(QUALITY, encoding="utf-8").read()
    begin, end = f"<!-- eval {name} -->\n", "<!-- end -->"
    new = re.sub(re.escape(begin) + ".*?" + end, lambda _: begin + "\n" + text + "\n" + end, page, count=1, flags=re.S)
    with open(QUALITY, "w", encoding="utf-8") as out:
        out.write(new)


def write_speakers(shared, keep):
    """Speaker accuracy by how the article names the speaker."""
    text = speakers.table(measure.program, shared)
    print(f"speakers\n\n{text}")
    if not keep:
        write("speakers", text)


def main(args):
    keep = "--no-write" in args
    program, shared, *names = [a for a in args if not a.startswith("--")]
    measure.program, measure.shared = os.path.abspath(program), os.path.abspath(shared)
    for name in names or SHOWN:
        began = time.time()
        try:
            figures = measure.SETS[name]()
        except SystemExit:  # measure.py has said why
            print(f"{name}: skipped")
            continue
        print(f"{name} ({time.time() - began:.0f} s)\n\n{table(name, figures)}")
        if not keep:
            write(name, table(name, figures))
        if name == "cases":
            write_speakers(measure.shared, keep)
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
