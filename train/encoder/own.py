#!/usr/bin/env python3
"""The rows that the program itself finds in stories, each read by a model that has not seen the story.

usage: own.py HEARSAY SHARED OWN MODEL ...
MODEL ... are folders of models, the K-th with a reader of train_reader.py --fold K --folds N, as many as N.
Writes OWN/STORY.db, a store of the story's articles, and OWN/STORY.jsonl, its export; what is there already stays.
"""
import glob
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import statements
import stories

program, shared, own = sys.argv[1:4]
models = sys.argv[4:]
if not models:
    sys.exit("own.py: a model for each fold is wanted")
os.makedirs(own, exist_ok=True)
fold = stories.fold_of(stories.folders(shared), len(models))
for folder in statements.folders(shared):
    name = os.path.basename(folder)
    store, export = (os.path.join(own, name + end) for end in (".db", ".jsonl"))
    if os.path.exists(export):
        continue
    for left in glob.glob(store + "*"):
        os.remove(left)
    env = {**os.environ, "HEARSAY_STORE": store, "HEARSAY_MODEL": models[fold.get(name, 0)], "HEARSAY_ENGINE": "deep"}
    subprocess.run([program, "add", *sorted(glob.glob(folder + "/*.txt"))], env=env, stdout=subprocess.DEVNULL, check=True)
    with open(export + ".new", "wb") as out:
        subprocess.run([program, "export"], env=env, stdout=out, check=True)
    os.rename(export + ".new", export)
