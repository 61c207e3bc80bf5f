#!/usr/bin/env python3
"""Vectors of what readers marked in stories, for train/claims.py.

usage: vectors.py ROWS BASE MEANING.pt SHARED OUT.json
{"STORY/ID": [384 whole numbers, as the store keeps them]}
"""
import glob
import json
import os
import sys

import torch

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bert
import meaning as M
import statements as S

rows, base, pt, shared, out = sys.argv[1:6]
torch.set_num_threads(1)
enc, tok = bert.base(base)
model = M.Meaning(enc)
model.load_state_dict({k: v.float() for k, v in torch.load(pt).items()})
model.encoder.to(torch.bfloat16)
found = {}
for folder in sorted(d for k in ("stories", "cases", "real") for d in glob.glob(f"{shared}/{k}/*/") if os.path.exists(d + "expected.json")):
    g = S.case(rows, folder.rstrip("/"))
    order = sorted(range(len(g.statements)), key=lambda k: len(S.pieces(g.statements[k], tok)))
    v = M.vectors(model, [g.statements[k] for k in order], tok)
    for k, x in zip(order, v):
        found[f"{g.name}/{g.statements[k].id}"] = (x * 127).round().clamp(-127, 127).int().tolist()
json.dump(found, open(out, "w"))
print(len(found), "statements")
