#!/usr/bin/env python3
"""Rows that a reader finds, in PyTorch: a check of training, and silver for stories.

usage: predict.py ROWS BASE READER.pt OUT.jsonl FILE.txt...
One object a file: {"id", "path", "attributions": [{source, cue, content, level, stance, kept}]}
"""
import json
import os
import sys

import torch

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bert
import corpus
import reader


def load_model(base, path):
    enc, tok = bert.base(base)
    model = reader.Reader(enc, enc.words.weight.shape[1])
    model.load_state_dict({k: v.float() for k, v in torch.load(path).items()}, strict=False)
    model.encoder.to(torch.bfloat16)
    return model.eval(), tok, [tok.token_to_id(t) for t in ("[CLS]", "[SEP]", "[PAD]")]


if __name__ == "__main__":
    program, base, pt, out = sys.argv[1:5]
    torch.set_num_threads(1)
    model, tok, ids = load_model(base, pt)
    with open(out, "w") as f:
        for d in corpus.read_rows(program, sys.argv[5:], tok, ""):
            rows = reader.read(model, d, *ids, corpus.windows(d.paragraphs))
            f.write(json.dumps({"id": d.name, "path": d.path, "attributions": rows}) + "\n")
            f.flush()
