#!/usr/bin/env python3
"""Writes an encoder's model file (src/model/encoder.h, src/model/tensors.h).

    export(path, state, heads, vocabulary, keys={}, tensors={}, blobs={}, prefix="")

state: a BertModel's state dict under Hugging Face's names, each behind prefix, as tensors or arrays; beside it
may stand case.weight and quote.weight, the tables of letter case and quotation. heads: how many heads attention
has (a state dict does not say). vocabulary: the words in the order of their ids. keys: lines "key: value" about
data, options and scores. tensors: named float arrays of heads, of one or two dimensions. blobs: named bytes.

Weights become whole numbers of 8 bits with one scale a row. Needs numpy and xxhash.

usage: export.py BASE.onnx TOKENIZER.json OUT    a base model as it is, without heads
"""
import json
import sys

import numpy as np
import xxhash

ALIGN, PACK_COLUMNS, PACK_DEPTH, MOST_PIECE = 64, 16, 64, 64
KINDS = {np.dtype("<f4"): "f32", np.dtype("<i4"): "s32", np.dtype("i1"): "s8", np.dtype("u1"): "bytes"}


def array(x):
    return np.asarray(x.detach().cpu().float().numpy() if hasattr(x, "detach") else x, dtype=np.float64)


def rounded(weight):
    """Whole numbers in -127..127 and the scale of each row."""
    scale = np.abs(weight).max(1) / 127
    scale[scale == 0] = 1
    return np.rint(weight / scale[:, None]).clip(-127, 127).astype("i1"), scale.astype("<f4")


