#!/usr/bin/env python3
"""Makes what test/parity/encoder.c and wordpiece.c hold the C encoder to.

usage: generate.py            needs numpy, torch, transformers, tokenizers, xxhash

tiny.bin      a small encoder with random weights (seed fixed), written by train/encoder/export.py
expected.bin  sequences and what is expected of them: states by transformers in floats; by transformers with the
              weights as they are after rounding; and by the formulas of src/model/kernels.h in double precision,
              activations rounded too. Texts and the pieces that `tokenizers` cuts them into.
"""
import os
import sys

import numpy as np
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from transformers import BertConfig, BertModel

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../../train/encoder"))
import export  # noqa: E402

WIDTH, HEADS, LAYERS, INNER, POSITIONS = 32, 2, 2, 64, 96
LENGTHS = (1, 2, 7, 16, 17, 33, 64, 96)

WORDS = """the a of said mayor bridge river council harbour letter will not won open clos ##ed ##ing ##s ##er un ##un
new old night cafe naive strasse u ##ber resume 中 한 ᄒ ##ᅡ ##ᆫ ά λ ##ο ##γ ##ο ##ς ##σ ﬁ ∞ 1 2 20 ##0 ##1 ##2""".split()
VOCABULARY = list(dict.fromkeys(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + list("!\"'()*,-./:;?[]_`{|}~$+<=>^@#%&“”‘’—…") +
                                [c for c in "abcdefghijklmnopqrstuvwxyz"] + ["##" + c for c in "abcdefghijklmnopqrstuvwxyz"] + WORDS))

TEXTS = [
    "The mayor said: “The bridge will not open.”", "THE MAYOR'S LETTER... re-opened; un-closed (2020)", "café naïve Straße über RÉSUMÉ",
    "cafe\u0301 nai\u0308ve o\u0323\u0302\u0301 a\u0300\u0316", "İstanbul ISTANBUL ıI ǅ ﬁre ﬁn", "中文 a中b 한 한글 ｆｕｌｌ", "ΛΌΓΟΣ λόγος Ά ΆΣ",
    "a\u200bb a\u00adb a\ufeffb\u2028c\u2029d\u0085e\u00a0f\u3000g", "tab\tline\nreturn\rnul\x00bell\x07del\x7fend", "\u037e \u1fef ≠ ≮ ∞ € ´ ¨",
    "x" * 100 + " " + "y" * 101 + " z", "[SEP ] [CLS", "  ", "", "...", "$5.00 50% #tag @name a_b a^b `q` ~ | {x}", "𝔘𝔫 𐐀 😀a😀 \U000e0041b",
    "U\u030aber u\u0308\u0308", "\u0301a \u0301 \u200d", "é" * 60, "the" * 40, "\ud7ff\ue000\U0010ffff a", "nightbridge openunclosed thes",
]


def tiny():
    torch.manual_seed(7)
    model = BertModel(BertConfig(vocab_size=len(VOCABULARY), hidden_size=WIDTH, num_hidden_layers=LAYERS, num_attention_heads=HEADS,
                                 intermediate_size=INNER, max_position_embeddings=POSITIONS, hidden_act="gelu"), add_pooling_layer=False).double().eval()
    state = {k: v for k, v in model.state_dict().items() if "position_ids" not in k}
    for name, v in state.items():
        v.copy_(torch.randn(v.shape) * (0.1 if v.dim() == 1 else 0.5 if "embeddings" in name else 0.2) + (1 if name.endswith("LayerNorm.weight") else 0))
        v.copy_(v.float())
    state["case.weight"], state["quote.weight"] = (torch.randn(n, WIDTH).mul(0.3).double() for n in (5, 2))
    return model, state


def inputs():
    draw = np.random.RandomState(3)
    for n in LENGTHS:
        yield [draw.randint(0, m, n) for m in (len(VOCABULARY), 2, 5, 2)]


def by_transformers(model, state):
    model.load_state_dict({k: v for k, v in state.items() if k not in ("case.weight", "quote.weight")})
    rows = []
    with torch.no_grad():
        for ids, types, cases, quotes in inputs():
            x = state["embeddings.word_embeddings.weight"][ids] + state["case.weight"].double()[cases] + state["quote.weight"].double()[quotes]
            rows.append(model(inputs_embeds=x[None], token_type_ids=torch.tensor(types)[None]).last_hidden_state[0].numpy())
    return np.concatenate(rows)


