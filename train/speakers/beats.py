"""Writes a story of short articles in which somebody is described and speaks, without a verb of saying.

usage: beats.py FOLDER

News seldom does so, and a ranker that is trained on news alone does not learn
it: "The clerk, Inga Moll, was blunt. “Nobody told us.”" and "“Nobody told us.”
Inga Moll was blunt."  Names and words are invented; the same every time.
"""
import json
import pathlib
import random
import sys

GIVEN = "Inga Rolf Alva Greta Otto Karl Lena Pia Nils Vera Jana Emil Tilda Bruno Edda Hanno Marit Joris Selma Anton".split()
FAMILY = "Moll Teller Brandt Holm Pell Bruin Ost Krol Orr Lunt Piro Voss Renn Hain Falk Velk Sund Aker Drost Marn".split()
OFFICES = ["clerk", "mayor", "chairman", "harbour master", "engineer", "minister", "coach", "driver", "warden", "head teacher"]
BEATS = ["was blunt", "shook {own} head", "shrugged", "looked at the floor", "was less sure", "did not hide {own} anger",
         "smiled", "pointed at the map", "has run the mill since the spring", "was asked about the dam",
         "turned to the council", "was asked whether the bridge was safe", "stood at the gate", "has heard it before"]
OTHERS = ["{he} nodded.", "The room fell silent.", "The council meets on Monday.", "The dam was built by {other}.",
          "Rain had fallen all night.", "The letter was sent to {other}."]
WORDS = ["Nobody told us.", "I cannot say.", "That is not my hand.", "You signed this in May.", "We knew it all along.",
         "It was never safe.", "They had a year to mend it.", "We will be back.", "Ask them.", "I would do it again."]
BEFORE = ["{other} said on Tuesday that the dam would hold.", "“The dam will hold,” {other} said.",
          "The mill burned down on Sunday.", "{other} told the council that it was too late."]


def article(rng):
    who, other = rng.sample([f"{g} {f}" for g, f in zip(rng.sample(GIVEN, 2), rng.sample(FAMILY, 2))], 2)
    beat = rng.choice(BEATS).replace("{own}", rng.choice(["his", "her"]))
    name = rng.choice([who, who, f"The {rng.choice(OFFICES)}, {who},", f"{rng.choice(OFFICES).capitalize()} {who}"])
    words, told = rng.choice(WORDS), [rng.choice(BEFORE).replace("{other}", other)]
    quoted, line = f"“{words}”", f"{name} {beat}."
    told.append(f"{line} {quoted}" if rng.random() < 0.6 else f"{quoted} {line}")
    if rng.random() < 0.5:
        told[-1] += " " + rng.choice(OTHERS).replace("{other}", other).replace("{he}", "The " + rng.choice(OFFICES))
    return "\n\n".join(told) + "\n", who, quoted


def main(folder):
    rng, out = random.Random(7), pathlib.Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    rows = []
    for i in range(80):
        text, who, quoted = article(rng)
        (out / f"{i:02}.txt").write_text(text, encoding="utf-8")
        rows.append({"id": f"b{i}", "doc": f"{i:02}.txt", "speaker": who, "content": quoted, "kind": "direct"})
    (out / "expected.json").write_text(json.dumps({"attributions": rows}, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(__doc__) if len(sys.argv) != 2 else main(sys.argv[1])
