"""Stories as the linker reads them, and what a reader says of each pair: for claims.py and eval.

A story is a dict: documents, speakers, rows (train/pairs.c), and beside these
  labels   {(one, other): 0 one proposition on one side, 1 on opposite sides, 2 neither, -1 readers differ}
           of rows that a reader marked; pairs that are not there are 2
  same     {(one, other)} one utterance
  marked   rows that a reader marked; others are the program's own and count as nothing
  gold     {row's id: id in expected.json}
"""
import glob
import itertools
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "eval"))
from score_cases import overlap, same_name  # noqa: E402

HEADER = re.compile(r"([A-Z][A-Za-z]+): (.*)")
BODY = re.compile(r"\b(ministry|office|police|party|council|union|company|agency|department|court|army|bank|group|"
                  r"university|committee|government|association|commission|board|campaign|service|institute|inc|ltd)\b", re.I)


def expected(folder):
    with open(os.path.join(folder, "expected.json"), encoding="utf-8") as f:
        return json.load(f)


def read_document(path, name):
    text = open(path, encoding="utf-8").read()
    head, at = {}, 0
    for line in text.split("\n"):
        m = HEADER.match(line)
        if not m:
            break
        head[m[1]] = m[2].strip()
        at += len(line) + 1
    title = head.get("Title", "")
    if not head:
        first = text.strip().split("\n")[0]
        title = first if len(first) < 120 and not first.rstrip().endswith(".") else ""
    return text, at, {"id": name, "published": head.get("Date", "")[:10], "outlet": head.get("Outlet", ""), "title": title}


def kind_of(name):
    words = name.split()
    if not name[:1].isupper():
        return "unnamed"
    if BODY.search(name) or name.startswith("The ") or len(words) == 1 and name.isupper():
        return "organization"
    return "person" if 1 <= len(words) <= 4 else "organization"


def speaker_index(speakers, name, kind=None, titles=""):
    for i, s in enumerate(speakers):
        if s["name"] == name:
            return i
    speakers.append({"name": name, "kind": kind or kind_of(name), "titles": titles})
    return len(speakers) - 1


def pairs_of(want, row_of):
    """labels and same of rows, from a reading whose attributions are rows (row_of: id → row)."""
    def key(a, b):
        return (min(row_of[a], row_of[b]), max(row_of[a], row_of[b]))

    def both(a, b):
        return a in row_of and b in row_of and a != b

    labels, same = {}, set()
    for g in want.get("same_statement", []):
        for a, b in itertools.combinations(g, 2):
            if both(a, b):
                labels[key(a, b)] = 0
                same.add(key(a, b))
    for c in want.get("claims", []):
        for side in ("for", "against"):
            for a, b in itertools.combinations(c[side], 2):
                if both(a, b):
                    labels[key(a, b)] = -1 if labels.get(key(a, b)) == 1 else 0
        for a, b in itertools.product(c["for"], c["against"]):
            if both(a, b):
                labels[key(a, b)] = -1 if labels.get(key(a, b)) == 0 else 1
    for g in want.get("maybe_same", []):
        for a, b in itertools.combinations(g, 2):
            if both(a, b):
                labels[key(a, b)] = -1
    return labels, same


def nest(rows, spans):
    for i, (a, b) in enumerate(spans):
        best = None
        for k, (c, d) in enumerate(spans):
            inside = k != i and c <= a and b <= d and (c, d) != (a, b) and rows[k]["document"] == rows[i]["document"]
            if inside and (best is None or d - c < best[0]):
                best = (d - c, k)
        rows[i]["parent"] = best[1] if best else -1


def set_vectors(stories, folders, path):
    """Gives each gold row the vector of its meaning."""
    with open(path) as f:
        found = json.load(f)
    for story, folder in zip(stories, folders):
        for row in story["rows"]:
            key = f"{os.path.basename(folder)}/{story['gold'].get(row['id'])}"
            if key in found:
                row["vector"] = found[key]


def gold_story(folder):
    want = expected(folder)
    documents, speakers, rows, spans, texts = [], [], [], [], {}
    for a in want["attributions"]:
        if a["doc"] not in texts:
            text, at, document = read_document(os.path.join(folder, a["doc"]), a["doc"])
            texts[a["doc"]] = (text, at, len(documents))
            documents.append(document)
        text, at, number = texts[a["doc"]]
        pieces = [a["content"]] if isinstance(a["content"], str) else a["content"]
        start = text.find(pieces[0])
        end = text.find(pieces[-1], max(start, 0)) + len(pieces[-1])
        who = [speaker_index(speakers, a["speaker"])] if a.get("speaker") else []
        rows.append({"id": a["id"], "document": number, "start": max(start, 0), "paragraph": text.count("\n\n", 0, max(start, 0)),
                     "content": " … ".join(pieces), "source": a.get("speaker") or "", "kind": a.get("kind", "indirect"),
                     "headline": 0 <= start < at, "speakers": who, "stance": a["stance"], "said_on": a.get("said_on") or "",
                     "confidence": 1})
        spans.append((start, end))
    nest(rows, spans)
    row_of = {r["id"]: i for i, r in enumerate(rows)}
    labels, same = pairs_of(want, row_of)
    return {"name": os.path.basename(folder), "documents": documents, "speakers": speakers, "rows": rows, "labels": labels,
            "same": same, "marked": set(range(len(rows))), "gold": {i: i for i in row_of}}


