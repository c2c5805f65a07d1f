"""Checks of structure (tier 1), the same for every form: file, sheet, header, key, cell.

The parser finds these while it reads; their words stand here with all the others.
"""

from core.text import Text
from returns.checking.check import Check, Severity, Tier

DOWNLOAD = Text(
    "请重新下载本期模板，把数字粘贴到原位置后上传。",
    "Download this period's workbook again and paste the figures into it.",
)
SOURCE = Text("报表格式要求", "Format of the form")
NUMBER = Text("请填写数字，单位为{unit}。", "Enter a number in {unit}.")


def _declare(
    code: str,
    title: tuple[str, str],
    message: tuple[str, str],
    cure: Text,
    severity: Severity = Severity.ERROR,
) -> Check:
    return Check(code, Tier.STRUCTURE, severity, "", (), Text(*title), Text(*message), cure, SOURCE)


FILE = _declare(
    "ST-101",
    ("文件可以读取", "The file can be read"),
    ("{problem}", "{problem}"),
    Text("{problem_cure}", "{problem_cure}"),
)
SHEET = _declare(
    "ST-102",
    ("工作表齐全", "Every sheet is there"),
    ("没有找到工作表“{sheet}”；文件中有：{found}。",
     "Sheet “{sheet}” was not found; the file has: {found}."),
    DOWNLOAD,
)  # fmt: skip
HEADER = _declare(
    "ST-103",
    ("表头可以识别", "The header is found"),
    ("工作表“{sheet}”中没有找到字段代码行（如 {names}）。",
     "Sheet “{sheet}” has no row of field codes (such as {names})."),
    DOWNLOAD,
)  # fmt: skip
MISSING_COLUMN = _declare(
    "ST-104",
    ("列齐全", "Every column is there"),
    ("缺少列“{column}”（字段代码 {name}）。", "Column “{column}” (field code {name}) is missing."),
    Text("请恢复字段代码行中的 {name}，或重新下载模板。",
         "Restore {name} in the row of field codes, or download the workbook again."),
)  # fmt: skip
UNKNOWN_COLUMN = _declare(
    "ST-105",
    ("没有多余的列", "No unknown column"),
    ("列“{value}”不属于本表。", "Column “{value}” does not belong to this table."),
    Text("请改正字段代码，或删去这一列。", "Correct the field code or delete the column."),
)
REPEATED_COLUMN = _declare(
    "ST-106",
    ("列不重复", "No column twice"),
    ("列“{value}”出现了两次。", "Column “{value}” stands twice."),
    Text("请删去多余的一列。", "Delete one of the two."),
)
MERGED = _declare(
    "ST-107",
    ("数据区没有合并单元格", "No merged cells among the data"),
    ("单元格 {value} 被合并，只有左上角有值。",
     "Cells {value} are merged: only the first of them has a value."),
    Text("请取消合并，逐格填写。", "Unmerge them and fill each cell."),
)  # fmt: skip
UNCALCULATED = _declare(
    "ST-108",
    ("公式已经计算", "Formulas are calculated"),
    ("“{column}”是公式，但从未计算，没有数值。",
     "“{column}” holds a formula that was never calculated: it has no value."),
    Text("请在 Excel 或 WPS 中打开、计算并保存，或粘贴为数值。",
         "Open, calculate and save it in Excel or WPS, or paste it as a value."),
)  # fmt: skip
ERROR_VALUE = _declare(
    "ST-109",
    ("没有错误值", "No error value"),
    ("“{column}”的公式结果是错误值 {value}。", "The formula in “{column}” gives {value}."),
    Text("请改正公式，或填写数值。", "Correct the formula or enter a number."),
)
IS_DATE = _declare(
    "ST-110",
    ("数字格中没有日期", "No date among the figures"),
    ("“{column}”应为数字，却是日期 {value}。", "“{column}” should be a number, not {value}."),
    Text("请把单元格格式改为“数值”，重新输入。", "Format the cell as a number and type it again."),
)
NOT_NUMBER = _declare(
    "ST-111",
    ("数字可以识别", "Figures are numbers"),
    ("“{column}”应为数字，却是“{value}”。", "“{column}” should be a number, not “{value}”."),
    NUMBER,
)
NOT_FINITE = _declare(
    "ST-112",
    ("数字是有限的", "Figures are finite"),
    ("“{column}”不是有限的数：{value}。", "“{column}” is not a finite number: {value}."),
    NUMBER,
)
TOO_LARGE = _declare(
    "ST-113",
    ("数字不超过上限", "Figures are within bounds"),
    ("“{column}”的 {value} 超过上限 {expected}。", "“{column}”: {value} exceeds {expected}."),
    Text("请核对单位（{unit}）。", "Check the unit ({unit})."),
)
TOO_PRECISE = _declare(
    "ST-114",
    ("小数位数", "Decimals"),
    ("“{column}”的 {value} 超过 {scale} 位小数。",
     "“{column}”: {value} has more than {scale} decimals."),
    Text("请四舍五入到 {scale} 位小数。", "Round half up to {scale} decimals."),
)  # fmt: skip
NEGATIVE = _declare(
    "ST-115",
    ("数字不为负", "Figures are not negative"),
    ("“{column}”的 {value} 小于下限 {expected}。", "“{column}”: {value} is below {expected}."),
    Text("请核对符号。", "Check the sign."),
)
EMPTY_CODE = _declare(
    "ST-116",
    ("代码已填", "Codes are filled in"),
    ("“{column}”没有填写。", "“{column}” is empty."),
    Text("请从下拉列表中选择代码。", "Choose a code from the list."),
)
UNKNOWN_CODE = _declare(
    "ST-117",
    ("代码已知", "Codes are known"),
    ("“{column}”没有代码“{value}”。", "“{column}” has no code “{value}”."),
    Text("请从下拉列表中选择代码；合计行请删去。",
         "Choose a code from the list; delete rows of sums."),
)  # fmt: skip
WRONG_FORM = _declare(
    "ST-118",
    ("报表种类一致", "The right form"),
    ("文件是报表 {value}，应为 {expected}。", "The file is form {value}; expected {expected}."),
    DOWNLOAD,
)
WRONG_VERSION = _declare(
    "ST-119",
    ("报表版本一致", "The right version of the form"),
    ("文件是版本 {value}，应为 {expected}。", "The file is version {value}; expected {expected}."),
    DOWNLOAD,
)
WRONG_INSTITUTION = _declare(
    "ST-120",
    ("机构一致", "The right institution"),
    ("文件是机构 {value} 的，应为 {expected}。",
     "The file is of institution {value}; expected {expected}."),
    Text("请上传本机构的文件。", "Upload your own institution's file."),
)  # fmt: skip
WRONG_PERIOD = _declare(
    "ST-121",
    ("报告期一致", "The right period"),
    ("文件是 {value} 期的，应为 {expected}。", "The file is of {value}; expected {expected}."),
    Text("请上传本期的文件。", "Upload this period's file."),
)
NO_LINES = _declare(
    "ST-122",
    ("报表不为空", "The return is not empty"),
    ("“{table}”一行数字也没有。", "“{table}” has no line with figures."),
    Text("请填写数字后上传。", "Fill in the figures and upload again."),
)
BAD_PAYLOAD = _declare(
    "ST-123",
    ("数据包格式", "Shape of the payload"),
    ("数据包格式不符：{problem}", "The payload has another shape: {problem}"),
    Text("请按接口文档的结构发送。", "Send it as the API documentation describes."),
)
EDITED_META = _declare(
    "ST-124",
    ("模板标识完整", "The workbook's mark is whole"),
    ("模板的隐藏标识被改动或丢失。", "The hidden mark of the workbook was altered or lost."),
    DOWNLOAD,
    Severity.WARNING,
)
IS_BOOLEAN = _declare(
    "ST-125",
    ("数字格中没有逻辑值", "No logical value among the figures"),
    ("“{column}”应为数字，却是逻辑值 {value}。", "“{column}” should be a number, not {value}."),
    NUMBER,
)

CHECKS = (
    FILE, SHEET, HEADER, MISSING_COLUMN, UNKNOWN_COLUMN, REPEATED_COLUMN, MERGED, UNCALCULATED,
    ERROR_VALUE, IS_DATE, NOT_NUMBER, NOT_FINITE, TOO_LARGE, TOO_PRECISE, NEGATIVE, EMPTY_CODE,
    UNKNOWN_CODE, WRONG_FORM, WRONG_VERSION, WRONG_INSTITUTION, WRONG_PERIOD, NO_LINES,
    BAD_PAYLOAD, EDITED_META, IS_BOOLEAN,
)  # fmt: skip

# The kinds of trouble that the converter tells apart, and the check that each one breaks.
TROUBLES = {
    "not_number": NOT_NUMBER,
    "is_date": IS_DATE,
    "is_boolean": IS_BOOLEAN,
    "is_error": ERROR_VALUE,
    "not_finite": NOT_FINITE,
    "too_large": TOO_LARGE,
    "too_precise": TOO_PRECISE,
}
