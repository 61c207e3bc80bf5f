"""The meaning model: vectors of statements, and what two statements are to one another.

Two statements stand in one sequence, [CLS] a [SEP] b [SEP]; u, v are the means of the
states over each, c is the state of [CLS].  What they are to one another is told from c,
u * v, |u - v| and u + v.  A statement alone in its sequence gives its vector: the mean, of
length one.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

import statements as S


class Meaning(nn.Module):
    def __init__(self, encoder, width, hidden=256):
        super().__init__()
        self.encoder = encoder
        self.drop = nn.Dropout(0.1)
        self.pair_in, self.pair_out = nn.Linear(4 * width, hidden), nn.Linear(hidden, 4)   # same, opposite, neither; one utterance

    def heads(self):
        return [p for n, p in self.named_parameters() if not n.startswith("encoder.")]

    def means(self, ids, mask, types, owner, count):
        """u [count][W], c [B][W]; owner [B][L]: number of the statement that a piece is of, count where none."""
        h = self.encoder(ids, mask, types=types).float()
        c = h[:, 0]
        h = h.reshape(-1, h.shape[-1])
        o = owner.reshape(-1)
        u = torch.zeros(count + 1, h.shape[-1]).index_add(0, o, h)
        n = torch.zeros(count + 1).index_add(0, o, torch.ones(len(o)))
        return u[:count] / n[:count, None], c

    def pair(self, u, v, c):
        u, v, c = self.drop(u), self.drop(v), self.drop(c)
        return self.pair_out(F.gelu(self.pair_in(torch.cat([u * v, (u - v).abs(), u + v, c], 1))))


def pack(blocks, tok):
    """blocks: lists of word pieces a statement -> ids, mask, types, owner, count."""
    cls, sep, pad = (tok.token_to_id(t) for t in ("[CLS]", "[SEP]", "[PAD]"))
    rows, count = [], 0
    total = sum(map(len, blocks))
    for b in blocks:
        ids, types, owner = [cls], [0], [total]
        for k, s in enumerate(b):
            ids += s + [sep]
            types += [k & 1] * (len(s) + 1)
            owner += [count] * (len(s) + 1)
            count += 1
        rows.append((ids, types, owner))
    L = (max(len(r[0]) for r in rows) + 7) // 8 * 8
    full = lambda v: torch.full((len(rows), L), v)
    ids, mask, types, owner = full(pad), full(0), full(0), full(total)
    for n, (i, t, o) in enumerate(rows):
        ids[n, :len(i)], types[n, :len(i)], owner[n, :len(i)] = map(torch.tensor, (i, t, o))
        mask[n, :len(i)] = 1
    return ids, mask, types, owner, total


@torch.no_grad()
def relations(model, pairs, tok, size=64):
    """Chances [n][4] of pairs of statements, read two at a time in the order given."""
    model.eval()
    texts = [(S.pieces(a, tok), S.pieces(b, tok)) for a, b in pairs]
    order = sorted(range(len(texts)), key=lambda k: len(texts[k][0]) + len(texts[k][1]))
    out = torch.zeros(len(texts), 4)
    for at in range(0, len(order), size):
        part = order[at:at + size]
        u, c = model.means(*pack([list(texts[k]) for k in part], tok))
        r = model.pair(u[0::2], u[1::2], c)
        out[part] = torch.cat([torch.softmax(r[:, :3], 1), torch.sigmoid(r[:, 3:])], 1)
    return out


@torch.no_grad()
def vectors(model, rows, tok, size=64):
    model.eval()
    out = []
    for at in range(0, len(rows), size):
        out.append(F.normalize(model.means(*pack([[S.pieces(s, tok)] for s in rows[at:at + size]], tok))[0], dim=1))
    return torch.cat(out)


def auc(score, label):
    z = sorted(zip(score, label))
    n1 = sum(label)
    n0 = len(label) - n1
    r, k = 0.0, 0
    while k < len(z):
        j = k
        while j < len(z) and z[j][0] == z[k][0]:
            j += 1
        r += (k + j + 1) / 2 * sum(b for _, b in z[k:j])
        k = j
    return (r - n1 * (n1 + 1) / 2) / max(1, n1 * n0)


def report(model, groups, tok, cap=40, seed=5):
    """AUC of related against unrelated and of the sides, over sampled pairs of the groups; of cosine beside."""
    import random
    r = random.Random(seed)
    pairs, labels = [], []
    for g in groups:
        by = {S.SAME: [], S.OPPOSITE: [], S.NEITHER: []}
        for p, v in sorted(g.relation.items()):
            if v in by:
                by[v].append(p)
        for v, ps in by.items():
            for i, j in r.sample(ps, min(len(ps), cap * (2 if v == S.NEITHER else 1))):
                pairs.append((g.statements[i], g.statements[j]))
                labels.append(v)
    if not pairs:
        return "none"
    p = relations(model, pairs, tok)
    rel = (1 - p[:, 2]).tolist()
    sel = [i for i, v in enumerate(labels) if v != S.NEITHER]
    side = (p[:, 1] / (p[:, 0] + p[:, 1])).tolist()
    va, vb = vectors(model, [a for a, _ in pairs], tok), vectors(model, [b for _, b in pairs], tok)
    cos = (va * vb).sum(1).tolist()
    best = 0
    for k in range(1, 40):
        got = [x > k / 40 for x in p[:, 1].tolist()]
        tp = sum(x and v == S.OPPOSITE for x, v in zip(got, labels))
        best = max(best, 2 * tp / max(1, sum(got) + sum(v == S.OPPOSITE for v in labels)))
    return (f"pairs {len(pairs)}  related {auc(rel, [v != S.NEITHER for v in labels]):.3f}  by cosine {auc(cos, [v != S.NEITHER for v in labels]):.3f}  "
            f"sides {auc([side[i] for i in sel], [labels[i] == S.OPPOSITE for i in sel]):.3f}  opposite F1 {best:.3f}")
