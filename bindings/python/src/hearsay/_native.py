"""The library as it is: opening it, calling it, its errors. Everything above this file is Python alone."""

from __future__ import annotations

import json
import os
import queue
import threading
from pathlib import Path
from typing import Any, Callable, Dict, Iterable, Iterator, List, Optional, Sequence, Tuple, Union

from hearsay import _api  # written by build_api.py

ffi: Any = _api.ffi

__all__ = ["HearsayError", "Problem", "Call", "Handle", "ffi", "lib", "library_path", "check", "stream"]

CODES = ("ok", "no memory", "limit", "bad input", "io", "store", "usage", "not found", "stopped")


def library_path() -> str:
    """Where the library lies: beside this file, or where HEARSAY_LIBRARY says."""
    said = os.environ.get("HEARSAY_LIBRARY")
    if said:
        return said
    here = Path(__file__).parent
    found = sorted(here.glob("libhearsay.so*"))
    if not found:
        raise ImportError(f"no libhearsay.so in {here}; install the wheel, or set HEARSAY_LIBRARY")
    return str(found[0])


lib: Any = ffi.dlopen(library_path())


class HearsayError(Exception):
    """What the library refuses or cannot do.

    `code` is one of "no memory", "limit", "bad input", "io", "store", "usage", "not found";
    `stage` the part that failed, `offset` the byte of the input or None, `where` the input.
    """

    def __init__(self, code: str, stage: str, message: str, offset: Optional[int] = None, where: Optional[str] = None):
        super().__init__(f"{where}: {message}" if where else message)
        self.code, self.stage, self.message, self.offset, self.where = code, stage, message, offset, where

    def __reduce__(self) -> Tuple[Any, ...]:  # crosses from Spark's workers
        return HearsayError, (self.code, self.stage, self.message, self.offset, self.where)


class Problem(HearsayError):
    """An article that could not be read; the run went on with the next."""

    def __reduce__(self) -> Tuple[Any, ...]:
        return Problem, (self.code, self.stage, self.message, self.offset, self.where)


def text_of(pointer: Any) -> str:
    return "" if pointer == ffi.NULL else str(ffi.string(pointer).decode("utf-8", "replace"))


def error_of(err: Any, where: Optional[str] = None, kind: Callable[..., HearsayError] = HearsayError) -> HearsayError:
    code = CODES[err.code] if 0 <= err.code < len(CODES) else str(err.code)
    return kind(code, text_of(err.stage), text_of(err.message) or "failed", err.offset if err.offset >= 0 else None, where)


def check(ok: Any, err: Any) -> None:
    if not ok:
        raise error_of(err)


class Handle:
    """A pointer that the library owns, freed once."""

    def __init__(self, pointer: Any, free: Any):
        self.pointer = ffi.gc(pointer, free)

    def close(self) -> None:
        if self.pointer is not None:
            ffi.release(self.pointer)
            self.pointer = None


class Call:
    """The functions that one call of the library is given, and what it told them.

    An exception of a function stops the call and is raised from it.
    """

    def __init__(
        self,
        on_row: Callable[[bytes], None],
        on_problem: Optional[Callable[[Problem], None]] = None,
        on_progress: Optional[Callable[[int, int, int], None]] = None,
        on_note: Optional[Callable[[str], None]] = None,
    ):
        self.raised: Optional[BaseException] = None
        self.err = ffi.new("hearsay_error *")
        self.failed = ffi.new("uint64_t *")
        self.kept: List[Any] = []  # strings and arrays that C borrows until the call is over

        def guarded(run: Callable[[], None]) -> bool:
            if self.raised is None:
                try:
                    run()
                    return True
                except BaseException as e:  # also a keyboard's
                    self.raised = e
            return False

        def row(_user: Any, data: Any, length: int) -> bool:
            return guarded(lambda: on_row(ffi.unpack(data, length)))

        def problem(_user: Any, where: Any, what: Any) -> None:
            if on_problem:
                told = error_of(what, text_of(where), Problem)
                guarded(lambda: on_problem(told))  # type: ignore[arg-type]

        def progress(_user: Any, articles: int, done: int, total: int) -> None:
            if on_progress:
                guarded(lambda: on_progress(articles, done, total))

        def note(_user: Any, message: Any) -> None:
            if on_note:
                guarded(lambda: on_note(text_of(message)))

        self.on_row = ffi.callback("bool(void *, const char *, size_t)", row)
        self.on_problem = ffi.callback("void(void *, const char *, const hearsay_error *)", problem)
        self.on_progress = ffi.callback("void(void *, uint64_t, uint64_t, uint64_t)", progress) if on_progress else ffi.NULL
        self.on_note = ffi.callback("void(void *, const char *)", note) if on_note else ffi.NULL

    def text(self, value: Optional[str]) -> Any:
        if value is None:
            return ffi.NULL
        if "\0" in value:
            raise ValueError("a text with a zero byte cannot be handed to the library here")
        self.kept.append(ffi.new("char[]", value.encode("utf-8")))
        return self.kept[-1]

    def texts(self, values: Sequence[str]) -> Any:
        self.kept.append(ffi.new("const char *[]", [self.text(v) for v in values]))
        return self.kept[-1]

    def run(self, inputs: Iterable[Tuple[str, bytes]] = (), **fields: Any) -> Any:
        """A hearsay_run with these fields."""
        how = ffi.new("hearsay_run *")
        self.kept.append(how)
        for name, value in fields.items():
            setattr(how, name, self.text(value) if value is None or isinstance(value, str) else value)
        rows = []
        for name, data in inputs:
            held = ffi.from_buffer("char[]", data)
            self.kept.append(held)
            rows.append({"name": self.text(name), "bytes": held, "len": len(data)})
        self.kept.append(ffi.new("hearsay_input[]", rows))
        how.inputs, how.input_count = self.kept[-1], len(rows)
        how.on_row, how.on_problem, how.on_progress, how.on_note = (
            self.on_row, self.on_problem, self.on_progress, self.on_note)
        return how

    def finish(self, ok: Any) -> int:
        """How many articles could not be read; raises what went wrong."""
        if self.raised is not None:
            raise self.raised
        check(ok, self.err)
        return int(self.failed[0])


def stream(run: Callable[[Callable[[Any], None]], None], ahead: int = 64) -> Iterator[Any]:
    """What `run` puts, one by one, while it works in a thread of its own, `ahead` items before the reader at most.

    The library lets go of the interpreter while it works; a reader that stops early stops it.
    """
    items: "queue.Queue[Any]" = queue.Queue(ahead)
    stop = threading.Event()
    end = object()

    def put(item: Any) -> None:
        while not stop.is_set():
            try:
                items.put(item, timeout=0.1)
                return
            except queue.Full:
                continue
        raise GeneratorExit

    def work() -> None:
        try:
            run(put)
            put(end)
        except GeneratorExit:
            pass
        except BaseException as e:
            try:
                put((end, e))
            except GeneratorExit:
                pass

    worker = threading.Thread(target=work, name="hearsay", daemon=True)
    worker.start()
    try:
        while True:
            item = items.get()
            if item is end:
                return
            if isinstance(item, tuple) and len(item) == 2 and item[0] is end:
                raise item[1]
            yield item
    finally:
        stop.set()
        worker.join()


def dump(row: Dict[str, Any]) -> bytes:
    return json.dumps(row).encode("ascii")


def load(line: Union[bytes, str]) -> Dict[str, Any]:
    row: Dict[str, Any] = json.loads(line)
    return row
