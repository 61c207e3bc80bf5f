#!/usr/bin/env python3
"""The server's answers against docs/openapi.yaml.

usage: run.py HEARSAY BUILD

First every answer on the demo's store: all pages of all questions and all
articles, validated by their schemas. Then schemathesis: at least a thousand
requests made from the description, valid and invalid, none of which may fail.
Its packages are installed once, into BUILD/api-venv. Where they cannot be had
this says so and ends well.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
DESCRIPTION = os.path.join(ROOT, "docs", "openapi.yaml")
EXAMPLES = 1000
PER_OPERATION = int(os.environ.get("EXAMPLES", "240"))


def packages(build):
    """The python that has them; installs what is missing, None where that fails."""
    folder = os.path.join(build, "api-venv")
    python = os.path.join(folder, "bin", "python3")
    wanted = os.path.join(HERE, "requirements.txt")
    stamp = os.path.join(folder, "installed.txt")
    want = open(wanted, encoding="utf-8").read()
    if os.path.exists(stamp) and open(stamp, encoding="utf-8").read() == want:
        return python
    steps = [[sys.executable, "-m", "venv", folder],
             [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", wanted]]
    for step in steps:
        done = subprocess.run(step, capture_output=True, text=True)
        if done.returncode:
            print("test-api: skipped, schemathesis cannot be had here:", (done.stderr or done.stdout).strip()[-300:])
            return None
    with open(stamp, "w", encoding="utf-8") as out:
        out.write(want)
    return python


class Server:
    def __init__(self, program, folder):
        self.store = os.path.join(folder, "demo.db")
        subprocess.run([program, "add", "--store", self.store, os.path.join(ROOT, "examples", "story")], check=True,
                       stdout=subprocess.DEVNULL)
        self.process = subprocess.Popen([program, "serve", "--store", self.store, "--listen", "127.0.0.1:0",
                                         "--allow-add"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.base = None
        for line in self.process.stdout:
            found = re.search(r"http://\S+", line)
            if found:
                self.base = found.group().rstrip("/") + "/api/v1"
            if "Ctrl-C" in line:
                break

    def close(self):
        self.process.terminate()
        self.process.wait(60)
        self.process.stdout.close()

    def get(self, path, **query):
        address = f"{self.base}/{path}" + ("?" + urllib.parse.urlencode(query) if query else "")
        with urllib.request.urlopen(address, timeout=60) as answer:
            return json.load(answer)


# ---- every answer there is ----

WALK = r"""
import json, sys
import jsonschema_rs, yaml
description, answers = yaml.safe_load(open(sys.argv[1])), json.load(open(sys.argv[2]))
validators = {}
faults = 0
for name, answer in answers:
    if name not in validators:
        schema = description["paths"][name]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        validators[name] = jsonschema_rs.Draft202012Validator({**schema, "components": description["components"]})
    for error in validators[name].iter_errors(answer):
        faults += 1
        print(f"test-api: {name}: {error.message[:300]} at {error.instance_path}")
print(f"test-api: {len(answers)} answers, {faults} faults")
sys.exit(bool(faults))
"""


def pages(server, path, **query):
    cursor = None
    while True:
        answer = server.get(path, limit=7, **query, **({"cursor": cursor} if cursor else {}))
        yield answer
        cursor = answer["cursor"]
        if not cursor:
            return


def every_answer(server):
    """(path of the description, answer) of all questions over the whole store."""
    answers = [("/about", server.get("about")), ("/stats", server.get("stats")), ("/add", server.get("add"))]
    answers += [("/articles", page) for page in pages(server, "articles")]
    answers += [("/attributions", page) for page in pages(server, "attributions", thoughts="true")]
    answers += [("/attributions", server.get("attributions", count="true"))]
    for table in ("speakers", "outlets"):
        answers += [("/" + table, page) for page in pages(server, table)]
        answers += [("/" + table, page) for page in pages(server, table, since="2025-05-04", sort="first", reverse="true")]
    answers += [("/pairs", page) for page in pages(server, "pairs", one="Marten", other="fishermen's union")]
    for word in ("river", "dye", "inquiry", "the", "nothing-of-the-kind"):
        answers += [("/search", page) for page in pages(server, "search", q=word)]
    for name in ("claims", "conflicts", "shifts", "timeline"):
        answers += [(f"/{name}", page) for page in pages(server, name)]
        answers += [(f"/{name}", page) for page in pages(server, name, speaker="Marten", since="2025")]
    answers += [("/copies", page) for page in pages(server, "copies")]
    answers += [("/variants", page) for page in pages(server, "variants", all="true")]
    answers += [("/trace", server.get("trace", q="the water ran orange past my boat", limit=5))]
    statements = {row["id"] for name, page in answers if name == "/timeline" for row in page["rows"]}
    answers += [("/statements/{name}", server.get(f"statements/{one}")) for one in sorted(statements)]
    claims = {row["id"] for name, page in answers if name == "/claims" for row in page["rows"]}
    answers += [("/claims/{name}", server.get(f"claims/{claim}")) for claim in sorted(claims)]
    documents = [row["id"] for name, page in answers if name == "/articles" for row in page["rows"]]
    answers += [("/articles/{name}", server.get(f"articles/{document}")) for document in documents]
    return answers, {"GET /articles/{name}": documents[0], "GET /claims/{name}": min(claims),
                     "GET /statements/{name}": min(statements)}


def walk(python, server, folder):
    answers, names = every_answer(server)
    path = os.path.join(folder, "answers.json")
    with open(path, "w", encoding="utf-8") as out:
        json.dump(answers, out)
    return subprocess.run([python, "-c", WALK, DESCRIPTION, path]).returncode == 0, names


# ---- made-up requests ----

def made_up(python, server, folder, names):
    with open(os.path.join(folder, "schemathesis.toml"), "w", encoding="utf-8") as out:
        for operation, name in names.items():
            out.write(f'[[operations]]\ninclude-name = "{operation}"\nparameters = {{ name = "{name}" }}\n')
    done = subprocess.run([os.path.join(os.path.dirname(python), "schemathesis"), "run", DESCRIPTION, "--url",
                           server.base, "--max-examples", str(PER_OPERATION), "--checks", "all", "--seed", "1",
                           "--no-color", "--request-timeout", "30"], cwd=folder, capture_output=True, text=True)
    made = re.search(r"(\d+) generated", done.stdout)
    count = int(made.group(1)) if made else 0
    if done.returncode or count < EXAMPLES:
        print(done.stdout[-12000:], done.stderr[-2000:])
    print(f"test-api: schemathesis made {count} requests (at least {EXAMPLES}), "
          f"{'a failure among them' if done.returncode else 'no failure'}")
    return done.returncode == 0 and count >= EXAMPLES


def main():
    program, build = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    python = packages(build)
    if not python:
        return 0
    with tempfile.TemporaryDirectory() as folder:
        server = Server(program, folder)
        try:
            sound, names = walk(python, server, folder)
            return 0 if made_up(python, server, folder, names) and sound else 1
        finally:
            server.close()


if __name__ == "__main__":
    sys.exit(main())
