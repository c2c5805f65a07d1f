"""The calendar of what runs out: what its numbers mean."""

from core.text import Text
from reports.definitions import Meanings, means

ENTRIES = Text("项", "entries")
DAYS = Text("天", "days")

DEFINITIONS: Meanings = {
    "lapsed": means(
        "已过期而未续的事项数", "entries that have run out and were not renewed", ENTRIES
    ),
    "near": means("30 天内到期的事项数", "entries that run out within 30 days", ENTRIES),
    "coming": means(
        "所选期限内、30 天以后到期的事项数",
        "entries that run out after 30 days and within the horizon asked for",
        ENTRIES,
    ),
    "days": means(
        "到期日距当日的天数，负数为已过",
        "days from the day to the expiry; negative when past",
        DAYS,
    ),
}
