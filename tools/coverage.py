"""What of src/ the tests reach: a table by folder, the files that are reached least, and a judgement.

usage: tools/coverage.py BUILD     after tools/suite.sh coverage

A line counts that gcov counts; a branch, each way out of a condition. The bars
are below; the status is 1 where one is missed.
"""
import collections
import glob
import json
import os
import subprocess
import sys

LINES, BRANCHES, FILE_LINES = 96.0, 84.0, 80.0  # per cent: of all, of all, of any one file
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LEAST = 12  # files that are named


def reports(build):
    """gcov's report of each object that has notes."""
    notes = sorted(glob.glob(f"{build}/CMakeFiles/*.dir/src/**/*.gcno", recursive=True))
    for i in range(0, len(notes), 50):
        said = subprocess.run(["gcov", "--stdout", "--json-format", "--branch-probabilities", *map(os.path.abspath, notes[i:i + 50])],
                              cwd=build, capture_output=True, check=True, text=True).stdout
        for line in said.splitlines():
            yield from json.loads(line)["files"]


def reached(build):
    """{file of src/: ({line: times}, {(line, number): times})}, over all objects that hold it."""
    files = collections.defaultdict(lambda: (collections.Counter(), collections.Counter()))
    for report in reports(build):
        path = os.path.relpath(os.path.join(ROOT, report["file"]), ROOT)
        if not path.startswith("src/"):
            continue
        lines, branches = files[path]
        for line in report["lines"]:
            lines[line["line_number"]] += line["count"]
            for i, branch in enumerate(line["branches"]):
                branches[line["line_number"], i] += branch["count"]
    return files


def share(counters):
    """How many there are, and how many per cent of them were reached."""
    every = [times for counter in counters for times in counter.values()]
    return len(every), 100 * sum(1 for times in every if times) / len(every) if every else 100.0


def row(name, parts):
    lines, part = share([lines for lines, _ in parts])
    branches, ways = share([branches for _, branches in parts])
    print(f"{name:32}{lines:8}{part:8.1f}{branches:10}{ways:8.1f}")
    return part, ways


def main(build):
    files = reached(build)
    folders = collections.defaultdict(list)
    for path, parts in files.items():
        folders[os.path.dirname(path)].append(parts)
    print(f"{'':32}{'lines':>8}{'%':>8}{'branches':>10}{'%':>8}")
    for folder in sorted(folders):
        row(folder, folders[folder])
    total = row("all", files.values())
    print("\nreached least:")
    least = sorted(files, key=lambda path: share([files[path][0]])[1])[:LEAST]
    short = [path for path in least if row(path, [files[path]])[0] < FILE_LINES]
    missed = [f"{what} {got:.1f} %, wanted {bar} %" for what, got, bar in
              (("lines", total[0], LINES), ("branches", total[1], BRANCHES)) if got < bar]
    missed += [f"below {FILE_LINES} % of lines: {', '.join(short)}"] if short else []
    print("\ncoverage: " + ("; ".join(missed) or "fine"))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
