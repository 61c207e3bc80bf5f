#!/usr/bin/env python3
"""Writes the reader's model file from a trained state.

usage: export_reader.py BASE READER.pt OUT.bin [KEY=VALUE ...]
CONFIDENCE=FILE.json gives the weights that calibrate.py fitted.
"""
import json
import os
import sys

import torch

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bert
import export

base, pt, out = sys.argv[1:4]
keys = dict(a.split("=", 1) for a in sys.argv[4:])
confidence = json.load(open(keys.pop("CONFIDENCE"))) if "CONFIDENCE" in keys else [0.0] * 14
enc, tok = bert.base(base)
state = {k: v.float() for k, v in torch.load(pt).items()}
vocabulary, state = bert.vocabulary_of(tok, state, "encoder.")
heads = {k: v for k, v in state.items() if not k.startswith("encoder.")}
heads["confidence"] = torch.tensor(confidence)
for level in (0, 1):                                   # what may not follow what is part of the chain
    from reader import Chain
    c = Chain(8)
    heads[f"chain.{level}.trans"] = heads[f"chain.{level}.trans"] + c.bad
    heads[f"chain.{level}.begin"] = heads[f"chain.{level}.begin"] + c.bad0
width = state["encoder.words.weight"].shape[1]
export.export(out, bert.bert_names(state, "encoder."), width // 32, vocabulary, {"model": "reader", **keys}, heads)
