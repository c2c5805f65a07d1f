"""What every page shows around its content: navigation by role, and the demo label."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.permissions import scope_of

# group label, [(label, url name, icon, action)]
MENU = [
    (_("工作台"), [(_("驾驶舱"), "cockpit", "speedometer2", "cockpit.view")]),
    (
        pgettext_lazy("list", "报表"),
        [
            (_("我的报表"), "returns:desk", "inbox", "return.prepare"),
            (_("待签发"), "returns:desk", "pen", "return.sign"),
            (_("审核队列"), "returns:queue", "clipboard-check", "return.review"),
            (_("报送进度"), "returns:board", "grid-3x3", "board.view"),
            (pgettext_lazy("list", "报告期"), "returns:periods", "calendar3", "period.view"),
        ],
    ),
    (
        _("登记"),
        [
            (
                pgettext_lazy("list", "村镇银行"),
                "finance:village-banks",
                "bank",
                "institution.view",
            ),
            (pgettext_lazy("list", "机构"), "core:institutions", "building", "institution.view"),
            (_("地区"), "core:prefectures", "geo-alt", "reference.view"),
            (pgettext_lazy("list", "规则参数"), "core:rules", "sliders", "rule.view"),
        ],
    ),
    (
        _("报告"),
        [
            (_("村镇银行覆盖"), "reports:coverage", "map", "report.view"),
            (_("中小微企业贷款"), "reports:loans", "bar-chart-line", "report.view"),
            (_("已发布报告"), "reports:published", "journal-check", "report.view"),
        ],
    ),
    (
        _("系统"),
        [
            (pgettext_lazy("list", "用户"), "core:users", "people", "user.manage"),
            (_("操作日志"), "core:journal", "link-45deg", "journal.view"),
            (_("审核规则说明"), "returns:checks", "list-check", "reference.view"),
        ],
    ),
]


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the menu groups that this visitor may use."""
    groups = []
    for label, entries in MENU:
        items = [
            {
                "label": text,
                "url": reverse(name),
                "icon": icon,
                "active": request.path == reverse(name),
            }
            for text, name, icon, action in entries
            if scope_of(request.user, action) is not None and _exists(name)
        ]
        if items:
            groups.append({"label": label, "items": items})
    return groups


def _exists(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Context of every page."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "navigation": navigation(request) if signed_in else [],
        "demo_data": settings.DEMO_DATA,
        "map_approval_number": settings.MAP_APPROVAL_NUMBER,
    }
