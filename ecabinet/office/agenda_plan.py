"""What the import of an agenda adds, changes and leaves, told in the words of the desk."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, Literal

from ecabinet.rules.text import Text

Action = Literal["add", "change", "same"]

SUBJECTS = {
    "body": Text("Tập thể họp", "Body"),
    "agency": Text("Cơ quan", "Agency"),
    "person": Text("Người dùng", "Person"),
    "membership": Text("Thành viên", "Member"),
    "meeting": Text("Cuộc họp", "Meeting"),
    "agenda_item": Text("Nội dung", "Item"),
    "paper": Text("Tài liệu", "Paper"),
    "invitation": Text("Giấy mời", "Invitation"),
}
_ACTIONS = {
    "add": Text("thêm mới", "added"),
    "change": Text("thay đổi", "changed"),
    "same": Text("giữ nguyên", "left as it is"),
}
# The names of columns without _vi and _en.
_FIELDS = {
    "name": Text("tên", "name"),
    "superior": Text("cơ quan chủ quản", "superior body"),
    "place": Text("địa điểm", "place"),
    "symbol": Text("ký hiệu", "symbol"),
    "language": Text("ngôn ngữ", "language"),
    "rule_set": Text("quy tắc biểu quyết", "rules"),
    "office": Text("chức vụ", "office"),
    "agency_id": Text("cơ quan", "agency"),
    "role": Text("vai trò", "role"),
    "position": Text("thứ tự", "order"),
    "weight": Text("trọng số", "weight"),
    "is_active": Text("đang hoạt động", "active"),
    "kind": Text("loại", "kind"),
    "number": Text("số", "number"),
    "title": Text("tên", "title"),
    "starts_at": Text("thời gian", "time"),
    "when_text": Text("thời gian", "time"),
    "reality": Text("tính xác thực", "reality"),
    "source": Text("nguồn", "source"),
    "facts": Text("dữ kiện", "facts"),
    "key": Text("mã", "key"),
    "parent_id": Text("cấp trên", "level"),
    "presenter": Text("người trình bày", "presenter"),
    "planned_minutes": Text("thời lượng", "minutes"),
    "deleted_at": Text("khôi phục", "restored"),
    "issuer": Text("cơ quan ban hành", "issuer"),
    "issued_on": Text("ngày ban hành", "date"),
    "note": Text("ghi chú", "note"),
    "file_id": Text("tệp", "file"),
    "item_ids": Text("nội dung được mời", "items admitted to"),
    "for_person_id": Text("dự thay cho", "stands in for"),
}


def field_name(column: str) -> Text:
    return _FIELDS[column.removesuffix("_vi").removesuffix("_en")]


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One row: `label` names it, `changes` are (column, old, new), with old and new empty where they say nothing."""

    subject: str
    action: Action
    label: Text
    changes: tuple[tuple[str, str, str], ...] = ()

    @property
    def text(self) -> Text:
        return Text(self._in("vi"), self._in("en"))

    def _in(self, language: str) -> str:
        parts = (SUBJECTS[self.subject], self.label, _ACTIONS[self.action])
        subject, label, action = (part.say(language) for part in parts)
        said = [_change_in(change, language) for change in self.changes]
        return f"{subject} “{label}”: {action}" + (f" ({'; '.join(dict.fromkeys(said))})" if said else "")


def _change_in(change: tuple[str, str, str], language: str) -> str:
    column, old, new = change
    name = field_name(column).say(language)
    if not new:
        return name
    return f"{name}: {old or '…'} → {new}"


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Every row that the agenda speaks of; as long as there is a refusal nothing is done."""

    title: Text
    lines: tuple[PlanLine, ...] = ()
    refusals: tuple[Text, ...] = ()

    def count(self, action: Action, subject: str = "") -> int:
        return sum(line.action == action and subject in ("", line.subject) for line in self.lines)

    @property
    def changes_nothing(self) -> bool:
        return self.count("same") == len(self.lines)

    @property
    def digest(self) -> str:
        """The same for the same plan: what is confirmed is what was shown."""
        lines = [[line.subject, line.action, line.label.vi, line.label.en, line.changes] for line in self.lines]
        return hashlib.sha256(json.dumps(lines).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    meeting_id: int
    plan: ImportPlan


class ImportRefused(Exception):
    """Nothing was stored; `refusals` say why."""

    def __init__(self, *refusals: Text) -> None:
        super().__init__("; ".join(refusal.en for refusal in refusals))
        self.refusals = refusals


class AgendaPlanChanged(Exception):
    """The data moved on since the preview: nothing was done; `plan` is what it would be now."""

    def __init__(self, plan: ImportPlan) -> None:
        super().__init__("the import would do something else now")
        self.plan = plan


@dataclass(slots=True)
class Changes:
    """What differs between a row and the values meant for it."""

    values: dict[str, Any] = field(default_factory=dict)
    told: list[tuple[str, str, str]] = field(default_factory=list)


def changes_of(row: Any, values: dict[str, Any]) -> Changes:
    changes = Changes()
    for column, value in values.items():
        old = getattr(row, column)
        if old != value:
            changes.values[column] = value
            changes.told.append(_told(column, old, value))
    return changes


def _told(column: str, old: Any, new: Any) -> tuple[str, str, str]:
    # Ids and structures would tell a reader nothing.
    if not isinstance(new, str):
        return column, "", ""
    return column, _cut(old), _cut(new)


def _cut(text: str) -> str:
    return text if len(text) <= 120 else text[:117] + "..."
