"""python -m hearsay parquet FOLDER | import PATH…   --store FILE

What the program leaves to Python: Parquet out of a record and back into one.
"""

from __future__ import annotations

import argparse
import os
import sys

from hearsay import HearsayError, Store


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m hearsay", description=__doc__)
    parser.add_argument("--store", default=os.environ.get("HEARSAY_STORE"))
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("parquet", help="write the record as Parquet").add_argument("folder")
    commands.add_parser("import", help="take exports, Parquet or stores into the record").add_argument("paths", nargs="+")
    given = parser.parse_args()
    if not given.store:
        parser.error("which store? --store FILE, or HEARSAY_STORE")
    try:
        with Store(given.store, create=given.command == "import") as store:
            if given.command == "parquet":
                for kind, count in store.to_parquet(given.folder).items():
                    print(f"{kind:18}{count:9}")
            else:
                failed = 0

                def say(problem: HearsayError) -> None:
                    nonlocal failed
                    failed += 1
                    print(f"hearsay: {problem}", file=sys.stderr)

                receipts = store.import_files(given.paths, on_problem=say)
                print(f"added {sum(r.state == 'added' for r in receipts)}")
                return 1 if failed else 0
    except (HearsayError, OSError) as e:
        print(f"hearsay: {e}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
