#!/usr/bin/env python3
"""Matters that users of such programs reported, as cases: which does the program get right?

usage: reports.py PROGRAM FOLDER [NAME ...]

FOLDER/NAME/ holds the input of one case.  Prints one JSON object: {NAME: true
or false}, and the counts.  Each check below is a function of a Case, whose
methods run the program inside the case's folder; what it asks is what the
case's expected.md calls right.
"""
import glob, json, os, re, subprocess, sys, tempfile

CHECKS = {}


def check(name):
    def keep(function):
        CHECKS[name] = function
        return function
    return keep


class Case:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.store = os.path.join(tempfile.mkdtemp(), "case.db")

    def run(self, *args):
        """Status, standard output, standard error."""
        r = subprocess.run([self.program, *args], capture_output=True, text=True, cwd=self.folder,
                           env={**os.environ, "HEARSAY_STORE": self.store})
        return r.returncode, r.stdout, r.stderr

    def files(self, pattern):
        return sorted(os.path.basename(f) for f in glob.glob(os.path.join(self.folder, pattern)))

    def rows(self, command, pattern, *options):
        return [json.loads(line) for line in self.run(command, *options, *self.files(pattern))[1].splitlines()]

    def read(self, pattern):
        return self.rows("read", pattern)

    def said(self, pattern):
        """(speaker, content) of every attribution, and the rows."""
        rows = self.rows("extract", pattern)
        return [(a["speaker"], " ".join(a["content_text"]), a) for r in rows for a in r["attributions"]], rows


def by(said, speaker, words):
    """Somebody whose name holds `speaker` is given words that hold `words`."""
    return any((speaker or "") in (s or "") and (s is None) == (speaker is None) and words in c for s, c, _ in said)


def speakers(said):
    return [s for s, _, _ in said]


FIVE = ("The river rose by two metres", "Mayor Greta Holm said the dyke", "The county engineer, Karl Bruin",
        "Hundreds of people spent", "“We were told in May")


def holds(text, pieces=FIVE):
    return all(p in text for p in pieces)


# ---- days ----

@check("date-line-below-the-headline")
def _(c):
    rows, (said, _) = c.read("*.txt"), c.said("*.txt")
    days = all(r["published"] and r["published"].startswith("2025-03-14") for r in rows)
    out = all(not re.search("Published|Updated|Date:|2025", r["text"].split("\n\n", 1)[-1]) for r in rows)
    ministry = [a for s, _, a in said if s and "ministry" in s]
    clean = all("2025" not in " ".join(a["content_text"]) for _, _, a in said)
    return len(rows) == 6 and days and out and clean and len(ministry) == 6 and all(a["said_on"] == "2025-03-13" for a in ministry)


@check("dateline-with-the-day-first")
def _(c):
    (row,) = c.rows("extract", "1.txt", "--times")
    (a,) = [a for a in row["attributions"] if "ministry" in (a["speaker"] or "")]
    monday = [v for s, e, _, v in row["times"] if row["text"][s:e] == "Monday"]
    return (row["published"] == "2025-03-14" and a["said_on"] == "2025-03-13" and monday == ["2025-03-17"]
            and not any("OSTMARK" in t for t in a["content_text"]))


@check("day-and-month-in-figures")
def _(c):
    said, rows = c.said("note.txt")
    on = {s: a["said_on"] for s, _, a in said}
    return rows[0]["published"] == "2025-03-04" and on.get("Pia Krol") == "2025-02-03" and on.get("Nils Orr") == "2025-02-27"


@check("month-first-page")
def _(c):
    said, rows = c.said("us.html")
    return (rows[0]["published"].startswith("2025-02-09")
            and any(s == "Otto Pell" and a["said_on"] == "2025-02-07" for s, _, a in said))


@check("day-of-a-hearing-to-come")
def _(c):
    return c.read("hearing.html")[0]["published"] is None


@check("time-of-the-newest-post")
def _(c):
    return c.read("live.html")[0]["published"] == "2025-03-09T21:00:00+00:00"


@check("updated-time-below-the-headline")
def _(c):
    (r,) = c.read("updated.html")
    return r["published"] == "2025-03-09T21:00:00+00:00" and r["modified"] == "2025-03-10T11:00:00+00:00"


# ---- paragraphs ----

@check("label-lines-are-not-speech")
def _(c):
    said, _ = c.said("export.txt")
    return len(said) == 2 and by(said, "ministry", "Talks on the river") and by(said, "Otto Pell", "The mill was sold")


@check("brief-of-three-lines")
def _(c):
    said, _ = c.said("brief.txt")
    return any(s == "Greta Holm" and re.sub(r"\s+", " ", t) == "that the pumps would be replaced before the winter, and that the town would pay"
               for s, t, _ in said)


@check("column-of-a-newspaper")
def _(c):
    said, _ = c.said("column.txt")
    who = speakers(said)
    return len(said) == 4 and who.count("Per Oskarsen") == 2 and "Greta Holm" in who and "Rivers Agency" in who


