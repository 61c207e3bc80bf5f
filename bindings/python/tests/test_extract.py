"""Articles in, dataclasses out; what is no article."""
import pickle
import threading
import time

import hearsay
import pytest
from conftest import FERRY


def test_spans_are_pythons_own():
    text = "🚢 naïve… " + FERRY
    doc = hearsay.extract(text, engine="fast", published="2025-04-02")
    assert doc.text == text
    for a in doc.attributions:
        assert [s.of(text) for s in a.content] == a.content_text
    assert {a.speaker for a in doc.attributions} >= {"Edda Falk"}
    assert doc.speakers[0].name == "Edda Falk" and len(doc.speakers[0].attributions) == 2
    assert any(t.type == "DATE" for t in doc.times)


def test_a_text_stays_as_it_is():
    for text in ("\n\n x", "a\r\nb “c,” d said.\r\n", "wrapped\nlines,\nhe said", "\ufeffa", "a\0b said."):
        assert hearsay.extract(text, engine="fast").text == text


def test_bytes_are_what_a_file_holds():
    page = b"<html><head><title>Ferry</title></head><body><article><p>The ferry is sound, Edda Falk said on Tuesday " \
           b"in the harbour of the town.</p><p>It sails again in May, the minister said.</p></article></body></html>"
    doc = hearsay.extract(page, engine="fast", outlet="Quay Gazette")
    assert doc.outlet == "Quay Gazette" and [a.speaker for a in doc.attributions][0] == "Edda Falk"


def test_both_engines_are_named():
    assert hearsay.extract(FERRY, engine="fast").engine == "fast"
    with pytest.raises(ValueError):
        hearsay.extract(FERRY, engine="slow")
    assert hearsay.extract(FERRY, engine="deep").engine == "deep"


@pytest.mark.parametrize("bad, code", [(b"", "bad input"), (b"\x89PNG\r\n\x1a\n" + bytes(64), "bad input")])
def test_what_is_no_article_is_an_error(bad, code):
    with pytest.raises(hearsay.HearsayError) as e:
        hearsay.extract(bad, engine="fast")
    assert e.value.code == code and e.value.message


def test_too_long_an_article_is_an_error():
    with pytest.raises(hearsay.Problem) as e:
        hearsay.extract("A word said. " * 800_000, engine="fast")
    assert e.value.code == "limit"
    with pytest.raises(hearsay.HearsayError):
        hearsay.extract(FERRY, engine="fast", published="tomorrow")
    with pytest.raises(hearsay.Problem):
        hearsay.extract("", engine="fast")
    with pytest.raises(TypeError):
        hearsay.extract(None, engine="fast")


def test_errors_travel():
    e = pickle.loads(pickle.dumps(hearsay.Problem("limit", "format", "too long", 3, "a#1")))
    assert (e.code, e.offset, str(e)) == ("limit", 3, "a#1: too long")


def test_many_in_order_and_the_bad_named():
    articles = [{"id": f"a{i}", "text": f"The ferry {i} is sound, Edda Falk said."} for i in range(150)]
    articles[70] = {"id": "a70", "text": "x" * (9 << 20)}
    with pytest.raises(hearsay.Problem):
        list(hearsay.extract_all(articles, engine="fast"))
    problems = []
    docs = list(hearsay.extract_all(articles, engine="fast", on_problem=problems.append, threads=2))
    assert [d.id for d in docs] == [f"a{i}" for i in range(150) if i != 70]
    assert [(p.where, p.code) for p in problems] == [("articles#71", "limit")]
    with pytest.raises(TypeError):
        list(hearsay.extract_all([{"id": "no text"}], engine="fast"))


def test_files_stream(story):
    docs = list(hearsay.extract_files(story, engine="fast"))
    assert len(docs) == 7
    first = next(iter(hearsay.extract_files([story], engine="fast")))
    assert first.path == docs[0].path
    with pytest.raises(hearsay.Problem):
        list(hearsay.extract_files("no/such/file", engine="fast"))
    assert len(list(hearsay.read_files(story))) == 7


def test_a_loop_that_stops_early_leaves_no_thread(story):
    for _ in hearsay.extract_files([story] * 20, engine="fast"):
        break
    deadline = time.monotonic() + 60
    while any(t.name == "hearsay" for t in threading.enumerate()) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not any(t.name == "hearsay" for t in threading.enumerate())


def test_the_interpreter_is_let_go():
    """While one thread is in the library, another counts."""
    text = FERRY * 300
    hearsay.extract(FERRY, engine="fast")
    done = threading.Event()
    worker = threading.Thread(target=lambda: (hearsay.extract(text, engine="fast"), done.set()))
    ticks = 0
    worker.start()
    while not done.is_set():
        ticks += 1
        time.sleep(0.0005)
    worker.join()
    assert ticks > 5


def test_an_exception_of_a_callback_comes_out(story, tmp_path):
    def stop(*_):
        raise KeyError("enough")

    with hearsay.Store(tmp_path / "s.db") as store, pytest.raises(KeyError):
        store.add(story, engine="fast", on_progress=stop)
