"""How far a token reaches: its scopes. A token never does more than its person may."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps

from core.permissions import scope_of
from core.text import Text

# What is read, app by app; an app that is not installed has no scope.
_APPS = {
    "core": Text("机构、地区与监管登记", "institutions, territory, supervision"),
    "finance": Text("银行与小额贷款公司", "banks and microloan companies"),
    "guarantees": Text("担保、扶持与征信", "guarantees, support, credit information"),
    "listings": Text("上市与直接融资", "listings and direct finance"),
    "returns": Text("报表与报告期", "returns and periods"),
    "reports": Text("报告与汇总数", "reports and their figures"),
    "plan": Text("行动计划", "the action plan"),
}
_WRITING = {
    "submit": (Text("报送本机构报表", "file one's own returns"), ("return.prepare", "return.sign")),
    "submit:many": (
        Text("批量代报多家机构", "file for many institutions"),
        ("return.submit-many",),
    ),
    "write": (
        Text("修改登记、审核报表", "change registers, review returns"),
        ("register.edit", "green-channel.answer", "rule.edit"),
    ),
    "webhook": (Text("管理变更推送", "manage webhooks"), ("webhook.manage",)),
}
CHANGES = "read:changes"
WRITING = frozenset(_WRITING)


def read_scope(app: str) -> str:
    """The scope that opens what an app has to read."""
    return f"read:{app}"


def read_scopes() -> dict[str, Text]:
    """Every scope that only reads, with its words."""
    found = {
        read_scope(app): Text(f"读取：{words.zh}", f"read {words.en}")
        for app, words in _APPS.items()
        if apps.is_installed(app)
    }
    changes = Text("读取：变更与快照（各类记录）", "read changes and snapshots of all kinds")
    return found | {CHANGES: changes}


def all_scopes() -> dict[str, Text]:
    """Every scope with its words, those that read first."""
    return read_scopes() | {name: words for name, (words, _) in _WRITING.items()}


def useful_scopes(user: Any) -> dict[str, Text]:
    """The scopes with which this person's role can do anything."""
    held = dict(all_scopes())
    for name, (_words, actions) in _WRITING.items():
        if not any(scope_of(user, action) for action in actions):
            del held[name]
    if scope_of(user, "changes.view") is None:
        del held[CHANGES]
    return held


def only_reads(scopes: Iterable[str]) -> bool:
    """Whether nothing can be written with these scopes."""
    return not WRITING & set(scopes)
