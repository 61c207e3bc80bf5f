#!/usr/bin/env python3
"""What each stage of the fast engine costs an article, counted in instructions.

usage: stages.py PROGRAM FILE…

Valgrind's callgrind counts every instruction of `extract` over the files, on one
thread: the same number on a loaded machine as on an idle one. Printed are
thousands of instructions an article of each stage with all that it calls, its
share, and how many instructions a byte of the files' text. Start-up is told
once, apart. Without SHA instructions in valgrind the fingerprint of the bytes is
counted as plain C has it.
"""
import collections
import os
import re
import subprocess
import sys
import tempfile

STAGES = [
    ("read", "hsy_source_open hsy_source_next hsy_source_close", "opening the file, telling its form"),
    ("fingerprint", "hsy_hash_sha256", "SHA-256 of its bytes"),
    ("text", "hsy_text_read hsy_html_read", "decoding, lines, blocks, furniture, dates"),
    ("language", "hsy_segment_language", "whose function words it has"),
    ("address", "hsy_address_note", "which article it is at another address"),
    ("tokens", "hsy_segment_tokenize", "words, sentences, quotation marks"),
    ("view", "hsy_quote_view_make", "what the taggers see of a word"),
    ("features", "hsy_quote_features hsy_quote_features_context", "hashes of what stands around a word"),
    ("weights", "hsy_crf_fetch hsy_crf_sum", "rows of the tables of weights, added"),
    ("chain", "hsy_crf_decode hsy_crf_marginals", "the likeliest tags and how likely they are"),
    ("frames", "hsy_quote_frames hsy_quote_mend hsy_quote_tied_spans", "patterns, repairs, ties between spans"),
    ("speakers", "hsy_speaker_resolve", "names, offices, pronouns"),
    ("times", "hsy_temporal_tag hsy_temporal_said_on", "time expressions, days of sayings"),
    ("stances", "hsy_stance_tell", "frames around the reporting words"),
    ("row", "shape_extract", "the JSON of the article"),
]
START = ("start-up", "hsy_engine_new", "word lists into tables")


def costs(path):
    """{function: instructions with all that it calls}, of callgrind's file."""
    names, own, called = {}, collections.Counter(), collections.Counter()
    current = calls = None

    def name(field):
        number, rest = re.match(r"\((\d+)\)(?: (.*))?", field).groups()
        if rest:
            names[number] = rest.split("'")[0].split(".")[0]
        return names[number]

    callee = None
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            line = line.rstrip("\n")
            if line.startswith("fn="):
                current = name(line[3:])
            elif line.startswith("cfn="):
                callee = name(line[4:])
            elif line.startswith("calls="):
                calls = True
            elif line[:1].isdigit() or line[:1] in ("+", "-", "*"):
                count = int(line.split()[-1])
                if calls and callee != current:
                    called[current] += count
                elif not calls:
                    own[current] += count
                calls = None
    return {function: own[function] + called[function] for function in own | called}, sum(own.values())


def measure(program, files):
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "callgrind")
        subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", program, "extract", "-j", "1",
                        "--engine", "fast", *files], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return costs(out)


def main(program, *files):
    spent, total = measure(program, files)
    size = sum(os.path.getsize(file) for file in files)

    def of(functions):
        return sum(spent.get(function, 0) for function in functions.split())

    start = of(START[1])
    articles, rest = len(files), total - start
    print(f"{articles} articles, {size / articles:.0f} bytes each; {rest / 1e6:.0f} million instructions")
    told = 0
    for stage, functions, what in STAGES:
        count = of(functions)
        told += count
        print(f"  {stage:12} {count / articles / 1e3:8.0f} k {100 * count / rest:5.1f} %"
              f" {count / size:7.0f} a byte   {what}")
    print(f"  {'else':12} {(rest - told) / articles / 1e3:8.0f} k {100 * (rest - told) / rest:5.1f} %"
          f" {(rest - told) / size:7.0f} a byte")
    print(f"  {'all':12} {rest / articles / 1e3:8.0f} k 100.0 % {rest / size:7.0f} a byte")
    print(f"{START[0]}: {start / 1e6:.1f} million, {START[2]}")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
