"""The reader's model: heads over the encoder's states, and how they are decoded.

  emit[level]   a linear-chain CRF over the tags of words (first piece of each)
  pair          does this cue belong with that source or content
  row           stance of an attribution, and whether it is speech that a record keeps
"""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

from corpus import NO_CONTENT, ROLES, STANCES, TAGS

T = len(TAGS)
HIDDEN = 160


def gap(cue, x):
    """Bucket of the signed distance in words from a cue to a span."""
    d = x[2] - cue[3] if x[2] > cue[3] else x[3] - cue[2]
    b = min(7, int(math.log2(abs(d) + 1)))
    return b if d > 0 else 8 + b


def candidates(spans):
    """(cue, other, distance, between) of one paragraph; both on one level."""
    out = []
    for c, cue in enumerate(spans):
        if cue[1] != 1:
            continue
        level = [s for s in spans if s[0] == cue[0]]
        for x, s in enumerate(spans):
            if s[1] != 1 and s[0] == cue[0]:
                lo, hi = sorted((cue[2], s[2]))
                cues = sum(lo < k[2] < hi for k in level if k[1] == 1)
                same = sum(lo < k[2] < hi for k in level if k[1] == s[1])
                out.append((c, x, gap(cue, s), min(3, cues) * 4 + min(3, same)))
    return out


class Chain(nn.Module):
    """A linear-chain CRF: emissions, transitions, starts."""

    def __init__(self, width):
        super().__init__()
        self.emit = nn.Linear(width, T)
        self.trans = nn.Parameter(torch.zeros(T, T))
        self.begin = nn.Parameter(torch.zeros(T))
        bad = torch.zeros(T, T)
        for j, t in enumerate(TAGS):
            for i, s in enumerate(TAGS):
                if t[0] == "I" and s[2:] != t[2:]:
                    bad[i, j] = -1e4
        self.register_buffer("bad", bad, persistent=False)
        self.register_buffer("bad0", torch.tensor([-1e4 if t[0] == "I" else 0.0 for t in TAGS]), persistent=False)

    def loss(self, e, allowed, lens):
        """-log of the share of paths that keep to `allowed` (bits [P][L]), a word; e [P][L][T]."""
        P, L, _ = e.shape
        keep = (allowed[:, :, None] >> torch.arange(T)) & 1
        e = torch.cat([e, e + (1 - keep.float()) * -1e4])
        live = (torch.arange(L)[None] < lens[:, None]).repeat(2, 1)
        tr = self.trans + self.bad
        a = self.begin + self.bad0 + e[:, 0]
        for t in range(1, L):
            n = torch.logsumexp(a[:, :, None] + tr[None], 1) + e[:, t]
            a = torch.where(live[:, t:t + 1], n, a)
        z = torch.logsumexp(a, 1)
        return (z[:P] - z[P:]).sum() / lens.sum()

    @torch.no_grad()
    def best(self, e):
        tr, a, back = (self.trans + self.bad), self.begin + self.bad0 + e[0], []
        for t in range(1, len(e)):
            s = a[:, None] + tr
            m, k = s.max(0)
            back.append(k)
            a = m + e[t]
        path = [int(a.argmax())]
        for k in reversed(back):
            path.append(int(k[path[-1]]))
        return path[::-1]


