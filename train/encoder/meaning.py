"""The meaning model: a vector of a statement, near others that are about one proposition.

The vector is the mean of a BERT's states over the statement by itself, of length one
(Reimers and Gurevych 2019).
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

import statements as S


class Meaning(nn.Module):
    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, ids, mask, owned):
        """[B][W]; owned: the states that count, all but the first."""
        h = self.encoder(ids, mask).float()
        m = owned[..., None].float()
        return F.normalize((h * m).sum(1) / m.sum(1), dim=1)


def pack(texts, tok):
    """Word pieces of statements -> ids, mask, owned: [CLS] pieces [SEP]."""
    cls, sep, pad = (tok.token_to_id(t) for t in ("[CLS]", "[SEP]", "[PAD]"))
    L = (max(map(len, texts)) + 9) // 8 * 8
    ids = torch.tensor([[cls] + t + [sep] + [pad] * (L - len(t) - 2) for t in texts])
    mask = torch.tensor([[1] * (len(t) + 2) + [0] * (L - len(t) - 2) for t in texts])
    owned = mask.clone()
    owned[:, 0] = 0
    return ids, mask, owned


@torch.no_grad()
def vectors(model, rows, tok, size=64):
    model.eval()
    return torch.cat([model(*pack([S.pieces(s, tok) for s in rows[at:at + size]], tok)) for at in range(0, len(rows), size)])


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


def report(model, groups, tok):
    """How well the cosine tells statements about one proposition from others of their group: the AUC."""
    score, label = [], []
    for g in groups:
        v = vectors(model, g.statements, tok)
        for (i, j), rel in sorted(g.relation.items()):
            if rel in (S.SAME, S.OPPOSITE, S.NEITHER):
                score.append(float(v[i] @ v[j]))
                label.append(int(rel != S.NEITHER))
    return f"{len(label)} pairs, AUC {auc(score, label):.3f}"
