#!/usr/bin/env python3
"""Trains the meaning model.

usage: train_meaning.py ROWS BASE SHARED OUT.pt [--init FILE.pt] [--stories WEIGHT] [--without NAME,NAME…] [--steps N]
SHARED holds meaning/, stories/, cases/, real/; folders named with --without are left out and measured.
--stories 0: claim sets and open pairs alone.
One thread, a seed, a fixed number of steps.
"""
import argparse
import glob
import os
import random
import sys
import time

import torch
import torch.nn.functional as F

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bert
import meaning as M
import statements as S

ap = argparse.ArgumentParser()
for name in ("rows", "base", "shared", "out"):
    ap.add_argument(name)
ap.add_argument("--init")
ap.add_argument("--stories", type=float, default=0.0)
ap.add_argument("--without", default="")
ap.add_argument("--steps", type=int, default=900)
ap.add_argument("--rate", type=float, default=1e-4)
ap.add_argument("--head-rate", type=float, default=1e-3)
ap.add_argument("--seed", type=int, default=1)
ap.add_argument("--budget", type=int, default=1800, help="word pieces of a step's blocks")
ap.add_argument("--cap", type=int, default=12, help="pairs of a kind measured in each story")
a = ap.parse_args()
torch.set_num_threads(1)
torch.manual_seed(a.seed)
r = random.Random(a.seed)
enc, tok = bert.base(a.base)
model = M.Meaning(enc, enc.words.weight.shape[1])
if a.init:
    old, own = torch.load(a.init), model.state_dict()
    model.load_state_dict({k: v.float() for k, v in old.items() if v.shape == own[k].shape}, strict=False)
without = set(a.without.split(",")) - {""}
sets = S.claimsets(a.shared + "/meaning/claimsets")
held = [g for i, g in enumerate(sets) if i % 15 == 7]
if not a.stories:
    sets = [g for i, g in enumerate(sets) if i % 15 != 7]
open_sets = S.perspectrum(a.shared + "/meaning/perspectrum") + S.nli(a.shared + "/meaning")
folders = [d for k in ("cases", "stories", "real") for d in sorted(glob.glob(f"{a.shared}/{k}/*/")) if os.path.exists(d + "expected.json")]
cases = [S.case(a.rows, d) for d in folders if "drone-deliveries" not in d]
out = [g for g in cases if g.name in without] if a.stories else cases
cases = [g for g in cases if g.name not in without]
print(f"{len(sets)} claim sets, {len(open_sets)} open groups, {len(cases)} stories, {len(out)} left out", flush=True)


def pairs_of(g):
    """Pairs of one group: as many on one side as on opposite sides, half as many of two matters."""
    by = {v: [p for p, x in g.relation.items() if x == v] for v in (S.SAME, S.OPPOSITE, S.NEITHER)}
    out = []
    for v, n in ((S.SAME, 2), (S.OPPOSITE, 2), (S.NEITHER, 1)):
        out += [list(p) for p in r.sample(by[v], min(n, len(by[v])))]
    for p in out:
        r.shuffle(p)
    return out


def masked(s):
    return "affirm" if s.stance != "deny" and r.random() < 0.25 else None


def next_batch():
    """Pairs up to the budget of pieces: (pieces of each, group, numbers)."""
    out, used = [], 0
    while used < a.budget:
        u = r.random()
        g = r.choice(cases) if cases and u < a.stories else r.choice(open_sets) if u < a.stories + 0.2 * (1 - a.stories) else r.choice(sets)
        for b in pairs_of(g):
            p = [S.pieces(g.statements[k], tok, masked(g.statements[k])) for k in b]
            out.append((p, g, b))
            used += sum(map(len, p))
            if used > a.budget:
                break
    return sorted(out, key=lambda b: sum(map(len, b[0])))


def alike(batch):
    """The batch in runs of blocks of about one length, so that little is padding."""
    runs, size = [[]], lambda b: sum(map(len, b[0]))
    for b in batch:
        if runs[-1] and size(b) > 1.35 * size(runs[-1][0]) + 16:
            runs.append([])
        runs[-1].append(b)
    return runs


