"""Reading articles: engines, `extract`, `read`."""

from __future__ import annotations

import hashlib
import threading
from functools import lru_cache
from os import PathLike, fspath
from typing import Any, Callable, Dict, Iterable, Iterator, List, Mapping, Optional, Sequence, Tuple, Union

from hearsay._native import Call, Handle, HearsayError, Problem, check, dump, ffi, lib, load, stream
from hearsay.rows import Document, Row

__all__ = ["Engine", "EngineLike", "Article", "extract", "extract_all", "extract_files", "read_files", "version"]

READERS = {"deep": "HEARSAY_DEEP", "fast": "HEARSAY_FAST"}
PathLikes = Union[str, "PathLike[str]", Sequence[Union[str, "PathLike[str]"]]]
Article = Union[str, Mapping[str, Any]]
"""A text, or a mapping with `text` and any of id, title, url, published, outlet, byline, language."""


class Engine:
    """Models and word lists. Loaded once, it may be shared by threads.

    reader: "deep" (an encoder, the default of the program) or "fast" (a linear tagger, fifty times as
    fast, finds less). models: a folder of trained models instead of those built in.
    """

    def __init__(self, reader: str = "deep", models: Optional[Union[str, "PathLike[str]"]] = None):
        if reader not in READERS:
            raise ValueError(f'engine is "deep" or "fast", not {reader!r}')
        err = ffi.new("hearsay_error *")
        path = ffi.NULL if models is None else ffi.new("char[]", fspath(models).encode())
        pointer = lib.hearsay_engine_new(path, getattr(lib, READERS[reader]), err)
        check(pointer != ffi.NULL, err)
        self.reader = reader
        self.handle = Handle(pointer, lib.hearsay_engine_free)

    def __repr__(self) -> str:
        return f"Engine({self.reader!r})"


EngineLike = Union[str, Engine]


@lru_cache(maxsize=None)
def _named(reader: str) -> Engine:
    return Engine(reader)


_loading = threading.Lock()


def engine_of(engine: EngineLike) -> Engine:
    if isinstance(engine, Engine):
        return engine
    with _loading:
        return _named(engine)


def version() -> str:
    """
    >>> version()
    '0.1.0'
    """
    return str(ffi.string(lib.hearsay_version()).decode())


def paths_of(paths: PathLikes) -> List[str]:
    if isinstance(paths, (str, PathLike)):
        return [fspath(paths)]
    return [fspath(p) for p in paths]


FIELDS = ("id", "title", "url", "published", "modified", "outlet", "byline", "language", "text")


def line_of(article: Article) -> bytes:
    """The article as a line of JSON, which the library reads without changing its text."""
    row: Mapping[str, Any] = {"text": article} if isinstance(article, str) else article
    text = row.get("text")
    if not isinstance(text, str):
        raise TypeError(f"an article wants a text, not {type(text).__name__}")
    line = {name: row[name] for name in FIELDS if row.get(name) is not None}
    # With its end: what an article is known by are its bytes, and they have to be the same wherever it stands.
    return dump({k: v if k == "text" else str(v) for k, v in line.items()}) + b"\n"


def input_of(article: Article, name: str) -> Tuple[str, bytes]:
    """An input of its own for the article, named by its id ("articles/a1"), else by its bytes: what it is known
    by then depends on nothing that stands beside it.

    >>> input_of({"id": "a/1", "text": "x"}, "wire")[0]
    'wire/a%2F1'
    """
    line = line_of(article)
    said = None if isinstance(article, str) else article.get("id")
    own = hashlib.sha256(line).hexdigest()[:16] if said in (None, "") else str(said)
    for mark in "%/#\0":
        own = own.replace(mark, f"%{ord(mark):02X}")
    return f"{name}/{'%2E' + own[1:] if own.startswith('.') else own}", line


def _extract(call: Call, engine: Engine, inputs: Iterable[Tuple[str, bytes]], paths: Sequence[str], **fields: Any) -> int:
    how = call.run(inputs, **fields)
    return call.finish(
        lib.hearsay_extract(engine.handle.pointer, call.texts(paths), len(paths), how, call.failed, call.err)
    )


