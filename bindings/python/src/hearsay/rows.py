"""What the library answers with, as dataclasses. Fields are those of docs/format.md.

Spans count characters of a document's text, as Python does: `doc.text[span.start:span.end]`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Dict, Iterator, List, Mapping, NamedTuple, Optional

from hearsay import frames

if TYPE_CHECKING:
    import pandas
    import pyarrow

__all__ = ["Span", "Link", "Evidence", "Time", "Speaker", "Attribution", "Document", "Receipt", "Row", "Rows"]


class Span(NamedTuple):
    """Characters [start, end) of a text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """
        >>> Span(0, 3).of("Edda Falk")
        'Edd'
        """
        return text[self.start : self.end]


def spans(values: List[List[int]]) -> List[Span]:
    return [Span(start, end) for start, end in values]


@dataclass(frozen=True)
class Link:
    """Through whom a statement came, or to whom it was said."""

    name: str
    entity: Optional[str] = None
    relation: Optional[str] = None


@dataclass(frozen=True)
class Evidence:
    """The words that a field rests on; basis is explicit, inherited or inferred."""

    spans: List[Span]
    basis: str


@dataclass(frozen=True)
class Time:
    """A time expression; type and value as in TIMEX3."""

    start: int
    end: int
    type: str
    value: Optional[str]


@dataclass(frozen=True)
class Speaker:
    """Who speaks in a document, and what."""

    name: str
    attributions: List["Attribution"]


@dataclass(frozen=True)
class Attribution:
    """One report of speech: who, in which words it is reported, what is said."""

    id: str
    speaker: Optional[str]
    source: List[Span]
    cue: List[Span]
    content: List[Span]
    content_text: List[str]
    kind: str
    """direct, indirect or mixed"""
    mode: str
    """speech or thought"""
    stance: Optional[str]
    said_on: Optional[str]
    via: List[Link]
    to: List[Link]
    parent: Optional[str]
    evidence: Dict[str, Evidence]
    confidence: float
    document: Optional[str] = None
    speakers: List[str] = field(default_factory=list)
    statement: Optional[str] = None
    context: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """what an answer has besides: source_text, cue_text, path, title, outlet, published, …"""

    @property
    def text(self) -> str:
        """What is said, its pieces joined as they are printed."""
        return " … ".join(self.content_text)

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Attribution":
        known = {name: row[name] for name in cls.__dataclass_fields__ if name in row}
        for part in ("source", "cue", "content"):
            known[part] = spans(row[part])
        for part in ("via", "to"):
            known[part] = [Link(**link) for link in row[part]]
        known["evidence"] = {k: Evidence(spans(v["spans"]), v["basis"]) for k, v in row["evidence"].items()}
        known["context"] = {k: v for k, v in row.items() if k not in known and k != "type"}
        return cls(**known)


@dataclass(frozen=True)
class Document:
    """An article with what was found in it."""

    id: Optional[str]
    text: str
    attributions: List[Attribution]
    times: List[Time] = field(default_factory=list)
    source_id: Optional[str] = None
    path: Optional[str] = None
    url: Optional[str] = None
    title: Optional[str] = None
    outlet: Optional[str] = None
    byline: Optional[str] = None
    published: Optional[str] = None
    modified: Optional[str] = None
    language: Optional[str] = None
    sha256: Optional[str] = None
    engine: Optional[str] = None
    addresses: List[str] = field(default_factory=list)

    @property
    def speakers(self) -> List[Speaker]:
        """Who speaks, in the order in which they are first reported."""
        said: Dict[str, List[Attribution]] = {}
        for a in self.attributions:
            if a.speaker is not None:
                said.setdefault(a.speaker, []).append(a)
        return [Speaker(name, rows) for name, rows in said.items()]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Document":
        known = {name: row[name] for name in cls.__dataclass_fields__ if name in row}
        known["attributions"] = [Attribution.of(a) for a in row.get("attributions", [])]
        known["times"] = [Time(*t) for t in row.get("times", [])]
        return cls(**known)

    def to_dict(self) -> Dict[str, Any]:
        return asdict(self)

    def to_pandas(self) -> "pandas.DataFrame":
        """The attributions as a table."""
        return frames.pandas_of([asdict(a) for a in self.attributions], frames.ATTRIBUTION)

    def to_arrow(self) -> "pyarrow.Table":
        """The attributions as a table."""
        return frames.arrow_of([asdict(a) for a in self.attributions], frames.ATTRIBUTION)


@dataclass(frozen=True)
class Receipt:
    """What became of one article that was added."""

    id: str
    path: str
    state: str
    """added, same or replaced"""
    attributions: int
    language: Optional[str] = None
    read: Optional[bool] = None
    without: List[str] = field(default_factory=list)

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Receipt":
        return cls(**{name: row[name] for name in cls.__dataclass_fields__ if name in row})


class Row(Dict[str, Any]):
    """A row of an answer; its fields (docs/format.md) are keys, and attributes.

    >>> Row(name="Edda Falk", articles=2).name
    'Edda Falk'
    """

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"this row has no field {name!r}; it has {', '.join(self)}") from None


class Rows(List[Row]):
    """The rows of an answer."""

    @property
    def cursor(self) -> Optional[str]:
        """Where the answer ended: given back with the same question, it goes on behind that."""
        return self[-1].get("cursor") if self else None

    def attributions(self) -> Iterator[Attribution]:
        """The rows that are attributions, as dataclasses."""
        return (Attribution.of(row) for row in self if row.get("type") == "attribution")

    def to_pandas(self) -> "pandas.DataFrame":
        return frames.pandas_of(self, frames.schema_of(self))

    def to_arrow(self) -> "pyarrow.Table":
        return frames.arrow_of(self, frames.schema_of(self))
