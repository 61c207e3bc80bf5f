"""Articles of a DataFrame → what was found in them, worker by worker."""

from __future__ import annotations

import json
from typing import Any, Dict, Iterable, Iterator, List, Mapping, Optional

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from hearsay import frames
from hearsay._native import Call, Problem, lib, load
from hearsay.engine import FIELDS, engine_of, input_of

__all__ = ["extract", "documents", "attributions", "entities", "corrupt", "lines", "FOUND"]

COPY_KEYS: Dict[str, Any] = {
    "mark": "int", "outlet": "text", "published": "text", "agency": "text", "fingerprints": ["int"],
    "skip": frames.SPANS, "quoted": frames.SPANS,
}  # fmt: skip

FOUND: Dict[str, Any] = {
    **frames.SCHEMAS["document"], "attributions": [frames.ATTRIBUTION], "entities": [frames.SCHEMAS["entity"]],
    "copy_keys": COPY_KEYS, "_row": "text", "_corrupt": "text",
}  # fmt: skip
"""What `extract` gives: a document of the export a row, with what was found in it."""


class _Gathering:
    """The library's rows of a batch, put together to one row an article."""

    def __init__(self) -> None:
        self.found: Dict[str, Dict[str, Any]] = {}  # by the name of the input
        self.problems: Dict[str, str] = {}
        self.open: Dict[str, Any] = {}

    def take(self, line: bytes) -> None:
        row = load(line)
        kind = row["type"]
        if kind == "document":
            self.open = {**frames.shaped(row), "attributions": [], "entities": []}
            self.found[row["path"].partition("#")[0]] = self.open
        elif kind == "copy_keys":
            self.open["copy_keys"] = {name: row[name] for name in COPY_KEYS}
        else:
            shaped = frames.shaped(row)
            if kind == "attribution":
                shaped["evidence"] = list(shaped["evidence"].items())
            self.open["attributions" if kind == "attribution" else "entities"].append(shaped)

    def miss(self, problem: Problem) -> None:
        self.problems[str(problem.where).partition("#")[0]] = f"{problem.code}: {problem.message}"


def _name_of(row: Mapping[str, Any]) -> str:
    return str(row.get("id") or row.get("url") or "")


def read_batch(rows: List[Dict[str, Any]], engine: Any, name: str, limits: Optional[str]) -> Iterator[Dict[str, Any]]:
    """One row of FOUND for each of the rows, in their order."""
    gathering, inputs = _Gathering(), []
    names: List[Optional[str]] = []
    for row in rows:
        try:
            one = input_of(row, name)
            inputs.append(one)
            names.append(one[0])
        except (TypeError, ValueError) as e:
            names.append(None)
            row["_why"] = f"bad input: {e}"
    call = Call(gathering.take, gathering.miss)
    how = call.run(inputs, threads=1, record=True, limits=limits)
    call.finish(lib.hearsay_extract(engine.handle.pointer, call.texts([]), 0, how, call.failed, call.err))
    for given, row in zip(names, rows):
        found = gathering.found.get(given) if given else None
        why = None if found else row.get("_why") or gathering.problems.get(str(given)) or "bad input: holds no article"
        yield {**(found or {}), "_row": _name_of(row), "_corrupt": why}


def extract(
    df: DataFrame, *, engine: str = "fast", columns: Optional[Mapping[str, str]] = None, name: str = "articles",
    limits: Optional[str] = None, at_once: int = 64,
) -> DataFrame:
    """Who says what in the articles of a DataFrame, a row each.

    df has `text` and may have id, title, url, published, modified, outlet, byline, language; `columns`
    tells other names ({"text": "body"}). `name` stands for the file that they would be in, `limits` are
    those of the program ("seconds=60"). A row that cannot be read (null, too long, …) has `_corrupt`, and
    in `_row` its id; the job goes on.
    """
    names = {field: (columns or {}).get(field, field) for field in FIELDS}
    unknown = set(columns or {}) - set(FIELDS)
    if unknown:
        raise ValueError(f"no field is called {', '.join(sorted(unknown))}; there are {', '.join(FIELDS)}")
    if names["text"] not in df.columns:
        raise ValueError(f"there is no column {names['text']!r} with the text of the articles; "
                         f"there are {', '.join(df.columns)}")
    lost = [c for f, c in names.items() if f in (columns or {}) and c not in df.columns]
    if lost:
        raise ValueError(f"there is no column {', '.join(lost)}; there are {', '.join(df.columns)}")
    chosen = df.select([F.col(f"`{c}`").cast("string").alias(f) for f, c in names.items() if c in df.columns])
    schema = frames.arrow_schema(FOUND)

    def read(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        loaded = engine_of(engine)
        for batch in batches:
            for start in range(0, batch.num_rows, at_once):
                rows = batch.slice(start, at_once).to_pylist()
                found = list(read_batch(rows, loaded, name, limits))
                yield from pa.Table.from_pylist(found, schema=schema).to_batches()

    return chosen.mapInArrow(read, spark_schema(FOUND))


def spark_schema(told: Mapping[str, Any]) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(frames.arrow_schema(told))


# ---- tables of the export ----


def documents(found: DataFrame) -> DataFrame:
    """The documents, without what is corrupt; columns as in the export."""
    return found.where("_corrupt IS NULL").select(list(frames.SCHEMAS["document"]))


def _inner(found: DataFrame, column: str, told: Mapping[str, Any]) -> DataFrame:
    rows = found.where("_corrupt IS NULL").select(F.explode(column).alias("row"))
    return rows.select([F.col(f"row.{name}") for name in told])


def attributions(found: DataFrame) -> DataFrame:
    """The attributions; columns as in the export. Speakers are those of the article alone and `statement`
    is null until the rows are linked in a store."""
    return _inner(found, "attributions", frames.ATTRIBUTION)


def entities(found: DataFrame) -> DataFrame:
    """Who speaks and is spoken to, article by article."""
    return _inner(found, "entities", frames.SCHEMAS["entity"]).dropDuplicates(["id"])


def corrupt(found: DataFrame) -> DataFrame:
    """The rows that could not be read, and why."""
    return found.where("_corrupt IS NOT NULL").select("_row", "_corrupt")


def lines(found: DataFrame) -> DataFrame:
    """The lines of the export of each article, in `value`, for `.write.text(…)` and `hearsay import`."""
    schema = pa.schema([pa.field("value", pa.string())])

    def write(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield pa.RecordBatch.from_pylist([{"value": lines_of(row)} for row in batch.to_pylist()], schema=schema)

    chosen = found.where("_corrupt IS NULL").select([*frames.SCHEMAS["document"], "attributions"])
    return chosen.mapInArrow(write, "value string")


def lines_of(row: Dict[str, Any]) -> str:
    said = row.pop("attributions")
    out = [frames.unshaped("document", row), *(frames.unshaped("attribution", a) for a in said)]
    return "\n".join(json.dumps(line) for line in out)