def rounded_state(state):
    """The state with the weights as the file has them."""
    out = dict(state)
    for name, v in state.items():
        if v.dim() == 2 and ("dense" in name or "self" in name or "word_embeddings" in name):
            q, scale = export.rounded(v.numpy())
            out[name] = torch.tensor(q * scale[:, None].astype(float))
    return out


# ---- the formulas of src/model/kernels.h ----

def unsigned(x):
    low, high = np.maximum(-x.min(-1, keepdims=True), 0), np.maximum(x.max(-1, keepdims=True), 0)
    step = (low + high) / 255
    zero = np.floor(low / step + 0.5)
    return step * (np.clip(np.rint(x / step) + zero, 0, 255) - zero)


def signed(x):
    step = np.abs(x).max(-1, keepdims=True) / 127
    return step * np.rint(x / step), step


def norm(x, w, name):
    d = x - x.mean(-1, keepdims=True)
    return d / np.sqrt((d * d).mean(-1, keepdims=True) + 1e-12) * w(name + ".LayerNorm.weight") + w(name + ".LayerNorm.bias")


def attention(q, k, v):
    k, (v, step) = signed(k)[0], signed(v)
    logits = unsigned(q) @ k.T / np.sqrt(q.shape[1])
    e = np.exp(logits - logits.max(1, keepdims=True))
    unit = step.max() / 65535
    return unit * np.rint(e * step.T / unit) @ (v / step) / e.sum(1, keepdims=True)


def by_formulas(state):
    w = lambda name: state[name].numpy()
    erf = lambda x: torch.erf(torch.tensor(x)).numpy()
    linear = lambda x, name: unsigned(x) @ w(name + ".weight").T + w(name + ".bias")
    rows = []
    for ids, types, cases, quotes in inputs():
        e = "embeddings."
        x = w(e + "word_embeddings.weight")[ids] + w(e + "position_embeddings.weight")[:len(ids)] + w(e + "token_type_embeddings.weight")[types]
        x = norm(x + w("case.weight")[cases] + w("quote.weight")[quotes], w, "embeddings")
        for i in range(LAYERS):
            at = f"encoder.layer.{i}."
            q, k, v = (linear(x, at + "attention.self." + n).reshape(len(ids), HEADS, -1) for n in ("query", "key", "value"))
            mixed = np.concatenate([attention(q[:, h], k[:, h], v[:, h]) for h in range(HEADS)], 1)
            x = norm(x + linear(mixed, at + "attention.output.dense"), w, at + "attention.output")
            inner = linear(x, at + "intermediate.dense")
            x = norm(x + linear(inner * 0.5 * (1 + erf(inner / np.sqrt(2))), at + "output.dense"), w, at + "output")
        rows.append(x)
    return np.concatenate(rows)


# ---- pieces ----

def pieces():
    """The texts, each closed by a byte 1, and rows text, id, start, end in bytes."""
    tok = Tokenizer(models.WordPiece({w: i for i, w in enumerate(VOCABULARY)}, unk_token="[UNK]", max_input_chars_per_word=100))
    tok.normalizer, tok.pre_tokenizer = normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer()
    rows = []
    for n, text in enumerate(TEXTS):
        at = np.cumsum([0] + [len(c.encode()) for c in text])
        got = tok.encode(text)
        rows += [(n, i, at[s], at[e]) for i, (s, e) in zip(got.ids, got.offsets)]
    return "".join(t + "\x01" for t in TEXTS).encode(), np.array(rows, "<i4")


def main():
    model, state = tiny()
    export.export(os.path.join(HERE, "tiny.bin"), state, HEADS, VOCABULARY, keys={"data": "none: random weights"},
                  tensors={"head.weight": np.arange(6).reshape(2, 3) / 4}, blobs={"head.names": b"one two"})
    out = export.File()
    out.put("lengths", np.array(LENGTHS, "<i4"))
    for name, columns in zip(("ids", "types", "cases", "quotes"), zip(*inputs())):
        out.put(name, np.concatenate(columns).astype("<i4" if name == "ids" else "u1"))
    out.floats("states.floats", by_transformers(model, state))
    rounded = rounded_state(state)
    out.floats("states.weights", by_transformers(model, rounded))
    out.floats("states.formulas", by_formulas(rounded))
    text, rows = pieces()
    out.put("texts", np.frombuffer(text, "u1"))
    out.put("pieces", rows)
    with open(os.path.join(HERE, "expected.bin"), "wb") as file:
        file.write(out.bytes({"made by": "test/parity/generate.py"}))


if __name__ == "__main__":
    main()
