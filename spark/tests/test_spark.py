"""The same rows as one machine; what cannot be read is set aside with the reason."""
import os
import signal

import pytest
from hearsay import Store, frames, spark as hs

LINKED = ("speaker", "speakers", "statement", "via", "to")  # what only linking tells


def rows_of(frame):
    return [row.asDict(recursive=True) for row in frame.collect()]


def by_id(rows):
    return sorted(rows, key=lambda r: r["id"])


def exported(store, kind):
    return by_id(frames.shaped(r) for r in store.export() if r["type"] == kind)


def test_documents_and_attributions(found, machine):
    assert by_id(rows_of(hs.documents(found))) == exported(machine, "document")
    ours, theirs = by_id(rows_of(hs.attributions(found))), exported(machine, "attribution")
    assert len(ours) == len(theirs) > 100
    for a, b in zip(ours, theirs):
        for name in LINKED:
            a.pop(name), b.pop(name)
        for side in (a, b):
            for why in side["evidence"].values():
                why["spans"] = [list(s) for s in why["spans"]]
        assert a == b
    assert hs.corrupt(found).count() == 0


def test_copies(found, machine):
    ours, theirs = by_id(rows_of(hs.copies(found))), exported(machine, "copy")
    assert len(theirs) > 10 and {c["whole"] for c in theirs} == {True, False}
    assert ours == theirs


def test_the_record_is_that_of_one_machine(found, machine, tmp_path):
    with Store(tmp_path / "record.db") as store:
        assert hs.to_store(found, store) == machine.stats().documents
        assert hs.to_store(found, store) == 0
        assert list(store.export()) == list(machine.export())
        assert store.stats().statements > 0 and store.claims()


def test_parquet_and_lines(found, machine, spark, tmp_path):
    hs.to_parquet(found, str(tmp_path / "p"))
    for kind in ("document", "attribution", "copy"):
        back = spark.read.parquet(str(tmp_path / "p" / f"{kind}.parquet"))
        assert back.count() == len(exported(machine, kind))
        assert set(back.columns) == set(frames.SCHEMAS[kind])
    hs.lines(found).write.text(str(tmp_path / "lines"))
    parts = [str(tmp_path / "lines" / n) for n in os.listdir(tmp_path / "lines") if n.startswith("part-")]
    with Store(tmp_path / "again.db") as store, Store(tmp_path / "parquet.db") as other:
        store.import_files(parts)
        other.import_files(str(tmp_path / "p"))
        assert list(store.export()) == list(other.export()) == list(machine.export())


def test_poisoned_rows_are_set_aside(spark, given):
    bad = [("null", None), ("empty", ""), ("long", "A word. " * (10 << 17)), ("zero", "a\0b said no."),
           ("blank", "\n \n"), ("../up", "The ferry is sound, Edda Falk said."), ("good", given[0]["text"])]
    found = hs.extract(spark.createDataFrame(bad, "id string, text string")).cache()
    why = {row._row: row._corrupt for row in hs.corrupt(found).collect()}
    assert {"null", "empty", "long"} <= set(why) and not {"good", "../up", "zero"} & set(why)
    assert why["long"].startswith("limit: ") and "text" in why["null"]
    assert hs.documents(found).count() + len(why) == len(bad)
    assert hs.copies(found).count() == 0


def test_a_schema_without_text(spark):
    with pytest.raises(ValueError, match="body"):
        hs.extract(spark.createDataFrame([("a", "b")], "id string, body string"))
    with pytest.raises(ValueError, match="colour"):
        hs.extract(spark.createDataFrame([("a", "b")], "id string, text string"), columns={"colour": "id"})
    with pytest.raises(ValueError, match="missing"):
        hs.extract(spark.createDataFrame([("a", "b")], "id string, text string"), columns={"title": "missing"})
    named = hs.extract(spark.createDataFrame([("a", "“No,” Edda Falk said.")], "id string, body string"), columns={"text": "body"})
    assert hs.attributions(named).count() == 1


def test_no_articles(spark):
    found = hs.extract(spark.createDataFrame([], "id string, text string"))
    assert found.count() == hs.copies(found).count() == 0


def test_a_worker_that_is_killed(frame, machine, tmp_path):
    mark = str(tmp_path / "killed")

    def kill_once(batches):
        for batch in batches:
            try:
                os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
                os.kill(os.getpid(), signal.SIGKILL)
            except FileExistsError:
                yield batch

    found = hs.extract(frame.mapInArrow(kill_once, frame.schema))
    assert found.count() == machine.stats().documents and os.path.exists(mark)


def test_a_store_that_is_read_meanwhile(found, tmp_path):
    path = tmp_path / "busy.db"
    with Store(path) as reader:
        rows = reader.export()
        assert hs.to_store(found, path) == found.count()
        list(rows)
        assert reader.stats().documents == found.count()


def test_components(spark):
    chain = [(f"{i:03}", f"{i + 1:03}") for i in range(40)] + [("x", "y"), ("y", "z"), ("x", "z")]
    labels = {r.vertex: r.component for r in hs.components(spark.createDataFrame(chain, "a string, b string")).collect()}
    assert len(labels) == 44 and {labels[v] for v in "xyz"} == {"x"}
    assert {labels[f"{i:03}"] for i in range(41)} == {"000"}
