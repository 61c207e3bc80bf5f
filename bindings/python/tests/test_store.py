"""The record, and its questions beside the program's own answers."""
import json
import os
import subprocess

import hearsay
import pytest

PROGRAM = os.environ.get("HEARSAY")


def program(record, *args):
    out = subprocess.run([PROGRAM, *args, "--json"], env={**os.environ, "HEARSAY_STORE": record.path},
                         capture_output=True, check=False).stdout
    return [json.loads(line) for line in out.splitlines()]


QUESTIONS = [
    ("list", lambda s: s.list(), []),
    ("who", lambda s: s.who("Marten"), ["Marten"]),
    ("who", lambda s: s.who(stance=["deny", "admit"], since="2025-05-04"),
     ["--stance", "deny", "--stance", "admit", "--since", "2025-05-04"]),
    ("search", lambda s: s.search("valve", limit=2), ["valve", "--limit", "2"]),
    ("claims", lambda s: s.claims("Eske"), ["Eske"]),
    ("conflicts", lambda s: s.conflicts(), []),
    ("shifts", lambda s: s.shifts(), []),
    ("timeline", lambda s: s.statements("river"), ["river"]),
    ("copies", lambda s: s.copies(), []),
    ("trace", lambda s: s.trace("no untreated water went into the Eske"), ["no untreated water went into the Eske"]),
    ("variants", lambda s: s.variants(), []),
    ("speakers", lambda s: s.speakers(sort="name"), ["--sort", "name"]),
    ("outlets", lambda s: s.outlets(), []),
    ("pairs", lambda s: s.pairs("Marten", "Lien"), ["Marten", "Lien"]),
    ("stats", lambda s: [s.stats()], []),
]


@pytest.mark.skipif(not PROGRAM, reason="HEARSAY names no program")
@pytest.mark.parametrize("question, ask, args", QUESTIONS, ids=[q[0] + str(i) for i, q in enumerate(QUESTIONS)])
def test_answers_are_the_programs(record, question, ask, args):
    ours = ask(record)
    assert ours == program(record, question, *args)
    assert ours or question in ("variants", "pairs", "conflicts", "shifts")


def test_rows_and_dataclasses(record):
    rows = record.who("Marten")
    assert rows[0].path.endswith(".txt") and rows[0]["path"] == rows[0].path
    with pytest.raises(AttributeError, match="has no field"):
        rows[0].nothing
    one = next(rows.attributions())
    assert one.speaker == "Ilse Marten" and one.context["outlet"] == rows[0].outlet
    assert len(list(record.attributions(limit=7))) == record.stats().attributions == record.count("who")
    assert record.show(rows[0].document).attributions
    with pytest.raises(hearsay.HearsayError):
        record.show("no such document")
    assert record.claim(record.claims()[0].id).id == record.claims()[0].id


def test_bad_questions(record):
    with pytest.raises(TypeError, match="no filter"):
        record.who("Marten", colour="red")
    with pytest.raises(ValueError):
        record.ask("everything")
    with pytest.raises(hearsay.HearsayError):
        record.list(sort="nonsense")
    with pytest.raises(hearsay.HearsayError) as e:
        record.claim("nosuchclaim")
    assert e.value.code == "not found"
    with pytest.raises(ValueError):
        record.who("a\0b")


def test_add_remove_and_again(story, tmp_path):
    with hearsay.Store(tmp_path / "s.db") as store:
        seen = []
        receipts = store.add(story, engine="fast", on_progress=lambda *a: seen.append(a))
        assert {r.state for r in receipts} == {"added"} and seen[-1][0] == 7 and seen[-1][1] <= seen[-1][2]
        assert {r.state for r in store.add(story, engine="fast")} == {"same"}
        assert store.remove([receipts[0].id]) == 1 and store.stats().documents == 6
        problems = []
        store.add([story, "nowhere.txt"], engine="fast", on_problem=problems.append)
        assert [p.where for p in problems] == ["nowhere.txt"] and store.stats().documents == 7
        assert store.check() == 0
        store.backup(tmp_path / "copy.db")
    with hearsay.Store(tmp_path / "copy.db", create=False) as copy:
        assert copy.stats().documents == 7
    with pytest.raises(ValueError, match="closed"):
        store.stats()
    with pytest.raises(hearsay.HearsayError):
        hearsay.Store(tmp_path / "nothing.db", create=False)
    (tmp_path / "text.db").write_text("no store at all, only words " * 50)
    with pytest.raises(hearsay.HearsayError):
        hearsay.Store(tmp_path / "text.db").stats()


