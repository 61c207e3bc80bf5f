#!/usr/bin/env python3
"""What the record is exported to, read by the programs that it is meant for.

usage: run.py HEARSAY BUILD

pandas reads the tables, openpyxl the sheets, rdflib the graph, conllu the tokens,
Datasette the store itself. They are installed once, into BUILD/readers-venv. Those
that cannot be had are counted and named, and what they would read is skipped.
"""
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def python(build):
    """The python that has the readers, as far as they can be had."""
    folder = os.path.join(build, "readers-venv")
    program = os.path.join(folder, "bin", "python3")
    stamp = os.path.join(folder, "installed.txt")
    want = open(os.path.join(HERE, "requirements.txt"), encoding="utf-8").read()
    if os.path.exists(stamp) and open(stamp, encoding="utf-8").read() == want:
        return program
    if subprocess.run([sys.executable, "-m", "venv", folder], capture_output=True).returncode:
        return sys.executable
    for package in want.split():
        subprocess.run([program, "-m", "pip", "install", "-q", "--disable-pip-version-check", package],
                       capture_output=True)
    with open(stamp, "w", encoding="utf-8") as out:
        out.write(want)
    return program


READ = r'''
import importlib, json, os, subprocess, sys, glob
folder, store = sys.argv[1:]
done, skipped = 0, []

def reader(*names):
    def run(read):
        global done
        try:
            for name in names:
                importlib.import_module(name)
        except ImportError:
            skipped.append(names[0])
            return
        read()
        done += 1
    return run

rows = [json.loads(line) for line in open(folder + "/record.jsonl", encoding="utf-8")]
said = [r for r in rows if r["type"] == "attribution"]

@reader("pandas")
def tables():
    import pandas
    sheets = {os.path.basename(f)[:-4]: pandas.read_csv(f) for f in glob.glob(folder + "/csv/*.csv")}
    assert len(sheets["attributions"]) == len(said), len(sheets["attributions"])
    assert set(sheets["attributions"]["id"]) == {r["id"] for r in said}
    assert sheets["speakers"]["attributions"].sum() >= len([r for r in said if r["speakers"] and r["mode"] == "speech"])
    days = pandas.to_datetime(sheets["attributions"]["published"], utc=True, format="ISO8601")
    assert days.notna().all()

@reader("openpyxl")
def sheets():
    import openpyxl
    book = openpyxl.load_workbook(folder + "/record.xlsx")
    assert book.sheetnames[-1] == "codebook" and "attributions" in book.sheetnames
    assert book["attributions"].max_row == len(said) + 1
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds, "a formula"

@reader("rdflib")
def graph():
    import rdflib
    graph = rdflib.Graph().parse(folder + "/record.jsonld", format="json-ld")
    schema = rdflib.Namespace("https://schema.org/")
    quotations = set(graph.subjects(rdflib.RDF.type, schema.Quotation))
    assert len(quotations) == len([r for r in said if r["mode"] == "speech"]), len(quotations)
    for one in quotations:
        assert (graph.value(one, schema.isPartOf), rdflib.RDF.type, schema.NewsArticle) in graph

@reader("conllu")
def tokens():
    import conllu
    sentences = conllu.parse(open(folder + "/record.conllu", encoding="utf-8").read())
    assert sum("newdoc id" in s.metadata for s in sentences) == len([r for r in rows if r["type"] == "document"])
    parts = {part for s in sentences for t in s for part in (t["misc"].get("Attribution") or "").split(",") if part}
    begun = {p[2:] for p in parts if p[0] == "B"}
    assert {p[2:] for p in parts} == begun, "a piece without its first token"

@reader("datasette")
def datasette():
    got = subprocess.run([sys.executable, "-m", "datasette", store, "--get",
                          "/record/v_attributions.json?_shape=array&speaker=Ilse+Marten&mode=speech"],
                         capture_output=True, text=True)
    assert got.returncode == 0, got.stderr[-500:]
    shown = json.loads(got.stdout)
    marten = [r for r in said if r["speaker"] == "Ilse Marten" and r["mode"] == "speech"]
    assert {r["id"] for r in shown} == {r["id"] for r in marten}
    assert all(row["content"].split("\n") == next(r for r in marten if r["id"] == row["id"])["content_text"] for row in shown)

print(f"readers: {done} read what was exported" + (f", {len(skipped)} skipped, not to be had here: {', '.join(skipped)}" if skipped else ""))
'''


def main():
    program, build = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "record.db")
        run = lambda *args: subprocess.run([program, *args, "--store", store], check=True, stdout=subprocess.PIPE).stdout
        run("add", os.path.join(ROOT, "examples", "story"))
        with open(os.path.join(folder, "record.jsonl"), "wb") as out:
            out.write(run("export"))
        for name, to in (("csv", "csv"), ("xlsx", "record.xlsx"), ("jsonld", "record.jsonld"), ("conll", "record.conllu")):
            run("export", "--format", name, "-o", os.path.join(folder, to))
        sys.exit(subprocess.run([python(os.path.abspath(build)), "-c", READ, folder, store]).returncode)


if __name__ == "__main__":
    main()
