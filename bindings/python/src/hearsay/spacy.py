"""A component for spaCy, and a drop-in for textacy's direct_quotations.

    nlp.add_pipe("hearsay", config={"engine": "fast"})
    doc.spans["quotes"]       what is said, a span a piece; label_ is the kind
    doc._.attributions        hearsay.Attribution, their spans characters of doc.text
"""

from __future__ import annotations

from typing import Any, Iterator, List, NamedTuple, Optional

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup, Token

from hearsay.engine import EngineLike, engine_of, extract
from hearsay.rows import Attribution
from hearsay.rows import Span as Characters

__all__ = ["Hearsay", "make", "direct_quotations", "DQTriple"]


class Hearsay:
    """Fills doc.spans["quotes"] and doc._.attributions."""

    def __init__(self, engine: EngineLike = "deep", thoughts: bool = False, key: str = "quotes"):
        self.engine = engine_of(engine)
        self.thoughts, self.key = thoughts, key
        if not Doc.has_extension("attributions"):
            Doc.set_extension("attributions", default=None)

    def __call__(self, doc: Doc) -> Doc:
        found = attributions_of(doc, self.engine)
        doc._.attributions = [a for a in found if self.thoughts or a.mode != "thought"]
        quotes = [span for a in doc._.attributions for span in _spans(doc, a.content, a.kind)]
        doc.spans[self.key] = SpanGroup(doc, name=self.key, spans=quotes)
        return doc

    # What nlp.to_disk asks of a component: there is nothing of ours to keep.
    def to_disk(self, path: Any, *, exclude: Any = ()) -> None: ...
    def from_disk(self, path: Any, *, exclude: Any = ()) -> "Hearsay":
        return self

    def to_bytes(self, *, exclude: Any = ()) -> bytes:
        return b""

    def from_bytes(self, data: bytes, *, exclude: Any = ()) -> "Hearsay":
        return self


@Language.factory("hearsay", assigns=["doc.spans"], default_config={"engine": "deep", "thoughts": False, "key": "quotes"})
def make(nlp: Language, name: str, engine: str, thoughts: bool, key: str) -> Hearsay:
    return Hearsay(engine, thoughts, key)


def attributions_of(doc: Doc, engine: EngineLike) -> List[Attribution]:
    return extract(doc.text, engine=engine).attributions if doc.text.strip() else []


def _span(doc: Doc, characters: Characters, label: str = "") -> Optional[Span]:
    return doc.char_span(characters.start, characters.end, label=label, alignment_mode="expand")


def _spans(doc: Doc, characters: List[Characters], label: str = "") -> Iterator[Span]:
    for one in characters:
        span = _span(doc, one, label)
        if span is not None:
            yield span


class DQTriple(NamedTuple):
    """As textacy.extract.triples.DQTriple."""

    speaker: List[Token]
    cue: List[Token]
    content: Span


def direct_quotations(doc: Doc, *, engine: EngineLike = "deep") -> Iterator[DQTriple]:
    """In the place of textacy.extract.direct_quotations: a triple for each quotation, in order.

    Needs no tagger or parser of the pipeline. A quotation in pieces gives a triple a piece.
    """
    for a in attributions_of(doc, engine):
        if a.kind == "indirect" or a.mode == "thought":
            continue
        speaker = [token for span in _spans(doc, a.source) for token in span]
        cue = [token for span in _spans(doc, a.cue) for token in span]
        for piece in _quoted(doc, a):
            yield DQTriple(speaker, cue, piece)


MARKS = {'"': '"', "“": "”", "‘": "’", "«": "»", "„": "“", "'": "'"}


def _quoted(doc: Doc, a: Attribution) -> Iterator[Span]:
    """Pieces between quotation marks; of a mixed one what stands between them."""
    for piece in a.content:
        text = piece.of(doc.text)
        if a.kind == "direct":
            yield from _spans(doc, [piece])
            continue
        start = 0
        while start < len(text):
            if text[start] in MARKS:
                end = text.find(MARKS[text[start]], start + 1)
                if end > 0:
                    yield from _spans(doc, [Characters(piece.start + start, piece.start + end + 1)])
                    start = end
            start += 1
