"""A server under measurement: started as people start it, on a free port, on one core."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

SERVER_CORE, CLIENT_CORE = 0, 1


def pin(core: int, pid: int = 0) -> None:
    """Server and client on different cores, so that neither is measured in the other's shadow."""
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(pid, {core})


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True, slots=True)
class Server:
    """`started_s` is the time from the start of the process to its first page."""

    origin: str
    pid: int
    started_s: float

    def memory_kb(self) -> int:
        return int(_status(self.pid, "VmRSS"))

    def cpu_s(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def running(arguments: list[str], port: int, first_page: str, environment: dict[str, str]) -> Iterator[Server]:
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    pin(SERVER_CORE, process.pid)
    try:
        origin = f"http://127.0.0.1:{port}"
        _wait(f"{origin}{first_page}", process)
        yield Server(origin, process.pid, time.perf_counter() - began)
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def ecabinet(data_dir: Path) -> Iterator[Server]:
    port = free_port()
    environment = {"ECABINET_DATA_DIR": str(data_dir), "ECABINET_PORT": str(port)}
    with running(["-m", "ecabinet", "serve"], port, "/sign-in", environment) as server:
        yield server


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(3000):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            if httpx2.get(address).status_code < 500:
                return
        except httpx2.TransportError:
            time.sleep(0.01)
    raise TimeoutError(address)


def _status(pid: int, name: str) -> str:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return line.split()[1]
    raise KeyError(name)