def pair_loss(u, c, batch):
    key = [(g, min(b), max(b)) for _, g, b in batch]
    Y = torch.tensor([g.relation[i, j] for g, i, j in key])
    Z = torch.tensor([g.utterance.get((i, j), 0) if g.claims else -1 for g, i, j in key])
    logits = model.pair(u[0::2], u[1::2], c)
    loss = F.cross_entropy(logits[:, :3], Y)
    if (Z >= 0).any():
        loss = loss + 0.3 * F.binary_cross_entropy_with_logits(logits[Z >= 0, 3], Z[Z >= 0].float())
    return loss


def vector_loss(batch):
    """Statements of one matter near one another, whatever their side; the rest far (InfoNCE, several positives)."""
    rows, owner = [], []
    for p, g, b in batch:
        for x, k in zip(p, b):
            rows.append([x]), owner.append((g, k))
    if len(rows) > 40:
        keep = r.sample(range(len(rows)), 40)
        rows, owner = [rows[k] for k in keep], [owner[k] for k in keep]
    order = sorted(range(len(rows)), key=lambda k: len(rows[k][0]))
    rows, owner = [rows[k] for k in order], [owner[k] for k in order]
    half = len(rows) // 2
    v = F.normalize(torch.cat([model.means(*M.pack(part, tok))[0] for part in (rows[:half], rows[half:]) if part]), dim=1)
    n = len(rows)
    pos = torch.zeros(n, n, dtype=torch.bool)
    skip = torch.eye(n, dtype=torch.bool)
    for x in range(n):
        for y in range(n):
            if x != y and owner[x][0] is owner[y][0]:
                i, j = owner[x][1], owner[y][1]
                rel = g_rel(owner[x][0], i, j)
                pos[x, y] = rel in (S.SAME, S.OPPOSITE)
                skip[x, y] |= rel == S.UNKNOWN or i == j
    s = (v @ v.T) / 0.07
    logp = s - torch.logsumexp(s.masked_fill(skip, -1e4), 1, keepdim=True)
    have = pos.any(1)
    if not have.any():
        return torch.zeros(())
    return -((logp * pos).sum(1)[have] / pos.sum(1)[have]).mean()


def g_rel(g, i, j):
    return S.UNKNOWN if i == j else g.relation[min(i, j), max(i, j)]


master = bert.Master(model.encoder, model.heads(), a.rate, a.head_rate)
start, run = time.time(), [0.0, 0.0]
for step in range(a.steps):
    model.train()
    b = next_batch()
    read = [model.means(*M.pack([p for p, _, _ in part], tok)) for part in alike(b)]
    loss = pair_loss(torch.cat([u for u, _ in read]), torch.cat([c for _, c in read]), b)
    vl = 0.3 * vector_loss(b) if step % 4 == 0 else torch.zeros(())
    (loss + vl).backward()
    master.step(min(1.0, (step + 1) / 60) * max(0.02, 1 - step / a.steps))
    run[0] += loss.item()
    run[1] += vl.item()
    if step % 50 == 49:
        print(f"step {step + 1} of {a.steps}  pairs {run[0] / 50:.3f}  vectors {run[1] / 13:.3f}  {time.time() - start:.0f} s, {time.process_time():.0f} s of processor", flush=True)
        run = [0.0, 0.0]
    if step % 300 == 299:
        torch.save({k: v.half() for k, v in model.state_dict().items()}, a.out)
master.restore(model.encoder)
torch.save({k: v.half() for k, v in model.state_dict().items()}, a.out)
if not a.stories:
    print("claim sets left out:", M.report(model, held, tok, cap=8))
for kind in ("cases", "stories", "real"):
    mine = [g for g in out if os.path.exists(f"{a.shared}/{kind}/{g.name}")]
    if mine:
        print(f"{kind} left out ({len(mine)}):", M.report(model, mine, tok, cap=a.cap), flush=True)
