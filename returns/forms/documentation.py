"""Data dictionary and list of checks, from the declarations: for the page and docs/forms.md."""

from dataclasses import dataclass

from core.text import Text
from returns.checking.check import SEVERITY_LABELS, TIER_LABELS, Check
from returns.checking.words import all_checks
from returns.forms import FORMS
from returns.forms.declaration import MEASURE_KIND_LABELS, Form, Measure, Table

CHECK_HEADS = (
    "| 代码 | 层级 | 级别 | 内容 Check | 问题 Message | 办法 Cure | 依据 Source | 参数 Rules |"
)


@dataclass(frozen=True, slots=True)
class ColumnEntry:
    """One column of the data dictionary."""

    name: str
    label: Text
    kind: Text
    unit: str
    scale: int | None
    minimum: str
    maximum: str
    help: Text
    codes: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class TableEntry:
    name: str
    title: Text
    sheet: str
    columns: tuple[ColumnEntry, ...]


@dataclass(frozen=True, slots=True)
class CheckEntry:
    """One check as its readers see it; placeholders of the message stay as ``{name}``."""

    code: str
    tier: int
    tier_label: Text
    severity: str
    severity_label: Text
    table: str
    columns: tuple[str, ...]
    title: Text
    message: Text
    cure: Text
    source: Text
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormEntry:
    """Everything that is documented about a form."""

    code: str
    version: str
    title: Text
    note: Text
    due: Text
    tables: tuple[TableEntry, ...]
    checks: tuple[CheckEntry, ...]


def dictionary(form: Form) -> FormEntry:
    """Return the data dictionary and the checks of ``form``."""
    return FormEntry(
        form.code,
        form.version,
        form.title,
        form.note,
        form.due.source,
        tuple(_table(table) for table in form.tables),
        tuple(_check(check) for check in all_checks(form)),
    )


def _table(table: Table) -> TableEntry:
    columns = tuple(_column(table, name) for name in table.columns)
    return TableEntry(table.name, table.title, table.sheet, columns)


def _column(table: Table, name: str) -> ColumnEntry:
    each = table.columns[name]
    if isinstance(each, Measure):
        kind, bounds = MEASURE_KIND_LABELS[each.kind], (f"{each.minimum}", f"{each.maximum}")
        return ColumnEntry(name, each.label, kind, each.unit, each.scale, *bounds, each.help, ())
    kind = Text("代码", "code")
    codes = tuple(each.codes.items())
    return ColumnEntry(name, each.label, kind, "", None, "", "", each.help, codes)


def _check(check: Check) -> CheckEntry:
    return CheckEntry(
        check.code,
        int(check.tier),
        TIER_LABELS[check.tier],
        check.severity.value,
        SEVERITY_LABELS[check.severity],
        check.table,
        check.columns,
        check.title,
        check.message,
        check.cure,
        check.source,
        check.parameters,
    )


def markdown() -> str:
    """Return docs/forms.md: every form, its columns, its codes and its checks."""
    lines = [
        "# 报表数据字典与审核规则 Forms: data dictionary and checks",
        "",
        "Generated from the declarations by `python manage.py forms_documentation`; "
        "do not edit by hand.",
        "",
    ]
    for form in FORMS.values():
        lines += _form_lines(dictionary(form))
    return "\n".join(lines) + "\n"


def _form_lines(form: FormEntry) -> list[str]:
    lines = [f"## {form.code} {form.title.zh} {form.title.en}（{form.version}）", ""]
    lines += [form.note.zh, "", form.note.en, "", f"报送期限 Due: {_both(form.due)}", ""]
    for table in form.tables:
        lines += _table_lines(table)
    lines += ["### 审核规则 Checks", "", CHECK_HEADS, "| --- " * 8 + "|"]
    for check in form.checks:
        cells = (
            check.code, f"{check.tier} {check.tier_label.zh}", check.severity_label.zh,
            _both(check.title), _both(check.message), _both(check.cure), _both(check.source),
            " ".join(f"`{rule}`" for rule in check.rules),
        )  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    return [*lines, ""]


def _table_lines(table: TableEntry) -> list[str]:
    lines = [f"### `{table.name}` {table.title.zh} {table.title.en}（工作表 {table.sheet}）", ""]
    lines += [
        "| 字段 | 名称 Label | 类型 Kind | 单位 | 小数位 | 范围 | 说明 Help |",
        "| --- " * 7 + "|",
    ]
    for column in table.columns:
        limits = f"{column.minimum}–{column.maximum}" if column.maximum else ""
        scale = "" if column.scale is None else str(column.scale)
        cells = (f"`{column.name}`", _both(column.label), _both(column.kind), column.unit, scale,
                 limits, _both(column.help))  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    lines.append("")
    for column in table.columns:
        if column.codes:
            words = "；".join(f"{code} {text.zh} {text.en}" for code, text in column.codes)
            lines += [f"`{column.name}`: {words}", ""]
    return lines


def _both(text: Text) -> str:
    words = text.zh if text.zh == text.en else f"{text.zh}<br>{text.en}"
    return words.replace("|", "\\|").replace("\n", " ")
