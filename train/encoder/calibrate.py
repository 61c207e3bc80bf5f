#!/usr/bin/env python3
"""Fits the deep reader's confidence on articles that it was not trained on.

usage: calibrate.py ENCODER_CALIBRATE MODEL_DIR POLNEAR OUT.json
A row is right as score_attributions.py has it: its content overlaps that of a gold row by
half of both, and its source overlaps that row's.  Logistic regression (Platt 1999).
"""
import glob
import json
import os
import subprocess
import sys

import torch

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import corpus


def shared(a, b):
    x = {k for s, e in a for k in range(s, e)}
    y = {k for s, e in b for k in range(s, e)}
    return len(x & y) / max(1, len(x | y)), bool(x & y) or not x and not y


program, models, polnear, out = sys.argv[1:5]
paths = [p for i, p in enumerate(sorted(glob.glob(polnear + "/train/*.txt"))) if i % 21 == 10]
X, Y = [], []
gold = {p: corpus.read_ann(p[:-4] + ".ann") for p in paths}
for line in subprocess.run([program, models, *paths], capture_output=True, text=True, check=True).stdout.splitlines():
    row = json.loads(line)
    if row["nested"]:
        continue
    best = max(((shared(row["content"], g["content"])[0], shared(row["source"], g["source"])[1]) for g in gold[row["path"]]), default=(0, False))
    X.append(row["features"])
    Y.append(float(best[0] >= 0.5 and best[1]))
X, Y = torch.tensor(X, dtype=torch.float64), torch.tensor(Y, dtype=torch.float64)
w = torch.zeros(X.shape[1], dtype=torch.float64, requires_grad=True)
opt = torch.optim.LBFGS([w], max_iter=300)


def closure():
    opt.zero_grad()
    loss = torch.nn.functional.binary_cross_entropy_with_logits(X @ w, Y) + 1e-3 * (w ** 2).sum()
    loss.backward()
    return loss


opt.step(closure)
p = torch.sigmoid(X @ w)
print(f"{len(Y)} rows, {Y.mean():.3f} right, mean confidence {p.mean():.3f}, loss {closure().item():.3f}")
json.dump(w.tolist(), open(out, "w"))
