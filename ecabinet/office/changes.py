"""Setting what differs on a row, and saying so for the audit."""

from typing import Any

from sqlmodel import SQLModel


def set_fields(row: SQLModel, values: dict[str, Any]) -> list[str]:
    """Set the values that differ; returns 'field: old -> new' for each of them."""
    changes = []
    for name, value in values.items():
        old = getattr(row, name)
        if old != value:
            setattr(row, name, value)
            changes.append(f"{name}: {old} -> {value}")
    return changes
