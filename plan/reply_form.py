"""The contacts reply form 回执表, printed as in the plan's annex."""

import datetime

from django.conf import settings

from core.pdf import Prose, TablePart, build_pdf
from core.tabular import Column
from core.text import Text
from plan.models import ContactReply

DEMO = Text("演示数据：机构与数字均为虚构", "Demo data: institutions and figures are invented")
TITLE = Text("创新帮扶中小企业行动工作联系人回执表", "Contacts for the action to help SMEs")
COLUMNS = (
    Column("office", Text("部门", "Office"), width=18),
    Column("person", Text("联系人", "Contact"), width=12),
    Column("telephone", Text("联系电话", "Telephone"), width=16),
    Column("email", Text("电子邮箱", "E-mail"), width=24),
)
ROWS = 4  # of the printed form


def reply_pdf(reply: ContactReply, *, language: str, now: datetime.datetime) -> bytes:
    """The filled form; rows of the printed one that nobody filled in stay empty."""
    rows = [(each.office, each.person, each.telephone, each.email) for each in reply.contacts.all()]
    rows += [("", "", "", "")] * (ROWS - len(rows))
    columns = [Column(each.key, each.heading(language), width=each.width) for each in COLUMNS]
    place = Text(f"地区/单位：{reply.unit}", f"Place or unit: {reply.unit}")
    filed = Text(f"报送日期：{reply.replied_on}", f"Filed on {reply.replied_on}")
    return build_pdf(
        title=TITLE.in_language(language),
        language=language,
        now=now,
        sections=[
            Prose(place.in_language(language)),
            TablePart("", columns, rows),
            Prose(filed.in_language(language), small=True),
        ],
        footer=reply.code,
        label=DEMO.in_language(language) if settings.DEMO_DATA else "",
    )
