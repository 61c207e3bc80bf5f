#!/usr/bin/env python3
"""How fast the server answers over a large record, while articles are added.

usage: serve.py HEARSAY [STATEMENTS]

Makes a store of a million statements beside the program (kept for the next
time), starts `hearsay serve` on it and `hearsay add` into it, and asks each
kind of question over one connection with wrk, for a few seconds each. Prints
median and 99th percentile in milliseconds; the bars are 20 and 100. The exit
status is 1 where one is missed.
"""
import functools
import hashlib
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
STORY = os.path.join(ROOT, "examples", "story")
SECONDS = int(os.environ.get("SECONDS_EACH", "6"))
MEDIAN_MS, P99_MS = 20, 100

# ---- a large store: the story many times over, each time in other words ----
#
# Words become other words of the same length in bytes, so that every span
# stays right; how often a word comes follows Zipf's law, as in real text.

KEPT = set("that this with from have been were they their there which would will what when said says told after "
           "before about into over under than then them also not only more most such some".split())
VOCABULARY = 30_000
SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]

# Columns that hold keys, by what they are keys of.
KEYS = {"documents": {"documents.key", "*.document"},
        "attributions": {"attributions.key", "reports.attribution", "sides.attribution", "conflicts.one",
                         "conflicts.other", "shifts.before", "shifts.after", "statements.clearest",
                         "statements.first", "meanings.attribution"},
        "statements": {"statements.key", "reports.statement"},
        "claims": {"claims.key", "sides.claim", "conflicts.claim", "shifts.claim"},
        "shifts": {"shifts.key"},
        "entities": {"entities.key", "local_entities.entity", "shifts.speaker"}}
TEXTS = {"documents.text", "documents.title", "attributions.content", "attributions.speaker", "local_entities.name",
         "entities.name", "names.name", "names.folded", "links.name", "claims.about"}
# What SQLite, other runs or triggers fill, and what linking keeps to go on from: no answer is read there.
LEFT_OUT = re.compile(r"^(sqlite_|.*_words|(state|postings|notes|pairs|spoken|counts|unlinked|words|loose|speaker_figures|outlet_figures|speakers_stale|outlets_stale"
                      r"|textless|meetings|pages|likest|chances|linked_rows|sketches)$)")
# Numbers that are ids of documents or of groups of copies, their first bit turned over.
NUMBERS = {"copies.id", "copies.original", "copy_documents.copy", "copy_documents.document", "copy_passages.copy",
           "copy_passages.document"}
BY_NUMBER = {"copies": "id", "copy_documents": "copy", "copy_passages": "copy"}


def made_word(length, rank):
    """The rank-th word of a length; deterministic."""
    rng = random.Random(f"{length}/{rank}")
    return "".join(rng.choice(SYLLABLES) for _ in range(length))[:length]


@functools.lru_cache(maxsize=1 << 17)
def other_word(word, copy):
    rng = random.Random(f"{copy}/{word}")
    rank = int(VOCABULARY ** rng.random())  # log-uniform: Zipf
    return made_word(len(word), rank)


@functools.lru_cache(maxsize=1 << 14)
def other_text(text, copy):
    def other(match):
        word = match.group()
        if word.lower() in KEPT:
            return word
        new = other_word(word.lower(), copy)
        return new.capitalize() if word[0].isupper() else new

    return re.sub(r"[A-Za-z]{4,}", other, text) if text else text


def selected(table, column, sizes):
    """What a column of a copy is, in SQL over the first copy's row."""
    name = f"{table}.{column}"
    if name in NUMBERS:
        return f"(-9223372036854775807 - 1) | (:copy << 32) | ({column} & 4294967295)"
    if name == "names.bearer":
        return (f"CASE WHEN bearer > 0 THEN bearer + :copy * {sizes['entities']}"
                f" ELSE bearer - (:copy * {sizes['documents']} << 24) END")
    for of, columns in KEYS.items():
        if name in columns or f"*.{column}" in columns:
            return f"{column} + :copy * {sizes[of]}"
    if column in ("id", "claim_id"):
        return f"printf('%08x', :copy) || substr({column}, 9)"
    if name in TEXTS:
        return f"other_text({column}, :copy)"
    if name == "documents.day":
        return "date('2015-01-01', ((:copy * 7919 + key * 131) % 3650) || ' days')"
    if name in ("documents.path", "documents.origin", "documents.url"):
        return f"{column} || '-' || :copy"
    return column


