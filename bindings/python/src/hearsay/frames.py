"""Rows as tables. The schema of each type of row is that of the export (docs/format.md); Spark's is the same.

A type is told in words here, so that neither pyarrow nor Spark is needed to read this file:
"text", "int", "real", "bool", {field: type} for a record, [type] for a list, ("map", type) by name.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Dict, Iterable, List, Mapping, Optional, Sequence

if TYPE_CHECKING:
    import pandas
    import pyarrow

__all__ = ["SCHEMAS", "ATTRIBUTION", "arrow_schema", "arrow_of", "pandas_of", "schema_of", "shaped"]

SPANS = [["int"]]
LINK = {"name": "text", "entity": "text", "relation": "text"}
OP = {"kind": "text", "base": ["int"], "other": ["int"], "base_words": "text", "other_words": "text", "slight": "bool"}

ATTRIBUTION: Dict[str, Any] = {
    "id": "text", "document": "text", "speaker": "text", "speakers": ["text"], "source": SPANS, "cue": SPANS,
    "content": SPANS, "content_text": ["text"], "kind": "text", "mode": "text", "stance": "text", "said_on": "text",
    "via": [LINK], "to": [LINK], "parent": "text", "statement": "text",
    "evidence": ("map", {"spans": SPANS, "basis": "text"}), "confidence": "real",
}  # fmt: skip

SCHEMAS: Dict[str, Dict[str, Any]] = {
    "document": {
        "id": "text", "source_id": "text", "path": "text", "url": "text", "title": "text", "outlet": "text",
        "byline": "text", "published": "text", "modified": "text", "language": "text", "sha256": "text",
        "engine": "text", "addresses": ["text"], "text": "text", "layers": "json",
    },
    "entity": {"id": "text", "name": "text", "kind": "text", "titles": ["text"], "aliases": ["text"]},
    "attribution": ATTRIBUTION,
    "statement": {
        "id": "text", "speaker": "text", "speakers": ["text"], "text": "text", "said_on": "text",
        "attributions": ["text"], "first_reported": "text", "independent_reports": "int",
        "variants": [{"attribution": "text", "base": "text", "ops": [OP], "differs": "bool", "cut": "bool"}],
    },
    "claim": {"id": "text", "about": "text", "for": ["text"], "against": ["text"], "why": "text", "confidence": "real"},
    "conflict": {"id": "text", "claim": "text", "attributions": ["text"], "relation": "text", "confidence": "real"},
    "shift": {
        "id": "text", "speaker": "text", "speakers": ["text"], "claim": "text", "before": "text", "after": "text",
        "why": "text", "confidence": "real",
    },
    "copy": {
        "id": "text", "documents": ["text"], "whole": "bool",
        "passages": [{"document": "text", "start": "int", "end": "int"}], "containment": "real", "original": "text",
        "because": "text",
    },
    # What people said of rows: as it is, one JSON object each.
    "correction": {"id": "text", "row": "json"},
    "claim_correction": {"id": "text", "row": "json"},
    "review": {"id": "text", "row": "json"},
}  # fmt: skip
WHOLE = ("correction", "claim_correction", "review")


def schema_of(rows: Sequence[Mapping[str, Any]]) -> Optional[Dict[str, Any]]:
    """The schema of rows that are all as the export has them; None: as they come."""
    kinds = {row.get("type") for row in rows}
    schema = SCHEMAS.get(str(kinds.pop())) if len(kinds) == 1 else None
    extra = schema and any(not (set(row) - {"type"}) <= set(schema) for row in rows)
    return None if extra else schema


def shaped(row: Mapping[str, Any]) -> Dict[str, Any]:
    """A row of the export as a row of its table.

    >>> shaped({"type": "copy", "passages": [["d1", 0, 9]]})["passages"]
    [{'document': 'd1', 'start': 0, 'end': 9}]
    """
    kind = row["type"]
    if kind in WHOLE:
        return {"id": row.get("id"), "row": json.dumps(row)}
    out = {k: v for k, v in row.items() if k != "type"}
    if kind == "copy":
        out["passages"] = [dict(zip(("document", "start", "end"), p)) for p in row["passages"]]
    if "layers" in out:
        out["layers"] = json.dumps(out["layers"])
    return out


def unshaped(kind: str, row: Mapping[str, Any]) -> Dict[str, Any]:
    """The other way round: what `shaped` was made of, as far as `import` reads it."""
    if kind in WHOLE:
        whole: Dict[str, Any] = json.loads(row["row"])
        return whole
    out: Dict[str, Any] = {"type": kind, **row}
    if kind == "document":
        out["layers"] = json.loads(row["layers"])
    if kind == "attribution":
        out["evidence"] = dict(row["evidence"] or [])
    return out


def arrow_type(told: Any) -> "pyarrow.DataType":
    import pyarrow as pa

    if isinstance(told, list):
        return pa.list_(arrow_type(told[0]))
    if isinstance(told, tuple):
        return pa.map_(pa.string(), arrow_type(told[1]))
    if isinstance(told, dict):
        return pa.struct([pa.field(name, arrow_type(inner)) for name, inner in told.items()])
    simple: Dict[str, "pyarrow.DataType"] = {"text": pa.string(), "json": pa.string(), "int": pa.int64(), "real": pa.float64(), "bool": pa.bool_()}
    return simple[told]


def arrow_schema(told: Mapping[str, Any]) -> "pyarrow.Schema":
    import pyarrow as pa

    return pa.schema([pa.field(name, arrow_type(inner)) for name, inner in told.items()])


def _maps(row: Mapping[str, Any], told: Mapping[str, Any]) -> Dict[str, Any]:
    out = {name: row.get(name) for name in told}
    for name, inner in told.items():
        value = out[name]
        if isinstance(inner, tuple) and isinstance(value, Mapping):
            out[name] = list(value.items())
    return out


def arrow_of(rows: Iterable[Mapping[str, Any]], told: Optional[Mapping[str, Any]] = None) -> "pyarrow.Table":
    """
    >>> arrow_of([{"id": "c1", "about": "the dam"}], SCHEMAS["claim"]).num_columns
    6
    """
    import pyarrow as pa

    listed: List[Dict[str, Any]] = [dict(row) for row in rows]
    if told is None:
        return pa.Table.from_pylist([{k: v for k, v in row.items() if v != {}} for row in listed])
    return pa.Table.from_pylist([_maps(row, told) for row in listed], schema=arrow_schema(told))


def pandas_of(rows: Iterable[Mapping[str, Any]], told: Optional[Mapping[str, Any]] = None) -> "pandas.DataFrame":
    import pandas as pd

    return pd.DataFrame([dict(row) for row in rows], columns=list(told) if told else None)
