"""Stories with a careful reader's rows, as training data of the reader.

The reading names contents, stances and speakers, not the words of source and cue.  Those
come from two readers by machine: the fast engine, and the reader as PolNeAR alone has
taught it; a gold content takes source and cue of the machine's row that overlaps it most.
Where neither found it, the words around may be anything but a content.  What the taught
reader finds beside the gold (wishes and beliefs, which PolNeAR marks and a record does not
keep) stays marked, so that both corpora say the same of spans; its rows are `kept` 0.
"""
import glob
import json
import os

import corpus as C
import statements


def overlap(a, b):
    x = {k for s, e in a for k in range(s, e)}
    y = {k for s, e in b for k in range(s, e)}
    return len(x & y) / max(1, len(x | y))


def locate(text, content, used):
    """Code-point spans of a content's pieces, the first place that no other row has."""
    out, at = [], 0
    for piece in content if isinstance(content, list) else [content]:
        s = text.find(piece, at)
        while s >= 0 and not out and (s, s + len(piece)) in used and text.find(piece, s + 1) >= 0:
            s = text.find(piece, s + 1)
        if s < 0:
            return None
        out.append((s, s + len(piece)))
        at = s + len(piece)
    used.add(out[0])
    return out


MARKS, NEAR = "\"'“”‘’«»", 9                    # characters by which two hands may differ at an edge


def as_polnear(text, pieces, found):
    """The pieces with their outer edges where the taught reader puts them, if it is near: whether marks, a full
    stop and "that" are part of a content is PolNeAR's to say.  Without one, marks beside it are taken in."""
    pieces = [list(p) for p in pieces]
    if found:
        s, e = min(p[0] for p in found), max(p[1] for p in found)
        if abs(s - pieces[0][0]) <= NEAR and s < pieces[0][1]:
            pieces[0][0] = s
        if abs(e - pieces[-1][1]) <= NEAR and e > pieces[-1][0]:
            pieces[-1][1] = e
    for p in pieces:
        if p[0] > 0 and text[p[0] - 1] in MARKS and text[p[0]] not in MARKS:
            p[0] -= 1
        if p[1] < len(text) and text[p[1]] in MARKS and text[p[1] - 1] not in MARKS:
            p[1] += 1
    return [tuple(p) for p in pieces]


def inside(inner, outer):
    lo, hi = min(s for s, _ in outer), max(e for _, e in outer)
    return inner is not outer and lo <= inner[0][0] and inner[-1][1] <= hi and (hi - lo) > (inner[-1][1] - inner[0][0])


def teach(article, gold, machine):
    """gold: [(pieces, stance)]; machine: rows by quality, the last ones alone may stand beside the gold."""
    level = [int(any(inside(p, q) for q, _ in gold)) for p, _ in gold]
    taught = [m for m in machine if m.get("beside")]
    near = [max(((overlap(p, m["content"]), -k) for k, m in enumerate(taught)), default=(0, 0)) for p, _ in gold]
    edges = [as_polnear(article.text, p, taught[-n[1]]["content"] if n[0] >= 0.5 and not l else None) for (p, _), n, l in zip(gold, near, level)]
    rows = [{"source": [], "cue": [], "content": p} for p in edges]
    known = []
    for row, (p, _), lv in zip(rows, gold, level):
        best = max(((overlap(p, m["content"]), -k) for k, m in enumerate(machine)), default=(0, 0))
        if best[0] >= 0.5:
            m = machine[-best[1]]
            row["source"], row["cue"] = m["source"], m["cue"]
        known.append(best[0] >= 0.5)
    for p in article.paragraphs:
        p.allowed[1] = [1] * len(p.words)
    for lv in (0, 1):                                     # contents first: they are certain
        for row, l in zip(rows, level):
            if l == lv:
                C.add_attribution(article, {"source": [], "cue": [], "content": row["content"]}, lv)
    for row, l, k, (pieces, stance) in zip(rows, level, known, gold):
        if not k:
            for p in article.paragraphs:
                if C.tokens_in(p, pieces[0][0], pieces[-1][1]):
                    p.allowed[l] = [C.NO_CONTENT if v == 1 else v for v in p.allowed[l]]
        for p, cue, content in C.add_attribution(article, row, l):
            p.rows.append((cue, content, C.STANCES.index(stance), 1))
            break
    beside = 0
    for m in machine:
        if m.get("beside") and m["content"] and m["cue"] and not any(overlap(m["content"], p) > 0 for p, _ in gold):
            for p, cue, content in C.add_attribution(article, m, 0):
                p.rows.append((cue, content, -1, 0))
                beside += 1
                break
    return sum(known), beside


def load(rows_program, folder, tok, fast, taught):
    """Articles of one story; fast and taught: {path: rows} of the two machines."""
    want = json.load(open(folder + "/expected.json", encoding="utf-8"))
    paths = sorted(glob.glob(folder + "/*.txt"))
    docs = C.read_rows(rows_program, paths, tok, "story")
    n = [0, 0, 0]
    for d in docs:
        gold, used = [], set()
        rows = [a for a in want["attributions"] if a["doc"] == os.path.basename(d.path)]
        for a in sorted(rows, key=lambda a: -len(str(a["content"]))):
            at = locate(d.text, a["content"], used)
            if at:
                gold.append((at, a["stance"]))
        machine = [dict(m) for m in fast.get(d.path, [])] + [dict(m, beside=True) for m in taught.get(d.path, []) if m.get("level", 0) == 0]
        k, b = teach(d, gold, machine)
        n = [n[0] + len(gold), n[1] + k, n[2] + b]
    return docs, n


def folders(shared):
    """All stories but the one that is never trained on."""
    return [os.path.realpath(d) for d in statements.folders(shared) if os.path.basename(d) != statements.LEFT_OUT]


def fold_of(folders_all, count=5):
    """{name: fold}: within each kind every count-th."""
    out, seen = {}, {}
    for d in folders_all:
        kind = d.split("/")[-2]
        seen[kind] = seen.get(kind, -1) + 1
        out[os.path.basename(d)] = seen[kind] % count
    return out