@check("body-in-json-ld")
def _(c):
    text = c.read("app.html")[0]["text"]
    return holds(text) and "Copyright" not in text and "Home" not in text and len(text.split("\n")) == 5


@check("div-between-paragraphs")
def _(c):
    return holds(c.read("div.html")[0]["text"], ("Mayor Greta Holm said the dyke had held.", "Karl Bruin said the pumps would be replaced."))


@check("lede-as-subheading")
def _(c):
    said, _ = c.said("lede.html")
    return by(said, "Greta Holm", "that the lower town would be cut off for another week")


@check("live-page")
def _(c):
    said, rows = c.said("live.html")
    return (rows[0]["published"] == "2025-03-09T21:30:00+00:00" and len(said) == 3
            and all(any(n in (s or "") for s in speakers(said)) for n in ("Bruin", "Holm", "Ost")))


@check("marks-as-147-and-148")
def _(c):
    said, rows = c.said("old.html")
    return "“The dyke held,” said Greta Holm. It’s over – for now." in rows[0]["text"] and any(
        s == "Greta Holm" and a["kind"] == "direct" for s, _, a in said)


@check("paragraph-that-is-a-link")
def _(c):
    return all("Tom Ridge, 54" in r["text"] for r in c.read("*.html"))


@check("reply-as-blockquote")
def _(c):
    said, _ = c.said("reply.html")
    return (any(s == "Greta Holm" and "No, it will not" in t and a["kind"] == "direct" for s, t, a in said)
            and any(s == "Karl Bruin" and "The pumps were sold to us as new" in t and a["kind"] == "direct" for s, t, a in said)
            and not any("letter to the county" in t for _, t, _ in said))


# ---- people on pages ----

@check("byline-with-minutes-ago")
def _(c):
    return c.read("ago.html")[0]["authors"] == ["Jon Devlin"]


@check("teasers-of-other-writers")
def _(c):
    return c.read("teasers.html")[0]["authors"] == ["Jon Devlin"]


# ---- feeds, tables ----

@check("feed-titles-with-markup")
def _(c):
    return [r["title"] for r in c.read("*.xml")] == ["Mayor Holm says no", "Mayor Holm & the café"]


SO_BE_IT = "“So be it,” said Lena Ost."


def one_line_each(err):
    return all(line.startswith("hearsay: ") for line in err.splitlines())


@check("feed-with-a-wrong-encoding")
def _(c):
    rows = c.read("*.xml")
    return (len(rows) == 6 and sum("Karl Bruin said the café was shut. " + SO_BE_IT in r["text"] for r in rows) == 2
            and one_line_each(c.run("read", *c.files("*.xml"))[2]))


@check("feed-with-html-entities")
def _(c):
    text = "\n".join(r["text"].replace("\u00a0", " ") for r in c.read("feed.xml"))
    return holds(text, ("the café was dry", "it was dry", SO_BE_IT, "Hill & Brook was dry"))


@check("feed-with-one-bad-byte")
def _(c):
    rows = c.read("feed.xml")
    return len(rows) == 3 and SO_BE_IT in rows[1]["text"] and re.search("caf[é\ufffd] was shut", rows[1]["text"]) is not None


@check("one-bare-ampersand")
def _(c):
    (r,) = c.read("feed.xml")
    return (r["outlet"] == "Hill & Brook News" and r["title"] == "Mayor's \"no\""
            and len(r["text"].split("\n")) == 3 and "Hill & Brook would pay" in r["text"])


@check("table-in-windows-1252")
def _(c):
    rows = c.rows("read", "table.csv") + c.rows("read", "lines.jsonl")
    return len(rows) == 3 and sum("The café owner Lena Ost said: “We were told.”" in r["text"] for r in rows) == 2


@check("table-with-capital-names")
def _(c):
    rows = c.read("table.csv")
    return len(rows) == 1 and rows[0]["title"] == "Mill sold" and rows[0]["published"] == "2025-03-10"


# ---- crawls ----

@check("warc-with-deflate")
def _(c):
    rows = c.read("deflate.warc")
    return len(rows) == 2 and all(holds(r["text"]) for r in rows)


@check("warc-with-http-2")
def _(c):
    rows = c.read("h2.warc")
    return len(rows) == 1 and holds(rows[0]["text"])


@check("warc-without-content-type")
def _(c):
    rows = c.read("plain.warc")
    return len(rows) == 2 and all(holds(r["text"]) for r in rows)


# ---- copies, and what else a store is asked ----

@check("copies-by-a-notice")
def _(c):
    c.run("add", "notes")
    return c.run("copies", "--json")[1].strip() == ""


@check("name-with-an-apostrophe")
def _(c):
    c.run("add", "names.txt")
    return all(len(c.run("who", "--json", n)[1].splitlines()) == 1 for n in ("O'Neill", "O'Dowd"))


@check("open-and-shut-one-statement")
def _(c):
    def told(folder):
        c.store = os.path.join(tempfile.mkdtemp(), "case.db")
        c.run("add", folder)
        return any(c.run(q, "--json")[1].strip() for q in ("conflicts", "variants"))
    return all(told(f) for f in ("open-shut", "rise-fall", "who-sold"))


