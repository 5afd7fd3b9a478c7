"""The server with a witness of every way out: `python -m tests.faults.watched serve` prints each connection and look-up.

With WATCHED_MUTANT=1 it also calls somebody, so that a test can see the witness speak.
"""

import os
import socket
import sys
from typing import Any

from ecabinet.__main__ import main

OUT = "outbound:"


def witness(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        print(OUT, event, arguments[1][0], file=sys.stderr, flush=True)
    elif event == "socket.getaddrinfo" and arguments[0] not in (None, "localhost", "127.0.0.1"):
        print(OUT, event, arguments[0], file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.addaudithook(witness)
    if os.environ.get("WATCHED_MUTANT"):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as caller:
            caller.connect(("127.0.0.1", 9))
    main()
