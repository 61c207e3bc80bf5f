#!/usr/bin/env python3
"""No folder of src/ includes or calls what stands below it in src/LAYERS.

usage: check_layers.py [ROOT]

Two looks at each .c and .h file: its #include lines, and the names it uses. A
name hsy_<module>_<verb> belongs to the folder whose header declares it, so a
call that goes round the includes (an extern declaration of one's own) shows
too. A folder with a colon in src/LAYERS sees itself and what stands behind it
only. Prints one line a fault; the exit status is 1 where there is one.
"""
import os
import re
import sys

COMMENT_OR_STRING = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"]+)"', re.M)
NAME = re.compile(r"\bhsy_[a-z0-9_]+\b")
CALL = re.compile(r"\b(hsy_[a-z0-9_]+)\((?!\*)")


def read_layers(root):
    """{folder: set of folders it may use, or None for the public header alone}, in order."""
    layers, above = {}, set()
    for line in open(os.path.join(root, "src/LAYERS"), encoding="utf-8"):
        line = line.split("#")[0].strip()
        if not line:
            continue
        folder, _, seen = line.partition(":")
        folder = folder.strip()
        layers[folder] = (set(seen.split()) if seen.strip() else set(above)) | {folder}
        above.add(folder)
    return layers


def sources(root):
    for folder, _, names in sorted(os.walk(os.path.join(root, "src"))):
        for name in sorted(names):
            if name.endswith((".c", ".h")):
                path = os.path.join(folder, name)
                yield os.path.relpath(path, root), open(path, encoding="utf-8").read()


def folder_of(path):
    parts = path.split("/")
    return parts[1] if len(parts) > 2 else None


def bare(text):
    """The text without comments and strings, line numbers kept."""
    return COMMENT_OR_STRING.sub(lambda m: "\n" * m.group().count("\n") or " ", text)


def declared(files):
    """{function: folder} from the headers."""
    owner = {}
    for path, text in files:
        if path.endswith(".h"):
            for name in CALL.findall(bare(text)):
                owner.setdefault(name, folder_of(path))
    return owner


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def check_includes(path, text, allowed, layers):
    for m in INCLUDE.finditer(text):
        target, where = m.group(1), f"{path}:{line_of(text, m.start())}"
        folder = target.split("/")[0] if "/" in target else target
        if folder in layers or folder == "hearsay.h":
            public = folder == "hearsay.h" and folder_of(path) == "api"
            if folder not in allowed and not public:
                yield f"{where}: {folder_of(path)}/ may not include {target}"
        elif "/" not in target:
            yield f'{where}: write "folder/{target}"'
        else:
            yield f"{where}: {target} is in no folder of src/LAYERS"


def check_names(path, text, allowed, owner):
    code = bare(text)
    for m in NAME.finditer(code):
        folder = owner.get(m.group())
        if folder and folder not in allowed:
            yield f"{path}:{line_of(code, m.start())}: {folder_of(path)}/ may not use {m.group()} of {folder}/"


def main(args):
    root = args[0] if args else os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    layers, files = read_layers(root), list(sources(root))
    owner, faults = declared(files), []
    for path, text in files:
        folder = folder_of(path)
        if folder not in layers:
            faults.append(f"{path}: {folder}/ is not in src/LAYERS")
            continue
        faults += check_includes(path, text, layers[folder], layers)
        faults += check_names(path, text, layers[folder], owner)
    for fault in faults:
        print(fault)
    print(f"layers: {len(files)} files, {len(faults)} faults")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
