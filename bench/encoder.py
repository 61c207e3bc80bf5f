#!/usr/bin/env python3
"""The encoder's speed on one thread, beside ONNX Runtime with the same weights in int8 and the same text.

usage: encoder.py BENCH BASE.onnx TOKENIZER.json FOLDER

BENCH is build/bench/encoder_bench; the base model is a BERT as ONNX; FOLDER holds articles, *.txt. Windows are
paragraphs joined up to 254 tokens, as the tagger's. Processor time, the best of three rounds each; ONNX Runtime gets
its sequences in eights of near lengths, so that it pads little. Without onnx and onnxruntime only ours is measured.
"""
import glob
import os
import subprocess
import sys
import tempfile
import time

os.environ["OMP_NUM_THREADS"] = "1"
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../train/encoder"))
WORDS, WINDOW, EIGHT = 3000, 254, 8


def windows(tokenizer, folder):
    """Lists of ids, and the words in them."""
    from tokenizers import Tokenizer
    tok = Tokenizer.from_file(tokenizer)
    tok.no_truncation()
    tok.no_padding()
    cls, sep = tok.token_to_id("[CLS]"), tok.token_to_id("[SEP]")
    rows, words = [[cls]], 0
    for file in sorted(glob.glob(os.path.join(folder, "*.txt"))):
        for paragraph in open(file, encoding="utf-8").read().split("\n"):
            ids = tok.encode(paragraph, add_special_tokens=False).ids[:WINDOW - 2]
            if not ids or words >= WORDS:
                continue
            words += len(paragraph.split())
            if len(rows[-1]) + len(ids) + 1 > WINDOW:
                rows.append([cls])
            rows[-1] += ids + [sep]
    return rows, words


def seconds(run):
    spent = []
    for _ in range(3):
        began = time.process_time()
        run()
        spent.append(time.process_time() - began)
    return min(spent)


def onnx_session(model, folder):
    import onnxruntime
    from onnxruntime.quantization import QuantType, quantize_dynamic
    small = os.path.join(folder, "int8.onnx")
    quantize_dynamic(model, small, weight_type=QuantType.QInt8, per_channel=True)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(small, options, providers=["CPUExecutionProvider"])


def by_onnx(session, rows):
    import numpy as np
    names = {i.name for i in session.get_inputs()}
    rows = sorted(rows, key=len)
    for at in range(0, len(rows), EIGHT):
        part = rows[at:at + EIGHT]
        ids = np.zeros((len(part), len(part[-1])), np.int64)
        for i, row in enumerate(part):
            ids[i, :len(row)] = row
        feed = {"input_ids": ids, "attention_mask": (ids > 0).astype(np.int64), "token_type_ids": ids * 0}
        session.run(None, {k: v for k, v in feed.items() if k in names})


def main(bench, model, tokenizer, folder):
    import export
    rows, words = windows(tokenizer, folder)
    lines = "".join(" ".join(map(str, row)) + "\n" for row in rows)
    with tempfile.TemporaryDirectory() as here:
        file = os.path.join(here, "encoder.bin")
        export.main(model, tokenizer, file)
        ours = lambda: subprocess.run([bench, file], input=lines, text=True, capture_output=True, check=True).stdout.split()
        name, tokens, spent, opened = ours()
        print(f"encoder, one thread ({words} words, {tokens} tokens, kernels {name})")
        print(f"  words      {words / float(spent):8.0f} /s\n  opening    {float(opened):8.1f} ms")
        try:
            session = onnx_session(model, here)
        except ImportError as missing:
            return print(f"  ONNX Runtime is not measured: {missing}")
        theirs = seconds(lambda: by_onnx(session, rows))
        spent = min(float(spent), float(ours()[2]))  # once before, once after
        print(f"  ONNX int8  {words / theirs:8.0f} words/s\n  quotient   {theirs / spent:8.2f}")


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