class Reader(nn.Module):
    def __init__(self, encoder, width):
        super().__init__()
        self.encoder = encoder
        self.drop = nn.Dropout(0.1)
        self.chain = nn.ModuleList([Chain(width), Chain(width)])
        self.cue_in, self.other_in = nn.Linear(2 * width, HIDDEN), nn.Linear(2 * width, HIDDEN)
        self.role, self.gap, self.between = nn.Embedding(3, HIDDEN), nn.Embedding(16, HIDDEN), nn.Embedding(16, HIDDEN)
        self.join, self.score = nn.Linear(3 * HIDDEN, HIDDEN), nn.Linear(HIDDEN, 1)
        self.row_in, self.no_cue = nn.Linear(4 * width, HIDDEN), nn.Parameter(torch.zeros(2 * width))
        self.row_out = nn.Linear(HIDDEN, len(STANCES) + 1)

    def heads(self):
        return [p for n, p in self.named_parameters() if not n.startswith("encoder.")]

    def states(self, ids, mask, letters, state):
        return self.encoder(ids, mask, letters, state)

    def pair(self, h, cue, other, role, dist, between):
        """Logits; h [words][W], cue and other [n][2] rows of each span's first and last word."""
        a = self.cue_in(torch.cat([h[cue[:, 0]], h[cue[:, 1]]], 1))
        b = self.other_in(torch.cat([h[other[:, 0]], h[other[:, 1]]], 1)) + self.role(role)
        a, b = F.gelu(a), F.gelu(b)
        return self.score(F.gelu(self.join(torch.cat([a + self.gap(dist), b + self.between(between), a * b], 1))))[:, 0]

    def row(self, h, cue, content):
        """[n][stances + 1]; cue rows of -1: the attribution has none."""
        c = torch.cat([h[cue[:, 0].clamp(min=0)], h[cue[:, 1].clamp(min=0)]], 1)
        c = torch.where((cue[:, :1] < 0), self.no_cue, c)
        x = torch.cat([c, h[content[:, 0]], h[content[:, 1]]], 1)
        return self.row_out(F.gelu(self.row_in(x)))


def batch(wins, cls, sep, pad):
    """ids, mask, letters, state [B][L] of windows; where[k]: rows of paragraph k's words in [B * L]."""
    rows = []
    for w in wins:
        ids, letters, state, firsts = [cls], [4], [0], []
        for p in w:
            firsts.append([len(ids) + f for f in p.first])
            ids += p.pieces + [sep]
            letters += p.letters + [4]
            state += p.state + [0]
        rows.append((ids, letters, state, firsts))
    L = (max(len(r[0]) for r in rows) + 7) // 8 * 8
    full = lambda v: torch.full((len(rows), L), v)
    ids, mask, letters, state, where = full(pad), full(0), full(4), full(0), []
    for n, (i, c, q, f) in enumerate(rows):
        ids[n, :len(i)], letters[n, :len(i)], state[n, :len(i)] = map(torch.tensor, (i, c, q))
        mask[n, :len(i)] = 1
        where += [[n * L + x for x in g] for g in f]
    return ids, mask, letters, state, where


def losses(model, h, pars, where, row_weight=1.0):
    """Loss of the chains, of the pairs, of the rows."""
    L = max(map(len, where))
    idx = torch.zeros(len(pars), L, dtype=torch.long)
    for n, i in enumerate(where):
        idx[n, :len(i)] = torch.tensor(i)
    out = []
    for level in (0, 1):
        have = [n for n, p in enumerate(pars) if p.allowed[level] is not None]
        if not have:
            continue
        width = max(len(where[n]) for n in have)
        allowed = torch.ones(len(have), width, dtype=torch.long)
        for k, n in enumerate(have):
            allowed[k, :len(where[n])] = torch.tensor(pars[n].allowed[level])
        lens = torch.tensor([len(where[n]) for n in have])
        e = model.chain[level].emit(h[idx[have][:, :width]])
        out.append(model.chain[level].loss(e, allowed, lens) * (8 if level == 0 else 4))
    C, O, K, D, B, Y = [], [], [], [], [], []
    RC, RO, RS, RM = [], [], [], []
    for i, p in zip(where, pars):
        for c, o, d, b in candidates(p.spans):
            C.append((i[p.spans[c][2]], i[p.spans[c][3]]))
            O.append((i[p.spans[o][2]], i[p.spans[o][3]]))
            K.append(p.spans[o][1]), D.append(d), B.append(b), Y.append(float((c, o) in p.ties))
        for cue, content, stance, kept in p.rows:
            RC.append((-1, -1) if cue is None else (i[p.spans[cue][2]], i[p.spans[cue][3]]))
            RO.append((i[p.spans[content][2]], i[p.spans[content][3]]))
            RS.append(stance), RM.append(kept)
    if C:
        s = model.pair(h, *map(torch.tensor, (C, O, K, D, B)))
        out.append(F.binary_cross_entropy_with_logits(s, torch.tensor(Y)))
    if RC:
        r = model.row(h, torch.tensor(RC), torch.tensor(RO))
        stance, kept = torch.tensor(RS), torch.tensor(RM)
        if (stance >= 0).any():
            out.append(row_weight * 0.5 * F.cross_entropy(r[stance >= 0, :len(STANCES)], stance[stance >= 0]))
        if (kept >= 0).any():
            out.append(row_weight * 0.5 * F.binary_cross_entropy_with_logits(r[kept >= 0, -1], kept[kept >= 0].float()))
    return out


