"""The record: one file, and the questions of the command line."""

from __future__ import annotations

import tempfile
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterable, Iterator, List, Optional, Sequence, Union

from hearsay import frames
from hearsay._native import Call, Handle, HearsayError, Problem, check, ffi, lib, load, stream
from hearsay.engine import Article, EngineLike, PathLikes, engine_of, input_of, paths_of
from hearsay.rows import Attribution, Document, Receipt, Row, Rows

if TYPE_CHECKING:
    import pyarrow

__all__ = ["Store"]

Names = Union[str, Sequence[str], None]
OnProblem = Optional[Callable[[Problem], None]]
OnProgress = Optional[Callable[[int, int, int], None]]


def _lines(names: Names) -> Optional[str]:
    return names if names is None or isinstance(names, str) else "\n".join(names)


class Store:
    """One SQLite file with the record; made where it is not there, unless create is False.

    Every question takes the filters of the command line: speaker, outlet, stance (one or several),
    since, until (ISO days of publication), without, thoughts, min_confidence, limit, cursor, sort,
    reverse. Answers are `Rows`, lists with `to_pandas()` and `to_arrow()`. A store is used by one
    thread at a time; threads open one each.

    >>> store = Store(":temporary:")
    >>> receipts = store.add_articles([{"id": "a", "published": "2025-04-02", "outlet": "Quay Gazette",
    ...     "text": "“The ferry is sound,” the minister, Edda Falk, said."}], engine="fast")
    >>> [(row.speaker, row.outlet) for row in store.who("Falk")]
    [('Edda Falk', 'Quay Gazette')]
    >>> store.stats().attributions
    1
    >>> store.close()
    """

    def __init__(self, path: Union[str, "PathLike[str]"], create: bool = True):
        self._folder: Optional[tempfile.TemporaryDirectory[str]] = None
        if path == ":temporary:":
            self._folder = tempfile.TemporaryDirectory(prefix="hearsay-")
            path = Path(self._folder.name) / "record.db"
        self.path = fspath(path)
        err = ffi.new("hearsay_error *")
        pointer = lib.hearsay_store_open(ffi.new("char[]", self.path.encode()), create, err)
        check(pointer != ffi.NULL, err)
        self._handle: Optional[Handle] = Handle(pointer, lib.hearsay_store_close)

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Store({self.path!r})"

    def close(self) -> None:
        """Closes the file; what `:temporary:` made goes."""
        if self._handle:
            self._handle.close()
            self._handle = None
        if self._folder:
            self._folder.cleanup()
            self._folder = None

    @property
    def _pointer(self) -> Any:
        if self._handle is None:
            raise ValueError("the store is closed")
        return self._handle.pointer

    # ---- articles in and out ----

    def _run(self, function: Callable[[Call, Any], Any], on_problem: OnProblem, on_progress: OnProgress,
             inputs: Any = (), **fields: Any) -> List[Receipt]:
        receipts: List[Receipt] = []

        def problem(p: Problem) -> None:
            if on_problem is None:
                raise p
            on_problem(p)

        call = Call(lambda row: receipts.append(Receipt.of(load(row))), problem, on_progress)
        call.finish(function(call, call.run(inputs, **fields)))
        return receipts

    def add(
        self, paths: PathLikes, *, engine: EngineLike = "deep", threads: int = 0, replace: bool = False,
        published: Optional[str] = None, title: Optional[str] = None, outlet: Optional[str] = None,
        on_problem: OnProblem = None, on_progress: OnProgress = None,
    ) -> List[Receipt]:
        """Reads files and folders into the record; one receipt an article. What is there already is passed over.

        An article that cannot be read is told to on_problem and left out; without on_problem it ends
        the run (what was committed stays). on_progress gets articles, bytes, and all bytes (0: not known).
        """
        names = paths_of(paths)
        pointer, loaded = self._pointer, engine_of(engine).handle.pointer
        return self._run(
            lambda call, how: lib.hearsay_add(pointer, loaded, call.texts(names), len(names), how, call.failed, call.err),
            on_problem, on_progress, threads=threads, replace=replace, published=published, title=title, outlet=outlet)

    def add_articles(
        self, articles: Iterable[Article], *, engine: EngineLike = "deep", threads: int = 0, replace: bool = False,
        name: str = "articles", on_problem: OnProblem = None,
    ) -> List[Receipt]:
        """The same with articles at hand. An article is known by its address, else by `name` and its own id (its
        bytes, where it has none), and stands under `name/id`."""
        inputs = [input_of(a, name) for a in articles]
        pointer, loaded = self._pointer, engine_of(engine).handle.pointer
        return self._run(
            lambda call, how: lib.hearsay_add(pointer, loaded, call.texts([]), 0, how, call.failed, call.err),
            on_problem, None, inputs, threads=threads, replace=replace)

    def import_files(self, paths: PathLikes, *, on_problem: OnProblem = None) -> List[Receipt]:
        """Takes what `export` wrote (JSON lines, a folder for brat, Parquet files), or another store."""
        names = paths_of(paths)
        with tempfile.TemporaryDirectory(prefix="hearsay-") as folder:
            for i, name in enumerate(names):
                if frames_of_parquet(Path(name)):
                    names[i] = str(Path(folder) / f"{i}.jsonl")
                    write_lines(Path(name), frames_of_parquet(Path(name)), Path(names[i]))
            pointer = self._pointer
            return self._run(
                lambda call, how: lib.hearsay_import(pointer, call.texts(names), len(names), how, call.failed, call.err),
                on_problem, None)

    def remove(self, names: Union[str, Sequence[str]]) -> int:
        """Takes out the documents with these ids, paths or addresses; how many there were."""
        listed = [names] if isinstance(names, str) else list(names)
        call = Call(lambda row: None)
        removed = ffi.new("uint64_t *")
        call.finish(lib.hearsay_remove(self._pointer, call.texts(listed), len(listed), removed, call.err))
        return int(removed[0])

    # ---- questions ----

    def ask(self, question: str, words: Optional[str] = None, **filters: Any) -> Rows:
        """Any question of hearsay.h by its name ("who", "like", "suggest", …).

        "like" wants engine= and finds what that engine has read.
        """
        number = getattr(lib, f"HEARSAY_{question.upper()}", None)
        if number is None or question.upper() in ("DEEP", "FAST", "QUESTIONS"):
            raise ValueError(f"there is no question {question!r}")
        rows = Rows()
        call = Call(lambda row: rows.append(Row(load(row))))
        how = ffi.new("hearsay_filter *", {"words": call.text(words)})
        for name, value in filters.items():
            if name not in FILTERS:
                raise TypeError(f"no filter is called {name!r}; there are {', '.join(sorted(FILTERS))}")
            setattr(how, name, FILTERS[name](call, value))
        call.finish(lib.hearsay_ask(self._pointer, number, how, call.on_row, ffi.NULL, call.err))
        return rows

    def list(self, **filters: Any) -> Rows:
        """Documents, without their text."""
        return self.ask("list", **filters)

    def show(self, document: str, **filters: Any) -> Document:
        """One document, by its id, path or address."""
        rows = self.ask("show", document, **filters)
        if not rows:
            raise HearsayError("not found", "python", "there is no such document", where=document)
        return Document.of(rows[0])

    def who(self, name: Optional[str] = None, **filters: Any) -> Rows:
        """Attributions of a speaker, or of everybody."""
        return self.ask("who", name, **filters)

    def attributions(self, name: Optional[str] = None, **filters: Any) -> Iterator[Attribution]:
        """The same as dataclasses, a page at a time."""
        filters.setdefault("limit", 500)
        while True:
            rows = self.who(name, **filters)
            yield from rows.attributions()
            if len(rows) < filters["limit"] or not rows.cursor:
                return
            filters["cursor"] = rows.cursor

    def search(self, words: str, **filters: Any) -> Rows:
        """Statements and documents that hold the words."""
        return self.ask("search", words, **filters)

    def statements(self, words: Optional[str] = None, **filters: Any) -> Rows:
        """Statements that hold the words, by day (`hearsay timeline`)."""
        return self.ask("timeline", words, **filters)

    timeline = statements

    def trace(self, words: str, **filters: Any) -> Rows:
        """How the nearest statement spread: a remembered sentence, or the id of an attribution or statement."""
        return self.ask("trace", words, **filters)

    def copies(self, document: Optional[str] = None, **filters: Any) -> Rows:
        """Groups of articles that copy one another."""
        return self.ask("copies", document, **filters)

    def variants(self, name: Optional[str] = None, **filters: Any) -> Rows:
        """Statements that are quoted in differing words."""
        return self.ask("variants", name, **filters)

    def claims(self, words: Optional[str] = None, **filters: Any) -> Rows:
        """What some hold true and others not."""
        return self.ask("claims", words, **filters)

    def claim(self, id: str, **filters: Any) -> Row:
        """One claim with its two sides; its id, or the start of one."""
        rows = self.ask("claim", id, **filters)
        if not rows:
            raise HearsayError("not found", "python", "there is no such claim", where=id)
        return rows[0]

    def conflicts(self, words: Optional[str] = None, **filters: Any) -> Rows:
        """Pairs of statements that cannot both be so."""
        return self.ask("conflicts", words, **filters)

    def shifts(self, name: Optional[str] = None, **filters: Any) -> Rows:
        """Who was on one side and later on the other."""
        return self.ask("shifts", name, **filters)

    def speakers(self, words: Optional[str] = None, **filters: Any) -> Rows:
        """Who speaks, with figures."""
        return self.ask("speakers", words, **filters)

    def outlets(self, words: Optional[str] = None, **filters: Any) -> Rows:
        """Who publishes, with figures."""
        return self.ask("outlets", words, **filters)

    def pairs(self, one: str, other: str, **filters: Any) -> Rows:
        """Claims on which both take a side."""
        return self.ask("pairs", f"{one}\n{other}", **filters)

    def like(self, words: str, *, engine: EngineLike = "deep", **filters: Any) -> Rows:
        """Statements that mean about what the words say."""
        return self.ask("like", words, engine=engine, **filters)

    def corrections(self, **filters: Any) -> Rows:
        """What was put right about names."""
        return self.ask("corrections", **filters)

    def reviews(self, row: Optional[str] = None, **filters: Any) -> Rows:
        """Marks of reviewers."""
        return self.ask("reviews", row, **filters)

    def stats(self, **filters: Any) -> Row:
        """Counts."""
        return self.ask("stats", **filters)[0]

    def count(self, question: str, words: Optional[str] = None, **filters: Any) -> int:
        """How many rows a question has."""
        return int(self.ask(question, words, count=True, **filters)[0]["rows"])

    # ---- the whole record ----

    def export(self) -> Iterator[Row]:
        """All rows of the record, as `hearsay export` writes them, read while they are used."""
        path = self.path

        def run(put: Callable[[Any], None]) -> None:
            with Store(path, create=False) as own:
                call = Call(lambda row: put(Row(load(row))))
                call.finish(lib.hearsay_export(own._pointer, call.text("jsonl"), call.on_row, ffi.NULL, call.err))

        return stream(run, ahead=1024)

    def to_arrow(self, kind: str) -> "pyarrow.Table":
        """All rows of one type ("attribution", "claim", …) as a table in the export's schema."""
        return frames.arrow_of((frames.shaped(r) for r in self.export() if r["type"] == kind), frames.SCHEMAS[kind])

    def to_parquet(self, folder: Union[str, "PathLike[str]"], rows_at_once: int = 10000) -> Dict[str, int]:
        """Writes document.parquet, attribution.parquet, … into the folder; how many rows each has.

        Rows stream through; a type of which the record has none gets an empty file.
        """
        from hearsay.parquet import Writer

        with Writer(Path(folder), rows_at_once) as writer:
            for row in self.export():
                writer.put(row)
        return writer.counts

    def check(self, repair: bool = False) -> int:
        """How much of the file is wrong, and was not repaired."""
        call, wrong = Call(lambda row: None), ffi.new("uint64_t *")
        call.finish(lib.hearsay_check(self._pointer, repair, call.on_row, ffi.NULL, wrong, call.err))
        return int(wrong[0])

    def backup(self, path: Union[str, "PathLike[str]"]) -> None:
        """The store as it stands into a new file."""
        call = Call(lambda row: None)
        call.finish(lib.hearsay_backup(self._pointer, call.text(fspath(path)), call.err))


def _engine(call: Call, value: Any) -> Any:
    loaded = engine_of(value)
    call.kept.append(loaded)
    return loaded.handle.pointer


def _text(call: Call, value: Any) -> Any:
    return call.text(_lines(value))


def _plain(_call: Call, value: Any) -> Any:
    return value


FILTERS: Dict[str, Callable[[Call, Any], Any]] = {
    **dict.fromkeys(("speaker", "outlet", "stance", "since", "until", "without", "cursor", "claim", "sort"), _text),
    **dict.fromkeys(("thoughts", "min_confidence", "limit", "held_by_several", "all", "reverse", "count"), _plain),
    "engine": _engine,
}


def frames_of_parquet(path: Path) -> List[Path]:
    """document.parquet and the like in a folder, or the folder document/ of many parts that Spark writes."""
    return [p for kind in frames.SCHEMAS for p in (path / f"{kind}.parquet",) if p.exists()] if path.is_dir() else []


def write_lines(folder: Path, files: List[Path], out: Path) -> None:
    from hearsay.parquet import lines_of

    with open(out, "wb") as to:
        for line in lines_of(folder):
            to.write(line + b"\n")
