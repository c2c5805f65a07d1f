"""An entry of the data dictionary: what a field means, whatever it is a field of."""

from dataclasses import dataclass

from core.tabular import Column
from core.text import Text

NO_TEXT = Text("", "")
OWN = Text("本系统登记", "the office's own record")
KINDS = {"form": Text("报表", "Return"), "register": Text("登记簿", "Register")}


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """A field of a form's table or of a register.

    ``part`` is the table, or the rows that belong to an entry; ``type`` in words; ``values``
    are the codes that it takes. What is ``computed`` nobody fills in.
    """

    kind: str
    of: str
    of_title: Text
    part: str
    name: str
    label: Text
    type: Text
    unit: Text
    decimals: int | None
    required: bool
    computed: bool
    values: tuple[tuple[str, Text], ...]
    definition: Text
    source: Text


COLUMNS = [
    Column("kind", Text("类别", "Kind")),
    Column("of", Text("所属代码", "Of")),
    Column("of_title", Text("所属", "Title (Chinese)")),
    Column("of_title_en", Text("所属（英文）", "Title (English)")),
    Column("part", Text("表或子表", "Table or part")),
    Column("name", Text("字段", "Field")),
    Column("label", Text("名称", "Label (Chinese)")),
    Column("label_en", Text("名称（英文）", "Label (English)")),
    Column("type", Text("类型", "Type (Chinese)")),
    Column("type_en", Text("类型（英文）", "Type (English)")),
    Column("unit", Text("单位", "Unit (Chinese)")),
    Column("unit_en", Text("单位（英文）", "Unit (English)")),
    Column("decimals", Text("小数位", "Decimals"), "integer"),
    Column("required", Text("必填", "Required"), "bool"),
    Column("computed", Text("自动计算", "Computed"), "bool"),
    Column("values", Text("代码表", "Codes")),
    Column("definition", Text("定义", "Definition (Chinese)")),
    Column("definition_en", Text("定义（英文）", "Definition (English)")),
    Column("source", Text("依据", "Source (Chinese)")),
    Column("source_en", Text("依据（英文）", "Source (English)")),
]


def row(each: FieldEntry) -> list[object]:
    """An entry as a line of a file, by ``COLUMNS``."""
    values = "; ".join(f"{code} {label.zh} {label.en}" for code, label in each.values)
    return [
        each.kind, each.of, each.of_title.zh, each.of_title.en, each.part, each.name,
        each.label.zh, each.label.en, each.type.zh, each.type.en, each.unit.zh, each.unit.en,
        each.decimals, each.required, each.computed, values, each.definition.zh,
        each.definition.en, each.source.zh, each.source.en,
    ]  # fmt: skip
