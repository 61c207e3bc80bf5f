"""NOTICE names whatever the word lists, the models and the page were made from.

usage: tools/check_notice.py
"""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
NOTICE = " ".join((ROOT / "NOTICE").read_text().split())
problems = []


def wants(what, why):
    if what not in NOTICE:
        problems.append(f"NOTICE does not name {what!r}, {why}")


for path in sorted((ROOT / "data/lexicon").glob("**/*.txt")):
    name = path.relative_to(ROOT / "data/lexicon")
    head = "".join(line for line in path.read_text().splitlines(True)[:3] if line.startswith("#"))
    if re.search("Written by|Counted by", head):
        wants(str(name), "which a program made")
    for source in re.findall(r"([\w-]+ \d+\.\d+(?:\.\d+)?)[ ,)]", head):
        wants(source, f"which {name} is from")

for path in sorted((ROOT / "data/model").glob("*.bin")):
    wants(path.name, "a model")
    head = path.read_bytes()[:2000].decode("ascii", "ignore")
    for base in re.findall(r"^base: (.+?) \(", head, re.M):
        wants(base, f"from which {path.name} began")
    for data in re.findall(r"^data: (.+)$", head, re.M):
        for source in re.findall(r"PolNeAR|FEVER symmetric|Perspectrum|BASIL", data):
            wants(source, f"on which {path.name} was trained")

package = json.loads((ROOT / "web/package.json").read_text())
lock = json.loads((ROOT / "web/package-lock.json").read_text())
for where, licence in (("package.json", package.get("license")), ("package-lock.json", lock["packages"][""].get("license"))):
    if licence != "Apache-2.0":
        problems.append(f"web/{where} says {licence}, LICENSE is Apache-2.0")
wanted = list(package["dependencies"])
while wanted:
    name = wanted.pop()
    wants(name, "which the page holds")
    wanted += [n for n in lock["packages"].get(f"node_modules/{name}", {}).get("dependencies", {}) if n not in NOTICE]

print("\n".join(problems) or "check_notice: every source is named")
sys.exit(bool(problems))