def spans_of(path, level):
    out, i = [], 0
    while i < len(path):
        t, j = TAGS[path[i]], i
        if t != "O":
            while j + 1 < len(path) and TAGS[path[j + 1]] == "I-" + t[2:]:
                j += 1
            out.append((level, ROLES.index(t[2:]), i, j))
        i = j + 1
    return out


@torch.no_grad()
def read(model, article, cls, sep, pad, wins, size=8):
    """Rows of one article: {source, cue, content: [[start, end]], level, stance, kept} in code points."""
    model.eval()
    rows = []
    for at in range(0, len(wins), size):
        part = wins[at:at + size]
        ids, mask, letters, state, where = batch(part, cls, sep, pad)
        h = model.states(ids, mask, letters, state).float()
        h = h.reshape(-1, h.shape[-1])
        for p, idx in zip([p for w in part for p in w], where):
            hw = h[torch.tensor(idx)]
            spans = [s for level in (0, 1) for s in spans_of(model.chain[level].best(model.chain[level].emit(hw)), level)]
            rows += tie(model, hw, p, spans)
    return rows


def tie(model, hw, p, spans):
    """A content goes to its best cue, a cue takes its best source."""
    off = lambda s: [p.words[s[2]][0], p.words[s[3]][1]]
    got = {i: {"source": [], "cue": [i], "content": []} for i, s in enumerate(spans) if s[1] == 1}
    loose = [i for i, s in enumerate(spans) if s[1] == 2]
    cand = candidates(spans)
    if cand:
        at = lambda k: torch.tensor([[spans[x[k]][2], spans[x[k]][3]] for x in cand])
        s = model.pair(hw, at(0), at(1), torch.tensor([spans[x[1]][1] for x in cand]), torch.tensor([x[2] for x in cand]), torch.tensor([x[3] for x in cand])).tolist()
        best = {}
        for (c, o, *_), v in zip(cand, s):
            key = ("content", o) if spans[o][1] == 2 else ("source", c)
            if key not in best or v > best[key][0]:
                best[key] = (v, c, o)
        for (role, _), (v, c, o) in best.items():
            if role == "content" and v > -2:
                got[c]["content"].append(o)
                loose.remove(o)
            elif role == "source" and v > 0:
                got[c]["source"].append(o)
    rows = [g for g in got.values() if g["content"]] + [{"source": [], "cue": [], "content": [o]} for o in loose]
    if not rows:
        return []
    RC = torch.tensor([[spans[g["cue"][0]][2], spans[g["cue"][0]][3]] if g["cue"] else [-1, -1] for g in rows])
    RO = torch.tensor([[spans[g["content"][0]][2], spans[g["content"][0]][3]] for g in rows])
    r = model.row(hw, RC, RO)
    out = []
    for g, v in zip(rows, r):
        level = spans[g["content"][0]][0]
        out.append({**{k: [off(spans[i]) for i in sorted(g[k], key=lambda i: spans[i][2])] for k in ROLES}, "level": level,
                    "stance": STANCES[int(v[:len(STANCES)].argmax())], "kept": float(torch.sigmoid(v[-1]))})
    return out
