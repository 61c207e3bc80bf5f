"""Which articles copy one another: the groups that a store with all of them has.

Articles meet by the fingerprints that the library gave them (`copy_keys`): at each with its sixteen least
holders, unless it is furniture of an outlet or stands nearly everywhere, which the library tells of a sample of
its holders. Who meets twice may copy; what hangs together by that is compared, and grouped, by the library.
"""

from __future__ import annotations

import json
from typing import Any, Dict, Iterable, Iterator, List

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from hearsay import frames
from hearsay._native import Call, ffi, lib, load
from hearsay.spark.components import _cut, components
from hearsay.spark.reading import spark_schema

__all__ = ["copies", "candidates"]

SAMPLE, REPRESENTATIVES, MEETINGS = lib.HEARSAY_SAMPLE, lib.HEARSAY_REPRESENTATIVES, 2


def standing(holders: List[Dict[str, Any]]) -> int:
    """0: the fingerprint tells something."""
    some = holders[:SAMPLE]
    ids = ffi.new("uint64_t[]", [int(h["document"], 16) for h in some])
    marks = ffi.new("uint32_t[]", [h["mark"] for h in some])
    return int(lib.hearsay_copy_standing(ids, marks, len(some)))


def _shared(found: DataFrame) -> DataFrame:
    """Fingerprints of several articles: fingerprint, holders by id, idle."""
    postings = found.where("_corrupt IS NULL").select(
        F.explode("copy_keys.fingerprints").alias("fingerprint"), F.col("id").alias("document"), "copy_keys.mark")
    held = postings.distinct().groupBy("fingerprint").agg(
        F.sort_array(F.collect_list(F.struct("document", "mark"))).alias("holders"))
    schema = pa.schema([
        ("fingerprint", pa.int64()),
        ("holders", pa.list_(pa.struct([("document", pa.string()), ("mark", pa.int64())]))),
        ("idle", pa.bool_())])  # fmt: skip

    def tell(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            rows = batch.to_pylist()
            for row in rows:
                row["idle"] = standing(row["holders"]) != 0
            yield pa.RecordBatch.from_pylist(rows, schema=schema)

    from pyspark.sql.pandas.types import from_arrow_schema

    return _cut(held.where(F.size("holders") > 1).mapInArrow(tell, from_arrow_schema(schema)))


def candidates(found: DataFrame, shared: DataFrame) -> DataFrame:
    """Pairs a < b that may copy one another."""
    with_one = shared.select("fingerprint", "holders", "idle", F.posexplode(
        F.slice("holders", 1, REPRESENTATIVES)).alias("i", "one"))
    met = with_one.select("idle", "i", "one", F.posexplode("holders").alias("k", "other")).where("k > i")
    pairs = met.groupBy(F.col("one.document").alias("a"), F.col("other.document").alias("b")).agg(
        F.sum((~F.col("idle")).cast("int")).alias("telling"), F.count("*").alias("all"))
    # An article most of which is idle text still has its like: then that text counts as well.
    idle = shared.where("idle").select(F.explode("holders.document").alias("id")).groupBy("id").agg(
        F.count("*").alias("idle"))
    prints = found.where("_corrupt IS NULL").select("id", F.size("copy_keys.fingerprints").alias("prints"))
    mostly = prints.join(idle, "id").where("idle * 2 > prints").select(F.col("id").alias("a"), F.lit(True).alias("is_a"))
    marked = pairs.join(mostly, "a", "left").join(
        mostly.select(F.col("a").alias("b"), F.col("is_a").alias("is_b")), "b", "left")
    some = F.coalesce("is_a", "is_b", F.lit(False))
    return marked.where((F.col("telling") >= MEETINGS) | ((F.col("all") >= MEETINGS) & some)).select("a", "b")


def compare(table: pa.Table) -> pa.Table:
    """The groups of one component; its lines are articles, and holders of their fingerprints."""
    rows = [json.loads(line) for line in table.column("line").to_pylist() if line]
    inside = {row["document"] for row in rows if row["type"] == "copy_keys"}
    for row in rows:
        if row["type"] == "holders":
            row["holders"] = [[h["document"], h["mark"]] for h in row["holders"] if h["document"] not in inside]
    data = "\n".join(json.dumps(row) for row in rows if row.get("holders") != []).encode()
    found: List[Dict[str, Any]] = []
    call = Call(lambda row: found.append(frames.shaped(load(row))))
    held = ffi.from_buffer("char[]", data)
    call.finish(lib.hearsay_copies(held, len(data), call.on_row, ffi.NULL, call.err))
    return frames.arrow_of(found, frames.SCHEMAS["copy"])


def copies(found: DataFrame) -> DataFrame:
    """The groups of copies among what `extract` found; columns as in the export.

    What hangs together has to fit into one worker's memory.
    """
    good = _cut(found.where("_corrupt IS NULL").select("id", "text", "copy_keys", "_corrupt").dropDuplicates(["id"]))
    shared = _shared(good)
    of = components(candidates(good, shared)).withColumnRenamed("vertex", "id")
    article = F.to_json(F.struct(F.lit("copy_keys").alias("type"), F.col("id").alias("document"), "copy_keys.*", "text"))
    articles = good.join(of, "id").select("component", article.alias("line"))
    sample = F.slice("holders", 1, SAMPLE)
    holders = shared.select("fingerprint", sample.alias("holders"), F.explode("holders.document").alias("id"))
    line = F.to_json(F.struct(F.lit("holders").alias("type"), "fingerprint", "holders"))
    others = holders.join(of, "id").select("component", line.alias("line")).distinct()
    return articles.union(others).groupBy("component").applyInArrow(compare, spark_schema(frames.SCHEMAS["copy"]))
