#!/usr/bin/env python3
"""Speaker accuracy by kind of mention, over the stories of SHARED/cases.

usage: speakers.py PROGRAM SHARED

A row of the table counts the expected attributions that were found and whose
source the program tagged as a mention of that kind; "right" by the rule of
score_cases.py. The kind is told from the words of the source alone.
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import score_cases as scorer  # noqa: E402

KINDS = ["name", "pronoun", "description", "metonym or body", "group or unnamed", "none"]
PRONOUNS = {"he", "she", "they", "it", "i", "we", "who", "him", "her", "them", "which"}
GROUPS = re.compile(r"\b(officials?|sources?|people|residents|witnesses|villagers|reports?|media|police|traders|friends|"
                    r"two|three|some|several|members|newspapers|supporters|doctors)\b", re.I)


def kind(words, speaker_kind):
    """The kind of a source's words; "" is none."""
    tokens = re.findall(r"\w+", words)
    if not tokens:
        return "none"
    if all(t.lower() in PRONOUNS for t in tokens):
        return "pronoun"
    if speaker_kind == "person":
        return "name" if re.search(r"\b[A-Z]\w+", re.sub(r"^\W*\w+", "", words)) or tokens[0][0].isupper() and tokens[0] not in (
            "The", "His", "Her", "Its", "Their", "A", "An") else "description"
    if GROUPS.search(words) or speaker_kind in ("group", "unnamed"):
        return "group or unnamed"
    if any(t[0].isupper() and t not in ("The", "His", "Her", "Its", "Their", "A", "An") for t in tokens):
        return "metonym or body"
    return "description"


def matches(want, rows, docs):
    """Pairs of an expected attribution and the row that has its content, as score_cases.py pairs them."""
    pairs = []
    for w in want:
        for a in rows:
            if docs[a["document"]]["name"] != w["doc"] or a.get("mode") == "thought":
                continue
            o = scorer.overlap(w["content"], a.get("content_text") or [])
            if o >= 0.5:
                agree = 0.02 * scorer.same_name(w.get("speaker"), a.get("speaker"))
                agree += 0.01 * (w.get("stance") == a.get("stance"))
                pairs.append((-o - agree, w["id"], a["id"], w, a))
    used, out = set(), []
    for _, wid, aid, w, a in sorted(pairs, key=lambda p: p[:3]):
        if wid in used or aid in used:
            continue
        used |= {wid, aid}
        out.append((w, a))
    return out


def count(program, folder, tally):
    with tempfile.TemporaryDirectory() as tmp:
        env = {**os.environ, "HEARSAY_STORE": os.path.join(tmp, "case.db")}
        subprocess.run([program, "add", *sorted(glob.glob(folder + "/*.txt"))], env=env, capture_output=True, check=True)
        out = subprocess.run([program, "export", "--format", "jsonl"], env=env, capture_output=True, text=True, check=True)
    rows = [json.loads(line) for line in out.stdout.splitlines()]
    docs = {r["id"]: {"name": os.path.basename(r["path"]), "text": r["text"]} for r in rows if r["type"] == "document"}
    kinds = {r["id"]: r["kind"] for r in rows if r["type"] == "entity"}
    want = json.load(open(os.path.join(folder, "expected.json"), encoding="utf-8"))["attributions"]
    for w, a in matches(want, [r for r in rows if r["type"] == "attribution"], docs):
        text = docs[a["document"]]["text"]
        words = " ".join(text[s:e] for s, e in a.get("source") or [])
        box = tally[kind(words, kinds.get((a.get("speakers") or [None])[0]))]
        box[1] += 1
        box[0] += scorer.same_name(w.get("speaker"), a.get("speaker"))


def table(program, shared):
    tally = {k: [0, 0] for k in KINDS}
    for folder in sorted(glob.glob(os.path.join(shared, "cases", "*/"))):
        count(program, folder.rstrip("/"), tally)
    lines = ["| mention | right | of | rate |", "| --- | --- | --- | --- |"]
    for k, (right, of) in tally.items():
        lines.append(f"| {k} | {right} | {of} | {right / of:.3f} |" if of else f"| {k} | 0 | 0 | |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    print(table(sys.argv[1], sys.argv[2]))