def multiply(db, copies, told):
    tables = [t for (t,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")
              if not LEFT_OUT.match(t)]
    sizes = {of: db.execute(f"SELECT coalesce(max(key), 0) FROM {of}").fetchone()[0] for of in KEYS}
    steps = []
    for table in tables:
        columns = [c[1] for c in db.execute(f"PRAGMA table_info({table})")]
        values = ", ".join(selected(table, c, sizes) for c in columns)
        first = next((f"{c} <= {sizes[of]}" for of, names in KEYS.items() for c in columns
                      if f"{table}.{c}" in names or f"*.{c}" in names), None)
        if table in BY_NUMBER:  # by an id of the first
            db.execute(f"CREATE TEMP TABLE first_{table} AS SELECT * FROM {table}")
            steps.append(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM first_{table}")
        elif first:
            steps.append(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} WHERE {first}")
    began = time.monotonic()
    for copy in range(1, copies):
        for step in steps:
            db.execute(step, {"copy": copy})
        if copy % 500 == 0:
            db.commit()
            told(copy, time.monotonic() - began)
    db.commit()


def shift(db):
    """Somebody who stands on both sides of a claim, as linking would write it."""
    if db.execute("SELECT count(*) FROM shifts").fetchone()[0]:
        return
    db.execute("INSERT INTO shifts(id, claim, speaker, before, after, why, confidence)"
               " SELECT substr(c.id, 1, 15) || 'f', c.key, b.bearer, x.attribution, y.attribution, 'both sides', 0.7"
               " FROM sides x JOIN sides y ON y.claim = x.claim AND y.side < x.side JOIN claims c ON c.key = x.claim"
               " JOIN spoken b ON b.attribution = x.attribution JOIN spoken o ON o.attribution = y.attribution"
               " WHERE b.bearer = o.bearer GROUP BY c.key")


def join_names(db):
    """Linking makes one of those who bear one name; the copies do not. Some then
    speak a few times, some thousands of times, as in a real record."""
    db.execute("CREATE TEMP TABLE one AS SELECT key, min(key) OVER (PARTITION BY name, kind) AS keep FROM entities")
    db.execute("CREATE UNIQUE INDEX temp.one_by_key ON one(key)")
    db.execute("UPDATE local_entities SET entity = keep FROM one WHERE one.key = entity AND keep <> entity")
    db.execute("UPDATE shifts SET speaker = keep FROM one WHERE one.key = speaker AND keep <> speaker")
    db.execute("DELETE FROM entities WHERE key IN (SELECT key FROM one WHERE keep <> key)")


def set_days(db):
    """What is kept of days, of the days that the copies have now."""
    db.execute("UPDATE statements SET (day, last) = (SELECT min(d.day), max(d.day) FROM reports r JOIN attributions a"
               " ON a.key = r.attribution JOIN documents d ON d.key = a.document WHERE r.statement = statements.key)")
    db.execute("UPDATE statements SET first = (SELECT r.attribution FROM reports r JOIN attributions a"
               " ON a.key = r.attribution JOIN documents d ON d.key = a.document WHERE r.statement = statements.key"
               " ORDER BY d.day, d.id LIMIT 1)")
    db.execute("UPDATE reports SET n = o.n FROM (SELECT r.attribution AS report, row_number() OVER (PARTITION BY"
               " r.statement ORDER BY d.day, d.id, a.n) - 1 AS n FROM reports r JOIN attributions a"
               " ON a.key = r.attribution JOIN documents d ON d.key = a.document) o"
               " WHERE o.report = reports.attribution AND o.n <> reports.n")
    db.execute("UPDATE statements SET said_on = date(day, '-1 day') WHERE said_on IS NOT NULL AND day < '~'")
    db.execute("UPDATE copies SET day = (SELECT min(d.day) FROM copy_documents m JOIN documents d ON d.id ="
               " printf('%016llx', CASE WHEN m.document < 0 THEN m.document & 9223372036854775807"
               " ELSE m.document | (-9223372036854775807 - 1) END) WHERE m.copy = copies.id)")


def make_store(program, path, statements):
    temporary = path + ".part"
    for ending in ("", "-wal", "-shm"):
        if os.path.exists(temporary + ending):
            os.remove(temporary + ending)
    subprocess.run([program, "add", "--store", temporary, STORY], check=True, stdout=subprocess.DEVNULL)
    db = sqlite3.connect(temporary)
    db.create_function("other_text", 2, other_text, deterministic=True)
    db.execute("PRAGMA synchronous=OFF")
    db.execute("PRAGMA cache_size=-400000")
    each = db.execute("SELECT count(*) FROM attributions").fetchone()[0]
    copies = -(-statements // each)
    shift(db)
    db.execute("CREATE TEMP TABLE compared AS SELECT key, varies, max(key) OVER () AS count FROM statements")
    multiply(db, copies, lambda done, spent: print(f"  {done} of {copies} stories, {spent:.0f} s", flush=True))
    join_names(db)
    set_days(db)
    there = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    for table in there & {"unlinked", "loose"}:  # all is linked
        db.execute(f"DELETE FROM {table}")
    db.execute("UPDATE statements SET varies = c.varies FROM compared c WHERE c.key = (statements.key - 1) % count + 1")
    db.commit()
    db.close()
    os.rename(temporary, path)


# ---- questions ----

def questions(path):
    """{kind: addresses}, made from rows of the store."""
    rng = random.Random(7)
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    most = db.execute("SELECT max(a.key) FROM attributions a JOIN documents d ON d.key = a.document"
                      " WHERE d.day < '~'").fetchone()[0]  # what an earlier run added has none
    rows = [db.execute("SELECT a.content, a.speaker, d.id, d.day, d.outlet, a.stance FROM attributions a"
                       " JOIN documents d ON d.key = a.document WHERE a.key >= ? AND d.day < '~' LIMIT 1", (rng.randrange(most),)).fetchone()
            for _ in range(300)]
    claims = [db.execute("SELECT id, about FROM claims WHERE key >= ? LIMIT 1",
                         (rng.randrange(db.execute("SELECT max(key) FROM claims").fetchone()[0]),)).fetchone()
              for _ in range(300)]
    statements = [db.execute("SELECT id FROM statements WHERE key >= ? LIMIT 1",
                             (rng.randrange(db.execute("SELECT max(key) FROM statements").fetchone()[0]),)).fetchone()[0]
                  for _ in range(300)]
    entities = [name for (name,) in db.execute("SELECT e.name FROM shifts s JOIN entities e ON e.key = s.speaker"
                                               " WHERE s.key >= ? LIMIT 300", (most // 100,))]
    db.close()

    def words(content, count):
        found = [w for w in re.findall(r"[A-Za-z]{5,}", content) if w.lower() not in KEPT]
        return " ".join(rng.sample(found, min(count, len(found)))) or "nothing"

    def at(name, **query):
        return f"/api/v1/{name}?" + urllib.parse.urlencode(query)

    speakers = [speaker for _, speaker, *_ in rows if speaker]
    days = [day for _, _, _, day, *_ in rows]
    return {
        "articles": [at("articles", since=day) for day in days],
        "articles by outlet": [at("articles", outlet=outlet, since=day) for *_, day, outlet, _ in rows if outlet],
        "articles of a speaker": [at("articles", speaker=speaker) for speaker in speakers],
        "article": [f"/api/v1/articles/{document}" for _, _, document, *_ in rows],
        "who": [at("attributions", speaker=speaker) for speaker in speakers],
        "who, as the page asks": [at("attributions", speaker=speaker, limit=200) for speaker in speakers],
        "attributions, by day": [at("attributions", since=day) for day in days],
        "attributions, by stance": [at("attributions", stance=stance, since=day) for *_, day, _, stance in rows
                                    if stance],
        "search, two words": [at("search", q=words(content, 2)) for content, *_ in rows],
        "search, one word": [at("search", q=words(content, 1)) for content, *_ in rows],
        "search, a sentence": [at("search", q=content[:80]) for content, *_ in rows],
        "search, by word and day": [at("search", q=words(content, 1), since=day) for content, _, _, day, *_ in rows],
        "search, by outlet and day": [at("search", q=words(content, 1), outlet=outlet, until=day)
                                      for content, _, _, day, outlet, _ in rows if outlet],
        "search of a speaker": [at("search", q=words(content, 1), speaker=speaker)
                                for content, speaker, *_ in rows if speaker],
        "timeline": [at("timeline", since=day) for day in days],
        "timeline, one word": [at("timeline", q=words(content, 1)) for content, *_ in rows],
        "timeline, two words": [at("timeline", q=words(content, 2)) for content, *_ in rows],
        "timeline of a speaker": [at("timeline", speaker=speaker) for speaker in speakers],
        "claims": [at("claims")],
        "claims, one word": [at("claims", q=words(about, 1)) for _, about in claims],
        "claims of a speaker": [at("claims", speaker=speaker) for speaker in speakers],
        "claims, by day": [at("claims", since=day) for day in days],
        "claim": [f"/api/v1/claims/{claim}" for claim, _ in claims],
        "conflicts": [at("conflicts")],
        "conflicts of a claim": [at("conflicts", claim=claim) for claim, _ in claims],
        "conflicts of a speaker": [at("conflicts", speaker=speaker) for speaker in speakers],
        "conflicts, one word": [at("conflicts", q=words(about, 1)) for _, about in claims],
        "shifts": [at("shifts")],
        "shifts of a speaker": [at("shifts", speaker=speaker) for speaker in speakers + entities],
        "statement and its spread": [f"/api/v1/statements/{one}" for one in statements],
        "trace of a sentence": [at("trace", q=content[:120]) for content, *_ in rows],
        "variants": [at("variants")],
        "variants of a speaker": [at("variants", speaker=speaker) for speaker in speakers],
        "copies": [at("copies")],
        "copies of an article": [at("copies", document=document) for _, _, document, *_ in rows],
        "stats": ["/api/v1/stats"],
        "page": ["/", "/app.js"],
    }


SCRIPT = """
local paths = {%s}
local at = 0
request = function() at = at %% #paths + 1; return wrk.format("GET", paths[at]) end
done = function(summary, latency, requests)
  io.write(string.format("RESULT %%f %%f %%d %%d\\n", latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.requests, summary.errors.status + summary.errors.timeout + summary.errors.read))
end
"""


def measure(base, folder, addresses):
    """(median ms, 99th percentile ms, requests, errors)."""
    script = os.path.join(folder, "wrk.lua")
    with open(script, "w", encoding="utf-8") as out:
        out.write(SCRIPT % ", ".join(json.dumps(a) for a in addresses))
    done = subprocess.run(["wrk", "-t1", "-c1", f"-d{SECONDS}s", "--timeout", "30s", "-s", script, base],
                          capture_output=True, text=True, timeout=SECONDS + 90)
    found = re.search(r"RESULT (\S+) (\S+) (\d+) (\d+)", done.stdout)
    if not found:
        raise SystemExit(f"wrk: {done.stdout}{done.stderr}")
    return float(found[1]), float(found[2]), int(found[3]), int(found[4])


def start(program, store, port):
    child = subprocess.Popen([program, "serve", "--store", store, "--listen", f"127.0.0.1:{port}"],
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    for line in child.stdout:
        if "Ctrl-C" in line:
            return child
    raise SystemExit("the server did not start")


class Adding:
    """`hearsay add` of new articles, again and again, until it is stopped."""

    def __init__(self, program, store, folder):
        self.runs = 0
        self.path = os.path.join(folder, "new.jsonl")
        self.command = [program, "add", "-j", "1", "--store", store, self.path]
        self.child = None
        self.keep_on()

    def keep_on(self):
        if self.child and self.child.poll() is None:
            return
        text = open(os.path.join(STORY, "01-herald.txt"), encoding="utf-8").read()
        with open(self.path, "w", encoding="utf-8") as out:
            for n in range(200):
                body = other_text(text, 10_000_000 + self.runs * 1000 + n)
                out.write(json.dumps({"id": f"new-{self.runs}-{n}-{os.getpid()}", "text": body}) + "\n")
        self.runs += 1
        self.child = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def stop(self):
        self.child.terminate()
        self.child.wait(60)


def main():
    program = os.path.abspath(sys.argv[1])
    statements = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    if not shutil.which("wrk"):
        print("bench-serve: skipped, there is no wrk here")
        return 0
    kept = os.path.join(os.path.dirname(program), "bench-serve")
    os.makedirs(kept, exist_ok=True)
    schema = hashlib.sha256(open(os.path.join(ROOT, "src", "store", "schema.c"), "rb").read()).hexdigest()[:8]
    store = os.path.join(kept, f"{statements}-{schema}.db")
    if not os.path.exists(store):
        print(f"making {store}", flush=True)
        make_store(program, store, statements)
    kinds = questions(store)
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        port = 7900 + os.getpid() % 90
        server = start(program, store, port)
        adding = Adding(program, store, folder)
        try:
            print(f"{statements} statements, {os.path.getsize(store) / 1e9:.2f} GB, `hearsay add` beside")
            print(f"{'':28}{'median':>10}{'99 %':>10}   ms")
            for kind, addresses in kinds.items():
                adding.keep_on()
                median, p99, requests, errors = measure(f"http://127.0.0.1:{port}", folder, addresses)
                bad = median > MEDIAN_MS or p99 > P99_MS or errors
                missed += bool(bad)
                print(f"{kind:28}{median:10.2f}{p99:10.2f}   {requests} requests"
                      f"{f', {errors} errors' if errors else ''}{'   MISSED' if bad else ''}", flush=True)
        finally:
            adding.stop()
            server.send_signal(signal.SIGTERM)
            server.wait(60)
            server.stdout.close()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
