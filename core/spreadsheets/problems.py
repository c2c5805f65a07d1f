"""What may be wrong with a file as a whole, and how to mend it."""

from dataclasses import dataclass

from core.text import Text


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of unreadable file: what it means and what its sender should do."""

    message: Text
    cure: Text


_DOWNLOAD = Text(
    "请重新下载本期模板，填好后另存为 .xlsx 再上传。",
    "Download this period's workbook again, fill it in, save it as .xlsx and upload that.",
)
_SAVE_AS = Text(
    "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再上传。",
    "Open it in Excel or WPS, save it as an “Excel workbook (.xlsx)” and upload that.",
)

PROBLEMS: dict[str, Problem] = {
    "file.empty": Problem(
        Text("文件是空的（0 字节）。", "The file is empty (0 bytes)."), _DOWNLOAD
    ),
    "file.too-large": Problem(
        Text(
            "文件大小 {size} MB，超过上限 {limit} MB。",
            "The file has {size} MB, more than the limit of {limit} MB.",
        ),
        Text(
            "请删去图片、多余的工作表和格式；仍过大时请联系省金融办。",
            "Remove pictures, extra sheets and formatting; if it stays too large, call the office.",
        ),
    ),
    "file.not-a-spreadsheet": Problem(
        Text(
            "这不是工作簿：文件内容是 {found}，与扩展名无关。",
            "This is no workbook: whatever its name says, its content is {found}.",
        ),
        _DOWNLOAD,
    ),
    "file.old-excel": Problem(
        Text("这是 Excel 97-2003 的 .xls 文件。", "This is an Excel 97-2003 .xls file."), _SAVE_AS
    ),
    "file.binary-excel": Problem(
        Text("这是二进制工作簿（.xlsb）。", "This is a binary workbook (.xlsb)."), _SAVE_AS
    ),
    "file.open-document": Problem(
        Text("这是 OpenDocument 表格（.ods）。", "This is an OpenDocument spreadsheet (.ods)."),
        _SAVE_AS,
    ),
    "file.encrypted": Problem(
        Text("文件设有打开密码，无法读取。", "The file is encrypted with a password."),
        Text(
            "请在“文件 → 信息 → 保护工作簿”中取消打开密码后再上传。",
            "Remove the password (File → Info → Protect workbook) and upload it again.",
        ),
    ),
    "file.macros": Problem(
        Text("文件含有宏（{part}），不予接收。", "The file has macros ({part}) and is refused."),
        _SAVE_AS,
    ),
    "file.external-links": Problem(
        Text(
            "文件链接了其他工作簿（{part}），数字可能不在本文件内。",
            "The file links to other workbooks ({part}): its figures may lie elsewhere.",
        ),
        Text(
            "请在“数据 → 编辑链接”中断开链接（保留数值）后再上传。",
            "Break the links (Data → Edit links), keeping the values, and upload it again.",
        ),
    ),
    "file.bomb": Problem(
        Text(
            "文件展开后过大或压缩比异常（{detail}），不予接收。",
            "The file unpacks to far too much ({detail}) and is refused.",
        ),
        _DOWNLOAD,
    ),
    "file.damaged": Problem(
        Text(
            "文件不完整或已损坏，无法读取（{detail}）。",
            "The file is cut short or damaged and cannot be read ({detail}).",
        ),
        Text(
            "请确认文件能在 Excel 或 WPS 中打开，保存后重新上传。",
            "Make sure that it opens in Excel or WPS, save it, and upload it again.",
        ),
    ),
    "file.unsafe-xml": Problem(
        Text(
            "文件内含不允许的 XML 定义（{part}）。", "The file has a forbidden XML part ({part})."
        ),
        _DOWNLOAD,
    ),
    "file.too-many-rows": Problem(
        Text(
            "工作表“{sheet}”有 {rows} 行数据，超过上限 {limit} 行。",
            "Sheet “{sheet}” has {rows} rows of data, more than the limit of {limit}.",
        ),
        Text("请删去多余的行。", "Delete the rows that do not belong there."),
    ),
    "file.too-many-columns": Problem(
        Text(
            "工作表“{sheet}”有 {columns} 列，超过上限 {limit} 列。",
            "Sheet “{sheet}” has {columns} columns, more than the limit of {limit}.",
        ),
        Text("请删去多余的列。", "Delete the columns that do not belong there."),
    ),
    "file.unknown-encoding": Problem(
        Text(
            "CSV 文件的文字编码无法识别（第 {position} 字节起）。",
            "The text encoding of the CSV file is not known (from byte {position} on).",
        ),
        Text(
            "请另存为“CSV UTF-8（逗号分隔）”后再上传。",
            "Save it as “CSV UTF-8 (comma delimited)” and upload that.",
        ),
    ),
    "file.wrong-delimiter": Problem(
        Text(
            "CSV 文件以“{found}”分隔，无法分列。",
            "The CSV file is separated by “{found}” and cannot be split into columns.",
        ),
        Text(
            "请另存为“CSV UTF-8（逗号分隔）”后再上传。",
            "Save it as “CSV UTF-8 (comma delimited)” and upload that.",
        ),
    ),
    "file.broken-csv": Problem(
        Text("CSV 第 {row} 行无法解析：{detail}。", "CSV row {row} cannot be read: {detail}."),
        Text(
            "请检查该行的引号和分隔符，或改用工作簿填报。",
            "Check the quotes and separators of that row, or use the workbook.",
        ),
    ),
}


class FileProblem(Exception):
    """A file that cannot be read at all. ``code`` is a key of ``PROBLEMS``."""

    def __init__(self, code: str, **parameters: object) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters

    @property
    def message(self) -> Text:
        return PROBLEMS[self.code].message.format(**self.parameters)

    @property
    def cure(self) -> Text:
        return PROBLEMS[self.code].cure