def own_story(folder, export):
    """The program's own rows (an export of a store with the folder's articles), matched to the reading's."""
    want, got = expected(folder), {}
    for line in open(export, encoding="utf-8"):
        row = json.loads(line)
        got.setdefault(row["type"], []).append(row)
    entities = {e["id"]: e for e in got.get("entity", [])}
    documents, number, speakers, rows = [], {}, [], []
    for d in got.get("document", []):
        number[d["id"]] = len(documents)
        documents.append({"id": d["id"], "published": (d.get("published") or "")[:10], "outlet": d.get("outlet") or "",
                          "title": d.get("title") or "", "file": os.path.basename(d.get("path") or ""), "text": d["text"]})
    attributions = [a for a in got.get("attribution", []) if a.get("mode") != "thought" and a["content"]]
    at = {a["id"]: i for i, a in enumerate(attributions)}
    for a in attributions:
        d = documents[number[a["document"]]]
        who = []
        for e in a.get("speakers") or []:
            if e in entities:
                who.append(speaker_index(speakers, entities[e]["name"], entities[e]["kind"], "; ".join(entities[e].get("titles") or [])))
        start = a["content"][0][0]
        rows.append({"id": a["id"], "document": number[a["document"]], "start": start, "paragraph": d["text"].count("\n\n", 0, start),
                     "parent": at.get(a.get("parent"), -1), "content": " … ".join(a["content_text"]),
                     "source": " … ".join(d["text"][s:e] for s, e in a.get("source") or []), "kind": a["kind"],
                     "headline": bool(d["title"]) and start < d["text"].find(d["title"]) + len(d["title"]) and d["title"] in d["text"],
                     "speakers": who, "stance": a.get("stance") or "", "said_on": a.get("said_on") or "",
                     "confidence": a.get("confidence") or 1})
    found, cand = {}, []
    for w in want["attributions"]:
        for i, r in enumerate(rows):
            if documents[r["document"]]["file"] != w["doc"]:
                continue
            o = overlap(w["content"], r["content"])
            if o >= 0.5:
                name = speakers[r["speakers"][0]]["name"] if r["speakers"] else None
                cand.append((-o - 0.02 * same_name(w.get("speaker"), name) - 0.01 * (w["stance"] == r["stance"]), w["id"], i))
    taken = set()
    for _, w, i in sorted(cand):
        if w not in found and i not in taken:
            found[w] = i
            taken.add(i)
    labels, same = pairs_of(want, found)
    for d in documents:
        del d["text"]
    return {"name": os.path.basename(folder), "documents": documents, "speakers": speakers, "rows": rows, "labels": labels,
            "same": same, "marked": taken, "gold": {rows[i]["id"]: w for w, i in found.items()}}


def claim_sets(root):
    """Each set as a story: every statement an article of its own, with what stood before it as a row in front."""
    for path in sorted(glob.glob(root + "/*.jsonl")):
        for n, line in enumerate(open(path, encoding="utf-8")):
            s = json.loads(line)
            story = {"name": f"{os.path.basename(path)[:-6]}.{n}", "documents": [], "speakers": [], "rows": [], "labels": {},
                     "same": set(), "marked": set(), "gold": {}}
            sides = {"for": [], "against": [], "near": []}
            for side, rows in sides.items():
                for speaker, stance, content, before in s[side]:
                    d = len(story["documents"])
                    story["documents"].append({"id": f"{story['name']}.{d:03}", "published": "", "outlet": "", "title": ""})
                    if before:
                        story["rows"].append({"id": f"{d}b", "document": d, "start": 0, "paragraph": 0, "parent": -1,
                                              "content": before, "source": "", "kind": "indirect", "headline": False, "speakers": [],
                                              "stance": "ask" if before.rstrip().endswith("?") else "affirm", "said_on": "", "confidence": 1})
                    who = [speaker_index(story["speakers"], speaker)] if speaker else []
                    rows.append(len(story["rows"]))
                    story["rows"].append({"id": f"{d}", "document": d, "start": 1000, "paragraph": 1, "parent": -1, "content": content,
                                          "source": speaker or "", "kind": "indirect", "headline": False, "speakers": who,
                                          "stance": stance, "said_on": "", "confidence": 1})
            story["marked"] = set(sum(sides.values(), []))
            for side in ("for", "against"):
                for a, b in itertools.combinations(sides[side], 2):
                    story["labels"][min(a, b), max(a, b)] = 0
            for a, b in itertools.product(sides["for"], sides["against"]):
                story["labels"][min(a, b), max(a, b)] = 1
            for a, b in itertools.combinations(sides["near"], 2):
                story["labels"][min(a, b), max(a, b)] = -1
            yield story


def as_json(story):
    return json.dumps({k: story[k] for k in ("documents", "speakers", "rows") if k in story})
