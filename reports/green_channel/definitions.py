"""The green channel: what its numbers mean."""

from core.text import Text
from reports.definitions import Meanings, means

CASES = Text("件", "cases")
WORKING_DAYS = Text("个工作日", "working days")
DAYS = Text("天", "days")

DEFINITIONS: Meanings = {
    "open": means("当日尚未办结的事项数", "cases not closed on the day", CASES),
    "overdue": means(
        "其中已过应办结日期的事项数，待企业补充的时间不计",
        "of them, those past their due day; time in which the enterprise must supply "
        "papers does not count",
        CASES,
    ),
    "waiting": means(
        "其中待企业补充材料的事项数", "of them, those waiting for the enterprise's papers", CASES
    ),
    "in_time": means("期间按期办结数 ÷ 期间办结数", "closed in time / closed in the window"),
    "mean": means(
        "期间办结事项所用工作日的平均数",
        "mean of the working days that cases closed in the window took",
        WORKING_DAYS,
    ),
    "median": means(
        "期间办结事项所用工作日的中位数",
        "median of the working days that cases closed in the window took",
        WORKING_DAYS,
    ),
    "longest": means(
        "期间办结事项所用工作日的最大值",
        "most working days that a case closed in the window took",
        WORKING_DAYS,
    ),
    "opened": means("期间受理的事项数", "cases opened in the window", CASES),
    "closed": means("期间办结的事项数", "cases closed in the window", CASES),
    "closed_in_time": means("其中按期办结的事项数", "of them, those closed in time", CASES),
    "days": means("超过应办结日期的天数", "days past the due day", DAYS),
}
