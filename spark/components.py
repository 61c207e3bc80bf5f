"""Connected components by an iterative join."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

__all__ = ["components"]


def _cut(df: DataFrame) -> DataFrame:
    """What was computed so far is kept, and how is forgotten: plans would double with each round."""
    kept = df.sparkSession.sparkContext._jsc.sc().getCheckpointDir().isDefined()
    return df.checkpoint() if kept else df.localCheckpoint()


def components(edges: DataFrame, most_rounds: int = 64) -> DataFrame:
    """edges has a and b; out come vertex and component, the least vertex that it is joined with.

    Each round a vertex takes the least label of its neighbours, then the label of that label (as in
    pointer jumping), so that a chain of n takes some log n rounds. With a checkpoint folder
    (`sc.setCheckpointDir`) a lost worker costs its own part alone.
    """
    there = edges.select("a", "b")
    both = _cut(there.union(there.select(F.col("b").alias("a"), F.col("a").alias("b"))).distinct())
    labels = _cut(both.groupBy(F.col("a").alias("vertex")).agg(F.min("b").alias("near")).select(
        "vertex", F.least("vertex", "near").alias("label")))
    for _ in range(most_rounds):
        theirs = labels.select(F.col("vertex").alias("b"), F.col("label").alias("near"))
        near = both.join(theirs, "b").groupBy(F.col("a").alias("vertex")).agg(F.min("near").alias("near"))
        least = labels.join(near, "vertex").select("vertex", "label", F.least("label", "near").alias("least"))
        beyond = least.select(F.col("vertex").alias("least"), F.col("least").alias("beyond"))
        new = _cut(least.join(beyond, "least").select("vertex", "label", F.least("least", "beyond").alias("new")))
        labels = new.select("vertex", F.col("new").alias("label"))
        if new.where("label <> new").isEmpty():
            return labels.select("vertex", F.col("label").alias("component"))
    raise RuntimeError(f"components did not settle in {most_rounds} rounds")
