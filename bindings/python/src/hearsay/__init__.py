"""News articles in, a record of who said what out: how, through whom, when and with what stance.

>>> import hearsay
>>> doc = hearsay.extract("The mayor denied that the dam had leaked.", engine="fast")
>>> doc.attributions[0].speaker, doc.attributions[0].stance
('mayor', 'deny')
"""

from hearsay._native import HearsayError, Problem
from hearsay.engine import Engine, extract, extract_all, extract_files, read_files, version
from hearsay.rows import Attribution, Document, Evidence, Link, Receipt, Row, Rows, Span, Speaker, Time
from hearsay.store import Store

__version__ = version()
__all__ = [
    "Attribution", "Document", "Engine", "Evidence", "HearsayError", "Link", "Problem", "Receipt", "Row", "Rows",
    "Span", "Speaker", "Store", "Time", "extract", "extract_all", "extract_files", "read_files", "version",
]
