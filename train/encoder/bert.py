"""The encoder for training: BERT with the inputs of the reader, in bfloat16 products.

Written plainly because the processor's matrix units are fed best by large products in
bfloat16 with attention spelled out; weights are kept in float32 by the optimiser
(`Master`).  Names of the state are those of transformers' BertModel, which `export.py`
reads and `base()` fills from the ONNX export of a base model.
"""
import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


class Layer(nn.Module):
    def __init__(self, width, heads, inner):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.attention_norm = nn.LayerNorm(width, 1e-12)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm = nn.LayerNorm(width, 1e-12)

    def forward(self, x, bias, drop):
        B, L, W = x.shape
        split = lambda y: y.view(B, L, self.heads, W // self.heads).transpose(1, 2)
        q, k, v = split(self.query(x) * (1 / math.sqrt(W // self.heads))), split(self.key(x)), split(self.value(x))
        a = torch.matmul(q, k.transpose(-1, -2))
        a = torch.softmax(a if bias is None else a + bias, -1)
        o = torch.matmul(a, v).transpose(1, 2).reshape(B, L, W)
        x = self.attention_norm(x + drop(self.out(o)))
        return self.norm(x + drop(self.down(F.gelu(self.up(x)))))


NAMES = [("query", "attention.self.query"), ("key", "attention.self.key"), ("value", "attention.self.value"),
         ("out", "attention.output.dense"), ("attention_norm", "attention.output.LayerNorm"),
         ("up", "intermediate.dense"), ("down", "output.dense"), ("norm", "output.LayerNorm")]


class Encoder(nn.Module):
    """ids, letters, state [B][L] -> states [B][L][W]; letters and state may be None."""

    def __init__(self, layers, width, heads, inner, vocabulary, letters=5, states=6):
        super().__init__()
        self.words, self.places, self.types = nn.Embedding(vocabulary, width), nn.Embedding(512, width), nn.Embedding(2, width)
        self.letters, self.state = nn.Embedding(letters, width), nn.Embedding(states, width)
        nn.init.zeros_(self.letters.weight)
        nn.init.zeros_(self.state.weight)
        self.norm = nn.LayerNorm(width, 1e-12)
        self.layers = nn.ModuleList([Layer(width, heads, inner) for _ in range(layers)])
        self.drop = nn.Dropout(0.1)
        self.words.weight.requires_grad_(False)

    def forward(self, ids, mask=None, letters=None, state=None, types=None):
        x = self.words(ids) + self.places.weight[:ids.shape[1]] + (self.types(types) if types is not None else self.types.weight[0])
        if letters is not None:
            x = x + self.letters(letters) + self.state(state)
        x = self.drop(self.norm(x))
        bias = None if mask is None or bool(mask.all()) else ((1 - mask[:, None, None].to(x.dtype)) * -1e4)
        for layer in self.layers:
            x = layer(x, bias, self.drop)
        return x


def base(folder, layers=None):
    """(encoder, tokenizer) with the weights of FOLDER/*.onnx and FOLDER/*-tokenizer.json."""
    import glob
    import onnx
    from onnx import numpy_helper
    from tokenizers import Tokenizer
    model = onnx.load(glob.glob(folder + "/*.onnx")[0])
    init = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
    w = {k: torch.tensor(np.array(v)) for k, v in init.items() if k.startswith(("embeddings.", "encoder."))}
    for n in model.graph.node:                       # linear weights carry the names of their nodes
        if n.op_type == "MatMul" and n.name.endswith("/MatMul") and len(n.input) == 2 and n.input[1] in init:
            w[n.name[1:-len("/MatMul")].replace("/", ".") + ".weight"] = torch.tensor(np.array(init[n.input[1]]).T.copy())
    depth = 1 + max(int(k.split(".")[2]) for k in w if k.startswith("encoder.layer."))
    vocabulary, width = w["embeddings.word_embeddings.weight"].shape
    inner = w["encoder.layer.0.intermediate.dense.weight"].shape[0]
    enc = Encoder(depth, width, width // 32, inner, vocabulary)
    own = {"words.weight": "embeddings.word_embeddings.weight", "places.weight": "embeddings.position_embeddings.weight",
           "types.weight": "embeddings.token_type_embeddings.weight",
           "norm.weight": "embeddings.LayerNorm.weight", "norm.bias": "embeddings.LayerNorm.bias"}
    for i in range(depth):
        for a, b in NAMES:
            for part in ("weight", "bias"):
                own[f"layers.{i}.{a}.{part}"] = f"encoder.layer.{i}.{b}.{part}"
    missing, extra = enc.load_state_dict({k: w[v] for k, v in own.items()}, strict=False)
    assert set(missing) <= {"letters.weight", "state.weight"} and not extra, (missing, extra)
    tok = Tokenizer.from_file(glob.glob(folder + "/*-tokenizer.json")[0])
    tok.no_truncation()
    tok.no_padding()
    return enc, tok


def bert_names(state, prefix=""):
    """The encoder's part of a state under the names of transformers' BertModel."""
    out = {}
    for k, v in state.items():
        if not k.startswith(prefix):
            continue
        k = k[len(prefix):]
        if k.startswith("layers."):
            _, i, name, part = k.split(".")
            k = f"encoder.layer.{i}.{dict(NAMES)[name]}.{part}"
        else:
            name, part = k.split(".")
            k = {"words": "embeddings.word_embeddings", "places": "embeddings.position_embeddings", "types": "embeddings.token_type_embeddings",
                 "norm": "embeddings.LayerNorm", "letters": "case", "state": "quote"}[name] + "." + part
        out[k] = v
    return out


def kept_pieces(tok):
    """[(number, piece)] of those that English needs: in a model's file and in stores they are counted anew, in this order."""
    plain = lambda w: not w.startswith("[unused") and all(ord(c) < 0x250 or 0x2000 <= ord(c) < 0x2200 for c in w)
    return [(i, w) for w, i in sorted(tok.get_vocab().items(), key=lambda p: p[1]) if plain(w)]


def vocabulary_of(tok, state, prefix=""):
    """(the pieces that English needs, the state with their rows alone): others are [UNK], and a twelfth smaller."""
    keep, words = zip(*kept_pieces(tok))
    keep = list(keep)
    return list(words), {**state, prefix + "words.weight": state[prefix + "words.weight"][keep]}


class Master:
    """AdamW over float32 copies of a bfloat16 encoder's weights, and over float32 heads."""

    def __init__(self, encoder, heads, rate, head_rate, decay=0.01):
        self.low = [p for p in encoder.parameters() if p.requires_grad]
        self.full = [p.detach().float().clone() for p in self.low]
        encoder.to(torch.bfloat16)
        self.low = [p for p in encoder.parameters() if p.requires_grad]
        self.heads = [p for p in heads if p.requires_grad]
        big = [f for f in self.full if f.ndim > 1]
        small = [f for f in self.full if f.ndim <= 1]
        self.opt = torch.optim.AdamW([{"params": big, "lr": rate, "weight_decay": decay}, {"params": small, "lr": rate, "weight_decay": 0.0},
                                      {"params": self.heads, "lr": head_rate, "weight_decay": 0.0}], betas=(0.9, 0.98))
        for g in self.opt.param_groups:
            g["full"] = g["lr"]

    def step(self, share):
        """One step; share scales the rates."""
        for f, p in zip(self.full, self.low):
            f.grad = p.grad.float() if p.grad is not None else None
            p.grad = None
        torch.nn.utils.clip_grad_norm_(self.full + self.heads, 1.0)
        for g in self.opt.param_groups:
            g["lr"] = g["full"] * share
        self.opt.step()
        self.opt.zero_grad(set_to_none=True)
        with torch.no_grad():
            for f, p in zip(self.full, self.low):
                p.copy_(f)

    def restore(self, encoder):
        """Float32 weights back into the encoder."""
        encoder.float()
        for f, p in zip(self.full, [p for p in encoder.parameters() if p.requires_grad]):
            p.data.copy_(f)
