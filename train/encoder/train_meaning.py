#!/usr/bin/env python3
"""Trains the meaning model: on claim sets and debates, or on from there on stories.

usage: train_meaning.py ROWS BASE SHARED OUT.pt [--steps N]
       train_meaning.py ROWS BASE SHARED OUT.pt --from STATE.pt --without K [--steps N]
SHARED holds meaning/ and the kinds of stories (statements.KINDS); ROWS is the built program train/encoder/rows.c.
With --from, stories are trained on: those of all folds but K (of statements.FOLDS; "none": of
all), never LEFT_OUT; fold K is measured.  One thread, a seed, a fixed number of steps.

Statements of one matter shall lie near one another, whatever their side; near misses of the
same set, other statements of the same story and statements of others far (InfoNCE with
several positives, van den Oord et al. 2018).
"""
import argparse
import os
import random
import sys
import time

import torch

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bert
import meaning as M
import statements as S

ap = argparse.ArgumentParser()
for name in ("rows", "base", "shared", "out"):
    ap.add_argument(name)
ap.add_argument("--steps", type=int, help="420 on claim sets, 300 on stories")
ap.add_argument("--from", dest="begin", help="a state that claim sets have trained")
ap.add_argument("--without", default="none", help="the fold of stories that is left out, or none")
ap.add_argument("--groups", type=int, default=12, help="sets of a step")
ap.add_argument("--each", type=int, default=5, help="statements of a set")
ap.add_argument("--rate", type=float, help="6e-5 on claim sets, 5e-5 on stories")
ap.add_argument("--seed", type=int, default=1)
a = ap.parse_args()
torch.set_num_threads(1)
torch.manual_seed(a.seed)
r = random.Random(a.seed)
TEMPERATURE = 0.07
enc, tok = bert.base(a.base)
model = M.Meaning(enc)
if a.begin:
    model.load_state_dict({k: v.float() for k, v in torch.load(a.begin).items()})
steps, rate, warm = a.steps or (300 if a.begin else 420), a.rate or (5e-5 if a.begin else 6e-5), 20 if a.begin else 60
sets = S.claimsets(a.shared + "/meaning/claimsets")
held = sets[7::15]
sets = [g for i, g in enumerate(sets) if i % 15 != 7]
open_sets = S.perspectrum(a.shared + "/meaning/perspectrum") + S.nli(a.shared + "/meaning")
stories = {kind: [S.case(a.rows, d) for d in S.folders(a.shared, (kind,))] for kind in S.KINDS}
left = {kind: [g for g in groups if not a.begin or (a.without != "none" and S.fold(g.name) == int(a.without))] for kind, groups in stories.items()}
taught = {kind: [g for g in groups if g not in left[kind] and g.name != S.LEFT_OUT] for kind, groups in stories.items()}
few = taught["cases"] + taught["real"]                  # beside the fiction of the other kinds, so drawn more often
taught = few + taught["stories"] + taught["made"]
partners = {g.name: g.partners() for g in taught}
print(f"{len(sets)} claim sets, {len(open_sets)} open groups, {len(taught)} stories", flush=True)


def masked(s):
    return "affirm" if s.stance != "deny" and r.random() < 0.25 else None


def of_story(g, count=32, anchors=7, each=2):
    """Numbers of some statements of a story: a few with what is near them, and others."""
    near = partners[g.name]
    taken = set()
    for k in r.sample(list(near), min(anchors, len(near))):
        taken |= {k, *r.sample(near[k], min(each, len(near[k])))}
    rest = [k for k in range(len(g.statements)) if k not in taken]
    return sorted(taken | set(r.sample(rest, min(len(rest), max(0, count - len(taken))))))


def draw():
    """[(group, number)] of one step, by length."""
    if taught and r.random() < 0.7:
        rows = [(g, k) for g in (r.choice(taught if r.random() < 0.75 else few) for _ in range(2)) for k in of_story(g)]
    else:
        rows = []
        for _ in range(a.groups):
            g = r.choice(sets if taught or r.random() < 0.85 else open_sets)
            rows += [(g, k) for k in r.sample(range(len(g.statements)), min(a.each, len(g.statements)))]
    return sorted(rows, key=lambda x: len(S.pieces(x[0].statements[x[1]], tok)))


def relation(x, y):
    if x[0] is not y[0]:
        return S.NEITHER
    return S.UNKNOWN if x[1] == y[1] else x[0].relation[min(x[1], y[1]), max(x[1], y[1])]


def loss_of(rows):
    half = len(rows) // 2                                # two parts of about one length, so that little is padding
    texts = [S.pieces(g.statements[k], tok, masked(g.statements[k])) for g, k in rows]
    v = torch.cat([model(*M.pack(part, tok)) for part in (texts[:half], texts[half:])])
    relations = torch.tensor([[relation(x, y) for y in rows] for x in rows])
    near, skip = (relations == S.SAME) | (relations == S.OPPOSITE), relations == S.UNKNOWN
    s = (v @ v.T) / TEMPERATURE
    logp = s - torch.logsumexp(s.masked_fill(skip, -1e4), 1, keepdim=True)
    have = near.any(1)
    return -((logp * near).sum(1)[have] / near.sum(1)[have]).mean()


def save():
    torch.save({k: v.half() for k, v in model.state_dict().items()}, a.out)


master = bert.Master(model.encoder, [], rate, rate)
start, run = time.time(), 0.0
for step in range(steps):
    model.train()
    loss = loss_of(draw())
    loss.backward()
    master.step(min(1.0, (step + 1) / warm) * max(0.02, 1 - step / steps))
    run += loss.item()
    if step % 50 == 49:
        print(f"step {step + 1} of {steps}  loss {run / 50:.3f}  {time.time() - start:.0f} s, {time.process_time():.0f} s of processor", flush=True)
        run = 0.0
    if step % 200 == 199:
        save()
        print("claim sets left out:", M.report(model, held, tok), flush=True)
master.restore(model.encoder)
save()
print("claim sets left out:", M.report(model, held, tok), flush=True)
for kind, groups in left.items():
    if groups:
        print(f"{kind}, never seen:", M.report(model, groups, tok), flush=True)
