"""Articles as the reader sees them, with what is known of them.

`encoder_rows` (rows.c) gives tokens, paragraphs and the inputs beside the words; here
they get their word pieces and their gold:

  allowed[level][token]   bit set over TAGS: what the token may be (one bit: known)
  spans, ties             known spans (level, role, first, last), pairs that belong together
  rows                    attributions whose stance or mode is known

A level is 0 for reports of the article, 1 for reports inside a content.
"""
import json
import os
import re
import subprocess

TAGS = ["O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"]
ROLES = ("source", "cue", "content")
STANCES = ("affirm", "admit", "deny", "decline", "urge", "promise", "ask")
ALL = (1 << len(TAGS)) - 1
NO_CONTENT = 0b0011111                      # anything but a content
LONGEST, PIECES = 200, 6                    # tokens of a paragraph in one piece; word pieces of a token


class Paragraph:
    __slots__ = ("doc", "words", "pieces", "first", "letters", "state", "allowed", "spans", "ties", "rows")


class Article:
    __slots__ = ("path", "name", "text", "paragraphs", "kind")


def read_rows(program, paths, tok, kind):
    out = []
    lines = subprocess.run([program, *paths], capture_output=True, text=True, check=True).stdout.splitlines()
    for path, line in zip(paths, lines):
        row = json.loads(line)
        a = Article()
        a.path, a.kind = path, kind
        a.name = os.path.basename(path)[:-4]
        a.text = open(path, encoding="utf-8", newline="").read()
        a.paragraphs = []
        for first, end in row["paragraphs"]:
            for at in range(first, end, LONGEST):
                a.paragraphs.append(paragraph(a, row["tokens"][at:min(end, at + LONGEST)], tok))
        out.append(a)
    return out


def paragraph(article, tokens, tok):
    p = Paragraph()
    p.doc, p.words = article, [(t[0], t[1]) for t in tokens]
    enc = tok.encode([article.text[a:b] for a, b in p.words], is_pretokenized=True, add_special_tokens=False)
    by = [[] for _ in p.words]
    for i, w in zip(enc.ids, enc.word_ids):
        by[w].append(i)
    unknown = tok.token_to_id("[UNK]")
    p.pieces, p.first, p.letters, p.state = [], [], [], []
    for t, ids in zip(tokens, by):
        ids = (ids or [unknown])[:PIECES]
        p.first.append(len(p.pieces))
        p.pieces += ids
        p.letters += [t[2]] * len(ids)
        p.state += [t[3]] * len(ids)
    p.allowed = [[1] * len(p.words), None]           # nothing said; None: level not known
    p.spans, p.ties, p.rows = [], set(), []
    return p


# ---------------------------------------------------------------- gold of spans
def read_ann(path):
    spans, events, out = {}, [], []
    for line in open(path, encoding="utf-8"):
        cols = line.rstrip("\n").split("\t")
        if cols[0][:1] == "T" and len(cols) > 2:
            spans[cols[0]] = [tuple(map(int, p.split())) for p in cols[1].split(" ", 1)[1].split(";")]
        elif cols[0][:1] == "E":
            events.append(cols[1].split())
    for args in events:
        part = {k: [] for k in ROLES}
        for arg in args[1:]:
            role, ref = arg.split(":")
            role = re.sub(r"\d+$", "", role).lower()
            if role in part and ref in spans:
                part[role] += spans[ref]
        if part["content"]:
            out.append(part)
    return out


def tokens_in(p, start, end):
    """First and last token of the paragraph that [start, end) overlaps, or None."""
    if p.words[-1][1] <= start or p.words[0][0] >= end:
        return None
    idx = [i for i, (a, b) in enumerate(p.words) if a < end and b > start]
    return (idx[0], idx[-1]) if idx else None


def mark(p, level, role, i, j):
    """The number of the span, made where its tokens are free; None where they are not."""
    key = (level, ROLES.index(role), i, j)
    if key in p.spans:
        return p.spans.index(key)
    if p.allowed[level] is None:
        p.allowed[level] = [1] * len(p.words)
    row = p.allowed[level]
    taken = {k for s in p.spans if s[0] == level for k in range(s[2], s[3] + 1)}
    if any(k in taken for k in range(i, j + 1)):
        return None
    t = 1 + 2 * ROLES.index(role)
    for k in range(i, j + 1):
        row[k] = 1 << (t if k == i else t + 1)
    p.spans.append(key)
    return len(p.spans) - 1


def add_attribution(article, part, level=0):
    """Marks the parts (spans in code points); returns [(paragraph, cue span, content span)] of the pieces."""
    found = []
    for p in article.paragraphs:
        got = {r: [] for r in ROLES}
        for role in ROLES:
            for s, e in part[role]:
                at = tokens_in(p, s, e)
                n = mark(p, level, role, *at) if at else None
                if n is not None:
                    got[role].append(n)
        for c in got["cue"]:
            for o in got["source"] + got["content"]:
                p.ties.add((c, o))
        if got["content"]:
            found.append((p, got["cue"][0] if got["cue"] else None, got["content"][0]))
    return found


def polnear(program, folder, tok, names=None):
    paths = sorted(os.path.join(folder, f) for f in os.listdir(folder) if f.endswith(".txt"))
    if names is not None:
        paths = [p for p in paths if os.path.basename(p)[:-4] in names]
    docs = read_rows(program, paths, tok, "polnear")
    for d in docs:
        for part in read_ann(d.path[:-4] + ".ann"):
            add_attribution(d, part)
    return docs


# ---------------------------------------------------------------- windows
def windows(paragraphs, limit=254, most=6, skip=0):
    """Paragraphs that follow one another, in runs that fit one sequence."""
    out, cur, n = [], [], 0
    for k, p in enumerate(paragraphs):
        if not p.words:
            continue
        if cur and (n + len(p.pieces) + 1 > limit or len(cur) >= most or (skip and k == skip)):
            out.append(cur)
            cur, n = [], 0
        cur.append(p)
        n += len(p.pieces) + 1
    if cur:
        out.append(cur)
    return out
