#!/usr/bin/env python3
"""Writes the model file of meaning from a trained state.

usage: export_meaning.py BASE MEANING.pt CLAIMSETS OUT.bin [KEY=VALUE ...]
The middle of the vectors is told from the statements of the claim sets.
"""
import os
import random
import sys

import torch

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bert
import export
import meaning
import statements

base, pt, sets, out = sys.argv[1:5]
torch.set_num_threads(1)
keys = dict(a.split("=", 1) for a in sys.argv[5:])
enc, tok = bert.base(base)
state = {k: v.float() for k, v in torch.load(pt).items() if k.startswith("encoder.")}
model = meaning.Meaning(enc)
model.load_state_dict(state)
rows = [s for g in statements.claimsets(sets) for s in g.statements]
rows = random.Random(3).sample(rows, 512)
heads = {"center": 127 * meaning.vectors(model, rows, tok).mean(0)}
vocabulary, state = bert.vocabulary_of(tok, state, "encoder.")
names = {k: v for k, v in bert.bert_names(state, "encoder.").items() if not k.startswith(("case.", "quote."))}
export.export(out, names, enc.words.weight.shape[1] // 32, vocabulary, {"model": "meaning", **keys}, heads)
