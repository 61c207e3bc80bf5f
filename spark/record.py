"""What was found, into a store and into Parquet."""

from __future__ import annotations

import os
import tempfile
from typing import Callable, Optional, Union

from pyspark.sql import DataFrame

from hearsay._native import Problem
from hearsay.spark.copying import copies
from hearsay.spark.reading import attributions, corrupt, documents, entities, lines
from hearsay.store import Store

__all__ = ["to_store", "to_parquet"]


def to_store(
    found: DataFrame, store: Union[str, "os.PathLike[str]", Store],
    on_problem: Optional[Callable[[Problem], None]] = None,
) -> int:
    """Takes the articles into a store on the driver, where they are linked: statements, claims, shifts.

    A partition at a time comes over; nothing is tagged again. How many were new.
    """
    own = store if isinstance(store, Store) else Store(store)
    try:
        with tempfile.TemporaryDirectory(prefix="hearsay-") as folder:
            path = os.path.join(folder, "slice.jsonl")
            with open(path, "w", encoding="utf-8") as out:
                for row in lines(found).toLocalIterator(prefetchPartitions=True):
                    out.write(row.value + "\n")
            return sum(r.state == "added" for r in own.import_files(path, on_problem=on_problem))
    finally:
        if own is not store:
            own.close()


def to_parquet(found: DataFrame, folder: str, mode: str = "errorifexists") -> None:
    """document.parquet, entity.parquet, attribution.parquet, copy.parquet and _corrupt.parquet below the folder."""
    tables = {"document": documents(found), "entity": entities(found), "attribution": attributions(found),
              "copy": copies(found), "_corrupt": corrupt(found)}
    for kind, table in tables.items():
        table.write.mode(mode).parquet(os.path.join(folder, f"{kind}.parquet"))
