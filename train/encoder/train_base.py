#!/usr/bin/env python3
"""The reader's first training: spans and ties of PolNeAR's train part.

usage: train_base.py ROWS BASE POLNEAR OUT.pt [--epochs N]
ROWS is build/encoder_rows, BASE a folder with the base model's ONNX export.
One thread, a seed, a fixed number of steps: the same input gives the same file.
Every 21st article is left out: thresholds and calibration are told on those.
"""
import argparse
import os
import random
import sys
import time

import torch

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bert
import corpus
import reader

ap = argparse.ArgumentParser()
for name in ("rows", "base", "polnear", "out"):
    ap.add_argument(name)
ap.add_argument("--epochs", type=float, default=2.5)
ap.add_argument("--rate", type=float, default=1.5e-4)
ap.add_argument("--head-rate", type=float, default=1e-3)
ap.add_argument("--size", type=int, default=8)
ap.add_argument("--limit", type=int, default=0)
a = ap.parse_args()
torch.set_num_threads(1)
torch.manual_seed(1)
enc, tok = bert.base(a.base)
CLS, SEP, PAD = (tok.token_to_id(t) for t in ("[CLS]", "[SEP]", "[PAD]"))
model = reader.Reader(enc, enc.words.weight.shape[1])
docs = corpus.polnear(a.rows, a.polnear + "/train", tok)
docs = [d for i, d in enumerate(docs) if i % 21 != 10]
if a.limit:
    docs = docs[:a.limit]


def epoch(seed):
    r = random.Random(seed)
    ws = [w for d in docs for w in corpus.windows(d.paragraphs, most=r.choice((4, 6, 6, 8)), skip=r.randrange(0, 4))]
    r.shuffle(ws)
    out = []
    for at in range(0, len(ws), a.size * 16):
        part = sorted(ws[at:at + a.size * 16], key=lambda w: sum(len(p.pieces) for p in w))
        out += [part[i:i + a.size] for i in range(0, len(part), a.size)]
    r.shuffle(out)
    return out


master = bert.Master(model.encoder, model.heads(), a.rate, a.head_rate)
steps = [b for e in range(int(a.epochs + 1)) for b in epoch(100 + e)]
total = int(len(steps) / int(a.epochs + 1) * a.epochs)
model.train()
start, run = time.time(), 0.0
for step in range(total):
    ids, mask, letters, state, where = reader.batch(steps[step], CLS, SEP, PAD)
    h = model.states(ids, mask, letters, state).float()
    loss = reader.losses(model, model.drop(h.reshape(-1, h.shape[-1])), [p for w in steps[step] for p in w], where)
    sum(loss).backward()
    master.step(min(1.0, (step + 1) / 40) * max(0.02, 1 - step / total))
    run += sum(l.item() for l in loss)
    if step in (2, 10) or step % 50 == 49:
        print(f"step {step + 1} of {total}  loss {run / (3 if step == 2 else 8 if step == 10 else 50):.3f}  {time.time() - start:.0f} s, {time.process_time():.0f} s of processor", flush=True)
        run = 0.0
    if step % 400 == 399:
        torch.save({k: v.half() for k, v in model.state_dict().items()}, a.out)
master.restore(model.encoder)
torch.save({k: v.half() for k, v in model.state_dict().items()}, a.out)
