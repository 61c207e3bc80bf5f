#!/usr/bin/env python3
"""The reader's second training: stories with PolNeAR beside them, all heads.

usage: train_reader.py ROWS BASE SHARED BASE.pt FAST.jsonl TAUGHT.jsonl OUT.pt [--fold K] [--steps N]
BASE.pt comes of train_base.py; FAST.jsonl is what the fast engine extracts of the stories'
articles, TAUGHT.jsonl what BASE.pt finds in them (predict.py).  With --fold K the stories
of fold K of --folds are left out.  One thread, a seed, a fixed number of steps.
"""
import argparse
import json
import os
import random
import sys
import time

import torch

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bert
import corpus
import reader
import stories

ap = argparse.ArgumentParser()
for name in ("rows", "base", "shared", "start", "fast", "taught", "out"):
    ap.add_argument(name)
ap.add_argument("--fold", type=int, default=-1)
ap.add_argument("--folds", type=int, default=5)
ap.add_argument("--steps", type=int, default=500)
ap.add_argument("--rate", type=float, default=9e-5)
ap.add_argument("--head-rate", type=float, default=6e-4)
ap.add_argument("--size", type=int, default=8)
ap.add_argument("--share", type=float, default=0.55, help="of the steps that read stories")
a = ap.parse_args()
torch.set_num_threads(1)
torch.manual_seed(2)
r = random.Random(2)
enc, tok = bert.base(a.base)
CLS, SEP, PAD = (tok.token_to_id(t) for t in ("[CLS]", "[SEP]", "[PAD]"))
model = reader.Reader(enc, enc.words.weight.shape[1])
model.load_state_dict({k: v.float() for k, v in torch.load(a.start).items()})


def rows_of(path):
    return {os.path.realpath(d["path"]): d["attributions"] for d in map(json.loads, open(path, encoding="utf-8"))}


fast, taught = rows_of(a.fast), rows_of(a.taught)
folders = stories.folders(a.shared)
fold = stories.fold_of(folders, a.folds)
mine, n = [], [0, 0, 0]
for d in folders:
    if fold[os.path.basename(d)] != a.fold:
        docs, k = stories.load(a.rows, d, tok, fast, taught)
        mine += docs
        n = [x + y for x, y in zip(n, k)]
print(f"{len(mine)} articles: {n[0]} rows of gold, {n[1]} with source and cue, {n[2]} beside them", flush=True)
polnear = [d for i, d in enumerate(corpus.polnear(a.rows, a.shared + "/polnear/train", tok)) if i % 21 != 10]


def batches(docs):
    """Windows of the articles without end, in batches of about one length."""
    while True:
        ws = [w for d in docs for w in corpus.windows(d.paragraphs, most=r.choice((4, 6, 6, 8)), skip=r.randrange(0, 4))]
        r.shuffle(ws)
        out = []
        for at in range(0, len(ws), a.size * 16):
            part = sorted(ws[at:at + a.size * 16], key=lambda w: sum(len(p.pieces) for p in w))
            out += [part[i:i + a.size] for i in range(0, len(part), a.size)]
        r.shuffle(out)
        yield from out


told, news = batches(mine), batches(polnear)
master = bert.Master(model.encoder, model.heads(), a.rate, a.head_rate)
model.train()
start, run = time.time(), 0.0
for step in range(a.steps):
    wins = next(told if r.random() < a.share else news)
    ids, mask, letters, state, where = reader.batch(wins, CLS, SEP, PAD)
    h = model.states(ids, mask, letters, state).float()
    loss = reader.losses(model, model.drop(h.reshape(-1, h.shape[-1])), [p for w in wins for p in w], where)
    sum(loss).backward()
    master.step(min(1.0, (step + 1) / 30) * max(0.02, 1 - step / a.steps))
    run += sum(l.item() for l in loss)
    if step % 50 == 49:
        print(f"step {step + 1} of {a.steps}  loss {run / 50:.3f}  {time.time() - start:.0f} s, {time.process_time():.0f} s of processor", flush=True)
        run = 0.0
master.restore(model.encoder)
torch.save({k: v.half() for k, v in model.state_dict().items()}, a.out)
