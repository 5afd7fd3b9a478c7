"""The process that jobs are forked from: warm, single-threaded, one job at a time, each child under its own limits.

Started by `workers.py` as `python -m ecabinet.paper.keeper`. It speaks frames on stdin and stdout:
a request is REQUEST (memory in bytes, CPU seconds, wall seconds, length) and a pickled (function, args);
a reply is REPLY (exit code of the child as `os.waitstatus_to_exitcode` tells it, length) and the pickled outcome.
"""

import gc
import os
import pickle
import resource
import signal
import struct
import sys
import traceback
from importlib import import_module
from typing import BinaryIO

from ecabinet.paper.refusals import PaperRefused

REQUEST = struct.Struct("!QQdQ")
REPLY = struct.Struct("!iQ")

# Loaded once, before the first fork. Nothing here may start a thread (a fork would lose it): Pango's font
# thread starts with the first PDF, therefore in the child.
WARM = tuple(f"ecabinet.paper.{name}" for name in ("pdf_reading", "spreadsheet", "archive", "official", "typeset"))


def main() -> None:
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not end up between two frames
    os.nice(10)  # reading a file never delays the room
    for module in WARM:
        import_module(module)
    gc.freeze()
    serve(sys.stdin.buffer, replies)


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Until the server closes its end, or ends."""
    while len(head := requests.read(REQUEST.size)) == REQUEST.size:
        memory_bytes, cpu_s, wall_s, length = REQUEST.unpack(head)
        code, outcome = _forked(requests.read(length), memory_bytes, cpu_s, wall_s)
        replies.write(REPLY.pack(code, len(outcome)))
        replies.write(outcome)
        replies.flush()


def _forked(job: bytes, memory_bytes: int, cpu_s: int, wall_s: float) -> tuple[int, bytes]:
    """A fresh child per job: what a hostile file does to its memory ends with it."""
    outcome, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(outcome)
            _limit(memory_bytes, cpu_s, wall_s)
            _write(writing, _perform(job))
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(outcome, "rb") as stream:
        reply = stream.read()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), reply


def _limit(memory_bytes: int, cpu_s: int, wall_s: float) -> None:
    for stream in (0, 1, 2):  # no job reads the next request, or writes a stranger's words into our log
        os.dup2(os.open(os.devnull, os.O_RDWR), stream)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    signal.setitimer(signal.ITIMER_REAL, wall_s)  # its default action ends the process, in C code too


def _perform(job: bytes) -> bytes:
    try:
        function, args = pickle.loads(job)  # written by our own server
        return pickle.dumps(("done", function(*args)))
    except PaperRefused as refusal:
        return pickle.dumps(("refused", refusal.reason, refusal.params))
    except MemoryError:
        return pickle.dumps(("refused", "needs_too_much_memory", {}))
    except Exception:  # the server raises it again, with this text
        return pickle.dumps(("failed", traceback.format_exc()))
    except BaseException:  # a panic of a Rust library is no Exception: the file brought its reader down
        return pickle.dumps(("refused", "reader_died", {}))


def _write(descriptor: int, data: bytes) -> None:
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)


if __name__ == "__main__":
    main()
