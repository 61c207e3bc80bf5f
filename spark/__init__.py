"""hearsay on Apache Spark: what one machine finds, over collections of millions.

    found = hearsay.spark.extract(df)          # a row an article; df has text, and id, url, …
    hearsay.spark.attributions(found)          # as in the export
    hearsay.spark.copies(found)                # which articles copy one another
    hearsay.spark.to_store(found, "slice.db")  # linked: statements, claims, shifts

Workers need the wheel of hearsay and pyarrow. PySpark 4 or later.
"""

from hearsay.spark.components import components
from hearsay.spark.copying import copies
from hearsay.spark.reading import attributions, corrupt, documents, entities, extract, lines
from hearsay.spark.record import to_parquet, to_store

__all__ = [
    "attributions", "components", "copies", "corrupt", "documents", "entities", "extract", "lines", "to_parquet",
    "to_store",
]
