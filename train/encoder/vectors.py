#!/usr/bin/env python3
"""Vectors of what readers marked in stories, for train/claims.py.

usage: vectors.py ROWS BASE SHARED OWN OUT.json STATE.pt ...
A story's are made by the state that has not seen it: of fold K by the K-th.  OWN has a store
STORY.db of each, whose rows' word pieces are taken as they are kept.
{"STORY/ID" of a marked row, "ID" of a row of a store: [384 whole numbers, as the store keeps them]}
"""
import json
import os
import sqlite3
import struct
import sys

import torch

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bert
import meaning as M
import statements as S

rows, base, shared, own, out = sys.argv[1:6]
states = sys.argv[6:]
if len(states) != S.FOLDS:
    sys.exit(f"vectors.py: a state for each of {S.FOLDS} folds is wanted")
torch.set_num_threads(1)
folders = S.folders(shared)
found = {}


def whole(vector):
    return (vector * 127).round().clamp(-127, 127).int().tolist()


@torch.no_grad()
def stored(store, size=64):
    """(id, vector) of what is said in a store, by the model at hand."""
    read = sqlite3.connect(store).execute("SELECT id, pieces FROM meanings JOIN attributions ON attribution = key")
    rows = sorted(((i, [numbers[k] for k in struct.unpack(f"<{len(p) // 2}H", p)]) for i, p in read), key=lambda row: (len(row[1]), row[0]))
    model.eval()
    for at in range(0, len(rows), size):
        part = rows[at:at + size]
        yield from zip((i for i, _ in part), model(*M.pack([p for _, p in part], tok)))


for k, state in enumerate(states):
    enc, tok = bert.base(base)
    model = M.Meaning(enc)
    model.load_state_dict({name: v.float() for name, v in torch.load(state).items()})
    model.encoder.to(torch.bfloat16)
    numbers = [i for i, _ in bert.kept_pieces(tok)]      # a store counts the pieces of the model's file
    for folder in folders:
        if S.fold(os.path.basename(folder)) != k:
            continue
        g = S.case(rows, folder)
        for i, x in stored(os.path.join(own, g.name + ".db")):
            found[i] = whole(x)
        order = sorted(range(len(g.statements)), key=lambda i: len(S.pieces(g.statements[i], tok)))
        for i, x in zip(order, M.vectors(model, [g.statements[i] for i in order], tok)):
            found[f"{g.name}/{g.statements[i].id}"] = whole(x)
json.dump(found, open(out, "w"))
print(len(found), "statements")
