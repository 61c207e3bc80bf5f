"""Parquet in the export's schema, written from rows as they stream and read back for `import`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from hearsay import frames
from hearsay._native import dump

__all__ = ["Writer", "lines_of"]


class Writer:
    """One file a type of row; what is kept of each until it is written is bounded."""

    def __init__(self, folder: Path, rows_at_once: int = 10000):
        folder.mkdir(parents=True, exist_ok=True)
        self.rows_at_once = rows_at_once
        self.counts: Dict[str, int] = dict.fromkeys(frames.SCHEMAS, 0)
        self.schemas = {kind: frames.arrow_schema(told) for kind, told in frames.SCHEMAS.items()}
        self.files = {
            kind: pq.ParquetWriter(str(folder / f"{kind}.parquet"), schema, compression="zstd")
            for kind, schema in self.schemas.items()
        }
        self.waiting: Dict[str, List[Dict[str, Any]]] = {kind: [] for kind in frames.SCHEMAS}

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *_: Any) -> None:
        for kind, file in self.files.items():
            self._flush(kind)
            file.close()

    def put(self, row: Mapping[str, Any]) -> None:
        kind = row["type"]
        if kind not in self.waiting:  # a type of a later version
            return
        self.counts[kind] += 1
        self.waiting[kind].append(frames.shaped(row))
        if len(self.waiting[kind]) >= self.rows_at_once:
            self._flush(kind)

    def _flush(self, kind: str) -> None:
        if self.waiting[kind]:
            self.files[kind].write_table(frames.arrow_of(self.waiting[kind], frames.SCHEMAS[kind]))
        self.waiting[kind] = []


def _rows(path: Path) -> Iterator[Dict[str, Any]]:
    for batch in ds.dataset(str(path), format="parquet").to_batches():
        yield from batch.to_pylist()


def lines_of(folder: Path) -> Iterator[bytes]:
    """The lines that `import` reads: each document with its attributions, then what people said."""
    said: Dict[str, List[bytes]] = {}
    if (folder / "attribution.parquet").exists():
        for row in _rows(folder / "attribution.parquet"):
            said.setdefault(row["document"], []).append(dump(frames.unshaped("attribution", row)))
    for row in _rows(folder / "document.parquet"):
        yield dump(frames.unshaped("document", row))
        yield from said.pop(row["id"], [])
    for kind in frames.WHOLE:
        if (folder / f"{kind}.parquet").exists():
            for row in _rows(folder / f"{kind}.parquet"):
                yield dump(frames.unshaped(kind, row))


def empty(kind: str) -> pa.Table:
    return frames.arrow_of([], frames.SCHEMAS[kind])