# ---- speakers ----

def names(pattern, *expected, exactly=True):
    def run(c):
        who = [s for s in speakers(c.said(pattern)[0])]
        return sorted(map(str, who)) == sorted(expected) if exactly else all(n in who for n in expected)
    return run


CHECKS["dash-and-name"] = names("dash.txt", "Piet Arden", "Orla Finch", "Greta Holm")
CHECKS["given-name-that-is-a-word"] = names("names.txt", "Per Oskarsen", "Will Marsh", "May Ost", "Dean Hain", exactly=False)
CHECKS["quote-after-a-gesture"] = names("gesture.txt", "Rolf Teller", "Inga Moll", "Alva Brandt", exactly=False)
CHECKS["name-with-van-den"] = lambda c: (lambda who: sum("Joe van den Berg" == s for s in who) == 2 and sum("Anna de la Cruz" == s for s in who) == 2
                                         and "Marta von der Linde" in who)(speakers(c.said("names.txt")[0]))
CHECKS["nickname-in-quotes"] = lambda c: (lambda who: any(s in who for s in ("Oskar Velden", "Oskar “Duke” Velden")) and "William Marsh" in who
                                          and "Lola Brandt" in who)(speakers(c.said("names.txt")[0]))
CHECKS["owner-of-no-name"] = lambda c: not any(n in (s or "") for s in speakers(c.said("*.txt")[0]) for n in ("Holm", "Pell")
                                               if any(w in (s or "") for w in ("owner", "driver", "defendant"))) and all(
    any(w in (s or "") for s in speakers(c.said(w + ".txt")[0])) for w in ("owner", "driver", "defendant"))
CHECKS["poll-is-no-person"] = lambda c: all(any(w in (s or "") for s in speakers(c.said(f)[0])) for f, w in
                                            (("poll.txt", "survey"), ("affidavit.txt", "affidavit"), ("ad.txt", "ad")))


@check("lawyer-of-the-other-side")
def _(c):
    return all(any(s and s != "Otto Pell" and w in s for s in speakers(c.said(f)[0])) for f, w in
               (("lawyer.txt", "lawyer"), ("spokesman.txt", "spokesman"), ("of.txt", "lawyer")))


@check("quote-over-three-paragraphs")
def _(c):
    return all(len(said) == 1 and said[0][0] == "Lena Ost" and len(said[0][2]["content"]) == 3
               and all(re.sub("[”\"]$", "", t).endswith(".") for t in said[0][2]["content_text"])
               for said in (c.said(f)[0] for f in ("curly.txt", "straight.txt")))


@check("saturday-before-last")
def _(c):
    (row,) = c.rows("extract", "days.txt", "--times")
    return sorted(str(a["said_on"]) for a in row["attributions"]) == ["2024-09-02", "2025-03-01", "2025-03-03", "2025-03-03"]


@check("speech-without-a-verb")
def _(c):
    who = speakers(c.said("citing.txt")[0])
    return all(any(w in (s or "") for s in who) for w in
               ("harbour police", "maritime lawyers", "two welders", "Otto Pell", "coast guard", "Greta Holm"))


def turns(c, name, least):
    return len(c.said(name)[0]) == least


CHECKS["transcript-with-stage-words"] = lambda c: turns(c, "voice.txt", 5) and turns(c, "qa.txt", 4) and sum(
    s == "Mira Solano" for s in speakers(c.said("qa.txt")[0])) >= 2
CHECKS["transcript-with-titles"] = lambda c: turns(c, "title.txt", 4) and turns(c, "chevron.txt", 4) and any(
    "solano" in (s or "").lower() for s in speakers(c.said("once.txt")[0]))


@check("urged-is-not-content")
def _(c):
    said, _ = c.said("urged.txt")
    to = [l["name"] for _, _, a in said for l in a["to"]]
    return (to.count("Greta Holm") == 3 and not any(s for s in speakers(said)) and
            [t for _, t, _ in said] == ["whether the bridge was safe", "to shut the bridge", "that the bridge was shut"])


@check("asked-is-not-asking")
def _(c):
    asks = [a for _, _, a in c.said("asked.txt")[0] if a["stance"] == "ask"]
    return bool(asks) and all(a["speaker"] is None and a["to"] for a in asks)


@check("asked-then-quoted")
def _(c):
    said, _ = c.said("asked.txt")
    return (any(s == "Greta Holm" and "I cannot say" in t and a["kind"] == "direct" and a["stance"] in ("affirm", "decline") for s, t, a in said)
            and by(said, "Inga Moll", "Nobody told us"))


def main(program, folder, wanted):
    out = {}
    for name in sorted(CHECKS):
        path = os.path.join(folder, name)
        if not os.path.isdir(path) or (wanted and name not in wanted):
            continue
        try:
            out[name] = bool(CHECKS[name](Case(os.path.abspath(program), path)))
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            out[name] = False  # no row, or one row where there should be another
    passed = sum(out.values())
    print(json.dumps({**out, "passed": passed, "cases": len(out)}, indent=1))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