def extract(
    text: Union[str, bytes],
    *,
    engine: EngineLike = "deep",
    id: Optional[str] = None,
    title: Optional[str] = None,
    url: Optional[str] = None,
    published: Optional[str] = None,
    outlet: Optional[str] = None,
) -> Document:
    """Who says what in one article.

    A string is taken as it is: spans count its characters. Bytes are what a file would hold (HTML,
    a mail, …), told by their content; of those that hold several articles the first is given.

    >>> doc = extract('"The ferry is sound," the minister, Edda Falk, said.', engine="fast")
    >>> [(a.speaker, a.stance, a.text) for a in doc.attributions]
    [('Edda Falk', 'affirm', '"The ferry is sound,"')]
    >>> doc.attributions[0].cue[0].of(doc.text)
    'said'
    """
    given = {"title": title, "url": url, "published": published, "outlet": outlet}
    fields: Dict[str, Any] = {"threads": 1, "times": True}
    if isinstance(text, str):
        inputs = [("text", line_of({"text": text, "id": id, **given}))]
    else:
        inputs = [(id or "bytes", text)]
        fields.update({k: given[k] for k in ("title", "published", "outlet")})
    rows: List[bytes] = []
    problems: List[Problem] = []
    _extract(Call(rows.append, problems.append), engine_of(engine), inputs, [], **fields)
    if problems:
        raise problems[0]
    if not rows:
        raise HearsayError("bad input", "python", "holds no article")
    doc = Document.of(load(rows[0]))
    if published and not doc.published:
        raise HearsayError("usage", "python", f'"{published}" is no day')
    return doc


def extract_all(
    articles: Iterable[Article],
    *,
    engine: EngineLike = "deep",
    threads: int = 0,
    batch: int = 64,
    on_problem: Optional[Callable[[Problem], None]] = None,
) -> Iterator[Document]:
    """The same of many, in their order, on `threads` threads (0: one a core), a batch at a time.

    An article that cannot be read is told to on_problem (`where` is "articles#N", N counted from 1)
    and left out; without on_problem it is raised.

    >>> [len(d.attributions) for d in extract_all(["“No,” Edda Falk said.", "It rained."], engine="fast")]
    [1, 0]
    """
    loaded = engine_of(engine)

    def told(problem: Problem) -> None:
        if on_problem is None:
            raise problem
        on_problem(problem)

    done = 0
    waiting: List[bytes] = []

    def run(lines: List[bytes], before: int) -> List[Document]:
        rows: List[bytes] = []

        def renumber(problem: Problem) -> None:
            number = str(problem.where).rpartition("#")[2]
            if number.isdigit():
                problem = Problem(problem.code, problem.stage, problem.message, problem.offset,
                                  f"articles#{before + int(number)}")
            told(problem)

        _extract(Call(rows.append, renumber), loaded, [("articles", b"".join(lines))], [], threads=threads, times=True)
        return [Document.of(load(row)) for row in rows]

    for article in articles:
        waiting.append(line_of(article))
        if len(waiting) == batch:
            yield from run(waiting, done)
            done += len(waiting)
            waiting = []
    if waiting:
        yield from run(waiting, done)


def _files(function: Any, paths: PathLikes, engine: EngineLike, make: Callable[[Dict[str, Any]], Any],
           on_problem: Optional[Callable[[Problem], None]], **fields: Any) -> Iterator[Any]:
    loaded, names = engine_of(engine), paths_of(paths)

    def run(put: Callable[[Any], None]) -> None:
        def problem(p: Problem) -> None:
            if on_problem is None:
                raise p
            on_problem(p)

        call = Call(lambda row: put(make(load(row))), problem)
        how = call.run(**fields)
        call.finish(function(loaded.handle.pointer, call.texts(names), len(names), how, call.failed, call.err))

    return stream(run)


def extract_files(
    paths: PathLikes, *, engine: EngineLike = "deep", threads: int = 0, published: Optional[str] = None,
    on_problem: Optional[Callable[[Problem], None]] = None,
) -> Iterator[Document]:
    """Files and folders of any kind that the program reads, article by article, as they are read.

    The library works in a thread of its own and does not hold the interpreter; a loop that stops
    early stops it.
    """
    return _files(lib.hearsay_extract, paths, engine, Document.of, on_problem, threads=threads, times=True,
                  published=published)


def read_files(
    paths: PathLikes, *, threads: int = 0, explain: bool = False,
    on_problem: Optional[Callable[[Problem], None]] = None,
) -> Iterator[Row]:
    """Pages before any tagging: headline, main text, people, outlet, dates (`hearsay read`)."""
    return _files(lib.hearsay_read, paths, "fast", Row, on_problem, threads=threads, explain=explain)
