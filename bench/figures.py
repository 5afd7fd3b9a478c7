"""Medians, percentiles and the table that is printed and kept."""

import os
import platform
import statistics
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def milliseconds(values: Sequence[float]) -> str:
    """p50 / p99 / worst."""
    return " / ".join(
        f"{1000 * value:.1f}" for value in (statistics.median(values), percentile(values, 0.99), max(values))
    )


def machine() -> str:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    return (
        f"{os.cpu_count()} cores, Linux {platform.release()}, Python {platform.python_version()}, "
        f"commit {commit or 'unknown'}, {date.today():%d/%m/%Y}"
    )


def write_results(rows: Sequence[tuple[str, str, str]], path: Path) -> None:
    lines = [
        "# Results of `make bench`",
        "",
        f"{machine()}. Times in ms as p50 / p99 / worst; ratios are taken within this one run.",
        "",
        "| what | eCabinet | beside it |",
        "|---|---|---|",
        *(f"| {what} | {ours} | {peer} |" for what, ours, peer in rows),
    ]
    path.write_text("\n".join(lines) + "\n")
