"""Statements as the meaning model reads them, and pairs of them with their relation.

A statement's text is "BEFORE SPEAKER says|denies|…: CONTENT" (`text_of`), the same that
link/meaning.c makes of a stored attribution.  Relations of two: SAME (one proposition, one
side), OPPOSITE, NEITHER; UNKNOWN counts for nothing.
"""
import glob
import hashlib
import itertools
import json
import os
import subprocess

SAME, OPPOSITE, NEITHER, UNKNOWN = 0, 1, 2, -100
SAYS = {"affirm": "says", "admit": "admits", "deny": "denies", "decline": "declines to say", "urge": "urges", "promise": "promises", "ask": "asks"}
BEFORE, WHO, CONTENT = 28, 14, 44                       # word pieces of each part at most

FOLDS = 3                                               # of stories
LEFT_OUT = "drone-deliveries"                           # never trained on
KINDS = ("stories", "made", "cases", "real")            # of stories; `made` is compiled from train/made


def folders(shared, kinds=KINDS):
    """The folders with a reader's rows, kind by kind."""
    return [d.rstrip("/") for k in kinds for d in sorted(glob.glob(f"{shared}/{k}/*/")) if os.path.exists(d + "expected.json")]


def number(name):
    """The same for a story wherever it lies."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16)


def fold(name):
    return number(name) % FOLDS


class Statement:
    __slots__ = ("speaker", "stance", "content", "before", "id", "doc", "parts")


def statement(speaker, stance, content, before, id=None, doc=None):
    s = Statement()
    s.speaker, s.stance, s.content, s.before, s.id, s.doc, s.parts = speaker, stance, content, before or "", id, doc, None
    return s


def pieces(s, tok, stance=None):
    """Word pieces: the tail of what stands before, who and how, the head of the content."""
    if s.parts is None:
        enc = lambda t: tok.encode(t, add_special_tokens=False).ids
        s.parts = enc(s.before)[-BEFORE:] if s.before else [], enc(s.speaker or "somebody")[:WHO - 4], enc(s.content)[:CONTENT]
    verb = tok.encode(SAYS[stance or s.stance] + ":", add_special_tokens=False).ids
    return s.parts[0] + s.parts[1] + verb + s.parts[2]


class Group:
    """Statements of one matter and what each two are to one another."""

    def __init__(self, name, statements, relation, utterance=None, claims=None):
        self.name, self.statements, self.relation = name, statements, relation
        self.utterance = utterance or {}
        self.claims = claims or []

    def partners(self):
        """{number: numbers of the statements of the same claim, on either side}."""
        near = {}
        for (i, j), relation in self.relation.items():
            if relation in (SAME, OPPOSITE):
                near.setdefault(i, []).append(j)
                near.setdefault(j, []).append(i)
        return near


def claimsets(folder):
    out = []
    for path in sorted(glob.glob(folder + "/*.jsonl")):
        for n, line in enumerate(open(path, encoding="utf-8")):
            d = json.loads(line)
            rows, part = [], []
            for k in ("for", "against", "near"):
                for s in d[k]:
                    rows.append(statement(*s))
                    part.append(k)
            rel = {}
            for i, j in itertools.combinations(range(len(rows)), 2):
                a, b = part[i], part[j]
                rel[i, j] = UNKNOWN if a == b == "near" else NEITHER if "near" in (a, b) else SAME if a == b else OPPOSITE
            out.append(Group(f"{os.path.basename(path)[:-6]}-{n}", rows, rel))
    return out


def before_of(text, row, start):
    """What stands before a content: from the sentence before its own, up to it."""
    tokens, sentences = row["tokens"], row["sentences"]
    at = next((i for i, t in enumerate(tokens) if t[1] > start), len(tokens) - 1)
    own = next((k for k, (a, b) in enumerate(sentences) if a <= at < b), 0)
    first = sentences[max(0, own - 1)][0] if sentences else 0
    return " ".join(text[tokens[first][0]:start].split()) if tokens else ""


def case(rows_program, folder):
    """The gold rows of a story as one group."""
    e = json.load(open(folder + "/expected.json", encoding="utf-8"))
    files = sorted(glob.glob(folder + "/*.txt"))
    rows = {os.path.basename(f): json.loads(l) for f, l in zip(files, subprocess.run([rows_program, *files], capture_output=True, text=True, check=True).stdout.splitlines())}
    texts = {os.path.basename(f): open(f, encoding="utf-8", newline="").read() for f in files}
    out, index = [], {}
    for a in e["attributions"]:
        content = a["content"] if isinstance(a["content"], list) else [a["content"]]
        start = max(0, texts[a["doc"]].find(content[0]))
        index[a["id"]] = len(out)
        out.append(statement(a.get("speaker"), a["stance"], " … ".join(content), before_of(texts[a["doc"]], rows[a["doc"]], start), a["id"], a["doc"]))
    key = lambda x, y: (index[x], index[y]) if index[x] < index[y] else (index[y], index[x])
    same, opposite = set(), set()
    for c in e["claims"]:
        for side in ("for", "against"):
            same |= {key(*p) for p in itertools.combinations(c[side], 2) if p[0] != p[1]}
        opposite |= {key(*p) for p in itertools.product(c["for"], c["against"]) if p[0] != p[1]}
    utter = {key(*p) for g in e.get("same_statement", []) for p in itertools.combinations(g, 2) if p[0] != p[1]}
    maybe = {key(*p) for g in e.get("maybe_same", []) for p in itertools.combinations(g, 2) if p[0] != p[1]}
    rel = {}
    for p in itertools.combinations(range(len(out)), 2):
        both = p in same and p in opposite
        rel[p] = UNKNOWN if both or (p in maybe and p not in same and p not in opposite) else OPPOSITE if p in opposite else SAME if p in same or p in utter else NEITHER
    return Group(os.path.basename(folder.rstrip("/")), out, rel, {p: 1 for p in utter}, e["claims"])


def perspectrum(folder):
    d = json.load(open(glob.glob(folder + "/**/perspectrum_with_answers*.json", recursive=True)[0])) if glob.glob(folder + "/**/perspectrum_with_answers*.json", recursive=True) else []
    pool = {p["pId"]: p["text"] for p in json.load(open(glob.glob(folder + "/**/perspective_pool*.json", recursive=True)[0]))}
    out = []
    for c in d:
        rows, part = [statement(None, "affirm", c["text"], "")], ["for"]
        for g in c["perspectives"]:
            side = {"SUPPORT": "for", "UNDERMINE": "against"}.get(g["stance_label_3"])
            for p in g["pids"][:1]:
                if side and p in pool:
                    rows.append(statement(None, "affirm", pool[p], ""))
                    part.append(side)
        rel = {(i, j): SAME if part[i] == part[j] else OPPOSITE for i, j in itertools.combinations(range(len(rows)), 2)}
        if len(rows) > 1:
            out.append(Group("perspectrum-%s" % c["cId"], rows, rel))
    return out


def nli(folder):
    """Open sentence pairs as groups of one claim with its evidence: (claim, sentence, relation)."""
    by = {}
    for name in ("fever_symmetric/fever_symmetric_generated.jsonl", "fever_symmetric/fever_symmetric_dev.jsonl"):
        for line in open(os.path.join(folder, name), encoding="utf-8"):
            d = json.loads(line)
            sent = d.get("evidence_sentence") or d.get("evidence")
            rel = {"SUPPORTS": SAME, "REFUTES": OPPOSITE}.get(d.get("label") or d.get("gold_label"))
            if rel is not None and sent:
                by.setdefault(sent, []).append((d["claim"], rel))
    out = []
    for n, (sent, claims) in enumerate(sorted(by.items())):
        rows = [statement(None, "affirm", sent, "")] + [statement(None, "affirm", c, "") for c, _ in claims[:4]]
        rel = {(i, j): UNKNOWN for i, j in itertools.combinations(range(len(rows)), 2)}
        for k, (_, r) in enumerate(claims[:4]):
            rel[0, k + 1] = r
        out.append(Group(f"fever-{n}", rows, rel))
    return out