def test_articles_at_hand_are_known_by_their_ids(tmp_path):
    articles = [{"id": f"n{i}", "published": "2025-04-02", "text": f"Ferry {i} is sound, Edda Falk said."} for i in range(9)]
    with hearsay.Store(tmp_path / "one.db") as one, hearsay.Store(tmp_path / "two.db") as two:
        one.add_articles(articles, engine="fast", name="wire")
        for article in reversed(articles):
            two.add_articles([article], engine="fast", name="wire")
        assert list(one.export()) == list(two.export())
        assert one.add_articles([]) == [] and one.show("wire/n3").source_id == "n3"
        problems = []
        one.add_articles([{"id": "bad", "text": ""}, "Varn denied it, Edda Falk said."], engine="fast",
                         on_problem=problems.append)
        assert [p.where.partition("#")[0] for p in problems] == ["articles/bad"] and one.stats().documents == 10


def test_export_streams_while_the_store_is_asked(record):
    kinds = set()
    for row in record.export():
        kinds.add(row.type)
        record.count("who")
    assert kinds >= {"document", "entity", "attribution", "statement", "claim", "copy"}


def test_tables(record):
    pandas, pa = pytest.importorskip("pandas"), pytest.importorskip("pyarrow")
    frame = record.who("Marten").to_pandas()
    assert isinstance(frame, pandas.DataFrame) and set(frame.speaker) == {"Ilse Marten"}
    assert record.speakers().to_arrow().num_rows == len(record.speakers())
    table = record.to_arrow("claim")
    assert isinstance(table, pa.Table) and table.num_rows == record.stats().claims
    doc = hearsay.extract("The ferry is sound, Edda Falk said on Monday.", engine="fast")
    assert doc.to_arrow().to_pylist()[0]["speaker"] == "Edda Falk" and len(doc.to_pandas()) == 1
    assert hearsay.extract("It rains.", engine="fast").to_arrow().num_rows == 0


def test_parquet_out_and_in(record, tmp_path):
    pq = pytest.importorskip("pyarrow.parquet")
    counts = record.to_parquet(tmp_path / "p", rows_at_once=5)
    for kind, count in counts.items():
        assert pq.read_table(tmp_path / "p" / f"{kind}.parquet").num_rows == count
    assert counts["document"] == 7 and counts["statement"] == record.stats().statements
    with hearsay.Store(tmp_path / "again.db") as again:
        again.import_files(str(tmp_path / "p"))
        assert list(again.export()) == list(record.export())


def test_command(record, tmp_path):
    pytest.importorskip("pyarrow")
    import sys

    out = subprocess.run([sys.executable, "-m", "hearsay", "--store", record.path, "parquet", str(tmp_path / "p")],
                         capture_output=True, text=True)
    assert out.returncode == 0 and out.stdout.split()[:2] == ["document", "7"], out.stderr
    out = subprocess.run([sys.executable, "-m", "hearsay", "--store", str(tmp_path / "n.db"), "import", str(tmp_path / "p")],
                         capture_output=True, text=True)
    assert out.stdout == "added 7\n", out.stderr
    out = subprocess.run([sys.executable, "-m", "hearsay", "--store", "/no/such/folder/x.db", "parquet", str(tmp_path)],
                         capture_output=True, text=True)
    assert out.returncode == 1 and out.stderr.startswith("hearsay: ")