def packed(q):
    """[N][D] to [N/16][D/4][16][4], padded with zeros to multiples of 16 and 64."""
    n, d = (-(-size // to) * to for size, to in zip(q.shape, (PACK_COLUMNS, PACK_DEPTH)))
    whole = np.zeros((n, d), "i1")
    whole[:q.shape[0], :q.shape[1]] = q
    return whole.reshape(n // PACK_COLUMNS, PACK_COLUMNS, d // 4, 4).transpose(0, 2, 1, 3)


class File:
    """Tensors in the order in which they are put."""

    def __init__(self):
        self.rows, self.parts = [], []

    def put(self, name, data, shape=None):
        data = np.ascontiguousarray(data)
        shape = shape or ((1,) + data.shape if data.ndim < 2 else data.shape)
        assert len(shape) == 2 and not set(" \n") & set(name), name
        self.rows.append((name, KINDS[data.dtype], *shape, data.nbytes))
        self.parts.append(data.tobytes())

    def floats(self, name, data):
        self.put(name, array(data).astype("<f4"))

    def linear(self, name, weight, bias):
        q, scale = rounded(weight)
        self.put(name, packed(q), q.shape)
        self.put(name + ".scale", scale)
        self.put(name + ".total", q.sum(1, dtype=np.int64).astype("<i4"))
        self.floats(name + ".bias", bias)

    def bytes(self, keys):
        def contents(start):
            lines, at = [], start
            for name, kind, rows, columns, size in self.rows:
                at += -at % ALIGN
                lines.append(f"{name} {kind} {rows} {columns} {at:010} {size}\n")
                at += size
            return "".join(lines) + "\n", at

        about = "".join(f"{k}: {v}\n" for k, v in keys.items()) + "\n"
        head = len("hearsay tensors 1\nsize: 0000000000\nchecksum: 0123456789abcdef\n")
        table, _ = contents(0)
        start = head + len(about.encode()) + len(table.encode())
        table, size = contents(start)
        out = bytearray((about + table).encode())
        for part in self.parts:
            out += bytes(-(head + len(out)) % ALIGN) + part
        assert head + len(out) == size
        return f"hearsay tensors 1\nsize: {size:010}\nchecksum: {xxhash.xxh3_64_hexdigest(bytes(out))}\n".encode() + out


def fnv(piece):
    """FNV-1a, 32 bits."""
    h = 2166136261
    for b in piece.encode():
        h = (h ^ b) * 16777619 & 0xFFFFFFFF
    return h


def put_vocabulary(file, words):
    """The pieces one behind the other, where each begins, and a table of ids by hash (src/model/wordpiece.h)."""
    assert len(set(words)) == len(words)
    text = "".join(words).encode()
    starts = np.cumsum([0] + [len(w.encode()) for w in words]).astype("<i4")
    slots = np.zeros(1 << (2 * len(words) - 1).bit_length(), "<i4")
    for i, w in enumerate(words):
        at = fnv(w) & len(slots) - 1
        while slots[at]:
            at = at + 1 & len(slots) - 1
        slots[at] = i + 1
    file.put("vocabulary", np.frombuffer(text, "u1"))
    file.put("vocabulary.starts", starts)
    file.put("vocabulary.slots", slots)


def export(path, state, heads, vocabulary, keys={}, tensors={}, blobs={}, prefix=""):
    w = lambda name: array(state[prefix + name])
    norm = lambda name: np.stack([w(name + ".LayerNorm.weight"), w(name + ".LayerNorm.bias")])
    file = File()
    q, scale = rounded(w("embeddings.word_embeddings.weight"))
    file.put("words", q)
    file.put("words.scale", scale)
    file.floats("positions", w("embeddings.position_embeddings.weight"))
    file.floats("types", w("embeddings.token_type_embeddings.weight"))
    for name in ("case", "quote"):
        if name + ".weight" in state:
            file.floats(name, state[name + ".weight"])
    file.floats("norm", norm("embeddings"))
    depth = 0
    while f"{prefix}encoder.layer.{depth}.output.dense.weight" in state:
        layer, at = f"layer.{depth}.", f"encoder.layer.{depth}."
        three = [at + "attention.self." + n for n in ("query", "key", "value")]
        file.linear(layer + "qkv", *(np.concatenate([w(n + part) for n in three]) for part in (".weight", ".bias")))
        for name, n in (("mixed", "attention.output"), ("inner", "intermediate"), ("outer", "output")):
            file.linear(layer + name, w(at + n + ".dense.weight"), w(at + n + ".dense.bias"))
        file.floats(layer + "norm1", norm(at + "attention.output"))
        file.floats(layer + "norm2", norm(at + "output"))
        depth += 1
    put_vocabulary(file, vocabulary)
    for name, data in tensors.items():
        file.floats(name, data)
    for name, data in blobs.items():
        file.put(name, np.frombuffer(data, "u1"))
    shape = {"encoder.layers": depth, "encoder.width": q.shape[1], "encoder.heads": heads,
             "encoder.inner": w("encoder.layer.0.intermediate.dense.weight").shape[0]}
    with open(path, "wb") as out:
        out.write(file.bytes({**keys, **shape}))


def vocabulary_of(tokenizer):
    """The pieces of a tokenizer.json in the order of their ids."""
    ids = json.load(open(tokenizer, encoding="utf-8"))["model"]["vocab"]
    words = sorted(ids, key=ids.get)
    assert [ids[word] for word in words] == list(range(len(words)))
    return words


def state_of(model):
    """The state dict of a BERT in ONNX, whose linear weights are named by their nodes."""
    import onnx
    from onnx import numpy_helper
    graph = onnx.load(model).graph
    init = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    state = {k: v for k, v in init.items() if k.startswith(("embeddings.", "encoder."))}
    for node in graph.node:
        if node.op_type == "MatMul" and node.name.endswith("/MatMul") and node.input[1] in init:
            state[node.name[1:-len("/MatMul")].replace("/", ".") + ".weight"] = init[node.input[1]].T
    return state


def main(model, tokenizer, out):
    state = state_of(model)
    width = state["embeddings.word_embeddings.weight"].shape[1]
    export(out, state, width // (32 if width == 384 else 64), vocabulary_of(tokenizer))


if __name__ == "__main__":
    main(*sys.argv[1:])
