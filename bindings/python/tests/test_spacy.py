"""The component, and the drop-in for textacy."""
import pytest

spacy = pytest.importorskip("spacy")
from conftest import FERRY  # noqa: E402


@pytest.fixture(scope="module")
def nlp():
    import hearsay.spacy  # noqa: F401

    nlp = spacy.blank("en")
    nlp.add_pipe("hearsay", config={"engine": "fast"})
    return nlp


def test_component(nlp, tmp_path):
    doc = nlp("👋 " + FERRY)
    assert [s.text for s in doc.spans["quotes"]] == [t for a in doc._.attributions for t in a.content_text]
    assert {s.label_ for s in doc.spans["quotes"]} == {"direct", "indirect"}
    for a in doc._.attributions:
        assert [s.of(doc.text) for s in a.content] == a.content_text
    assert nlp("")._.attributions == [] and list(nlp("It rained.").spans["quotes"]) == []
    nlp.to_disk(tmp_path / "nlp")
    assert len(spacy.load(tmp_path / "nlp")(FERRY)._.attributions) == len(doc._.attributions)
    assert [len(d._.attributions) for d in nlp.pipe([FERRY, "It rained.", FERRY])] == [len(doc._.attributions), 0,
                                                                                    len(doc._.attributions)]


def test_direct_quotations():
    from hearsay.spacy import direct_quotations

    doc = spacy.blank("en")(FERRY + "The union called it “a tale for children,” and left.\n")
    triples = list(direct_quotations(doc, engine="fast"))
    assert triples[0].content.text == "“We checked it in March,”"
    assert [t.text for t in triples[0].speaker] == ["Falk"] and [t.text for t in triples[0].cue] == ["told"]
    assert all(t.content.text[0] == "“" for t in triples)


def test_it_stands_in_for_textacys():
    triples = pytest.importorskip("textacy.extract.triples")
    from hearsay.spacy import DQTriple

    assert DQTriple._fields == triples.DQTriple._fields
