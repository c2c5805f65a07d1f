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
            (pgettext_lazy("list", "批量报送"), "returns:bulk", "upload", "return.submit-many"),
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
            (
                pgettext_lazy("list", "小额贷款公司"),
                "finance:microloan-companies",
                "receipt",
                "institution.view",
            ),
            (pgettext_lazy("list", "股东"), "finance:shareholders", "people", "register.view"),
            (pgettext_lazy("list", "服务网点"), "finance:service-points", "house", "register.view"),
            (
                pgettext_lazy("list", "融资服务合作平台"),
                "finance:cooperation-platforms",
                "columns",
                "register.view",
            ),
            (
                pgettext_lazy("list", "融资对接活动"),
                "finance:financing-events",
                "flag",
                "register.view",
            ),
            (
                pgettext_lazy("list", "融资性担保机构"),
                "guarantees:guarantee-agencies",
                "shield-check",
                "institution.view",
            ),
            (
                pgettext_lazy("list", "信用评级"),
                "guarantees:credit-ratings",
                "graph-up",
                "register.view",
            ),
            (
                pgettext_lazy("list", "银担合作协议"),
                "guarantees:cooperation-agreements",
                "link-45deg",
                "register.view",
            ),
            (
                pgettext_lazy("list", "损失分担方案"),
                "guarantees:loss-sharing-schemes",
                "diagram-3",
                "register.view",
            ),
            (
                pgettext_lazy("list", "代偿案件"),
                "guarantees:compensation-cases",
                "file-diff",
                "register.view",
            ),
            (pgettext_lazy("list", "机构"), "core:institutions", "building", "institution.view"),
            (pgettext_lazy("list", "部门"), "core:departments", "diagram-3", "register.view"),
            (_("地区"), "core:prefectures", "geo-alt", "reference.view"),
            (pgettext_lazy("list", "规则参数"), "core:rules", "sliders", "rule.view"),
        ],
    ),
    (
        _("监管"),
        [
            (_("下放审批权限"), "core:delegations", "key", "register.view"),
            (
                _("下放审批核查"),
                "core:delegation-findings",
                "exclamation-triangle",
                "register.view",
            ),
            (pgettext_lazy("list", "证照"), "core:licences", "card-checklist", "register.view"),
            (pgettext_lazy("list", "高管人员"), "core:officers", "people", "register.view"),
            (
                pgettext_lazy("list", "处罚与监管措施"),
                "core:penalties",
                "exclamation-octagon",
                "register.view",
            ),
        ],
    ),
    (
        _("扶持与征信"),
        [
            (
                pgettext_lazy("list", "保证保险试点"),
                "guarantees:insurance-pilots",
                "shield-lock",
                "register.view",
            ),
            (
                pgettext_lazy("list", "再担保公司"),
                "guarantees:re-guarantee-companies",
                "shield-check",
                "institution.view",
            ),
            (
                pgettext_lazy("list", "信用担保基金"),
                "guarantees:guarantee-funds",
                "archive",
                "register.view",
            ),
            (
                pgettext_lazy("list", "扶持政策"),
                "guarantees:support-programmes",
                "flag",
                "register.view",
            ),
            (
                pgettext_lazy("list", "扶持申请"),
                "guarantees:support-applications",
                "card-checklist",
                "register.view",
            ),
            (
                pgettext_lazy("list", "培训班"),
                "guarantees:training-courses",
                "people",
                "register.view",
            ),
            (
                pgettext_lazy("list", "信用评价办法"),
                "guarantees:evaluation-schemes",
                "list-check",
                "register.view",
            ),
            (
                pgettext_lazy("list", "征信平台接入单位"),
                "guarantees:platform-participants",
                "grid-3x3",
                "register.view",
            ),
            (_("信用评价覆盖"), "guarantees:credit-coverage", "table", "register.view"),
        ],
    ),
    (
        _("上市融资"),
        [
            (_("企业库"), "listings:enterprises", "building", "register.view"),
            (pgettext_lazy("list", "批次事项"), "listings:stage-events", "flag", "register.view"),
            (
                pgettext_lazy("list", "上市里程碑"),
                "listings:listing-milestones",
                "calendar-check",
                "register.view",
            ),
            (_("年度财务"), "listings:enterprise-years", "table", "register.view"),
            (_("批次设置"), "listings:stages", "diagram-3", "register.view"),
            (
                _("绿色通道"),
                "listings:green-channel-cases",
                "calendar-check",
                "green-channel.view",
            ),
            (
                pgettext_lazy("list", "奖励政策"),
                "listings:incentive-policies",
                "archive",
                "register.view",
            ),
            (_("企业事项报告"), "listings:event-reports", "inbox", "register.view"),
            (
                pgettext_lazy("list", "奖励申请"),
                "listings:incentive-awards",
                "card-checklist",
                "register.view",
            ),
            (
                pgettext_lazy("list", "奖励资金拨付"),
                "listings:incentive-payments",
                "send",
                "register.view",
            ),
            (
                pgettext_lazy("list", "集合票据"),
                "listings:collective-notes",
                "card-checklist",
                "register.view",
            ),
            (
                pgettext_lazy("list", "集合票据事项"),
                "listings:note-events",
                "receipt",
                "register.view",
            ),
            (_("股权投资"), "listings:equity-investments", "graph-up", "register.view"),
            (_("项目融资"), "listings:project-finances", "diagram-3", "register.view"),
            (
                pgettext_lazy("list", "知识产权质押融资"),
                "listings:property-pledges",
                "key",
                "register.view",
            ),
            (
                pgettext_lazy("list", "产权交易"),
                "listings:exchange-deals",
                "link-45deg",
                "register.view",
            ),
            (
                pgettext_lazy("list", "证券期货机构服务"),
                "listings:securities-services",
                "people",
                "register.view",
            ),
        ],
    ),
    (
        _("行动计划"),
        [
            (_("计划看板"), "reports:plan-board", "speedometer2", "plan.view"),
            (pgettext_lazy("list", "行动计划"), "plan:plans", "flag", "plan.view"),
            (pgettext_lazy("list", "工作措施"), "plan:measures", "list-check", "plan.view"),
            (pgettext_lazy("list", "措施分项"), "plan:measure-items", "list-check", "plan.view"),
            (pgettext_lazy("list", "目标"), "plan:targets", "flag", "plan.view"),
            (pgettext_lazy("list", "目标进展"), "plan:progress-entries", "graph-up", "plan.view"),
            (pgettext_lazy("list", "节点"), "plan:plan-milestones", "calendar-check", "plan.view"),
            (pgettext_lazy("list", "计划活动"), "plan:plan-events", "calendar3", "plan.view"),
            (pgettext_lazy("list", "联系人回执"), "plan:contacts-status", "people", "plan.view"),
            (
                pgettext_lazy("list", "工作情况报告"),
                "plan:reports-status",
                "file-earmark-text",
                "plan.view",
            ),
            (
                pgettext_lazy("list", "落实情况汇总报告"),
                "plan:consolidated-reports",
                "journal-check",
                "plan.view",
            ),
            (pgettext_lazy("list", "计划单位"), "plan:plan-units", "building", "plan.view"),
        ],
    ),
    (
        _("报告"),
        [
            (_("村镇银行覆盖"), "reports:coverage", "map", "report.view"),
            (_("中小微企业贷款"), "reports:loans", "bar-chart-line", "report.view"),
            (_("小额贷款公司"), "reports:microloan", "graph-up", "report.view"),
            (_("融资性担保"), "reports:guarantees", "shield-check", "report.view"),
            (_("融资服务"), "reports:services", "house", "report.view"),
            (_("限额监测"), "reports:watch-list", "exclamation-triangle", "watch.view"),
            (_("上市梯度培育"), "reports:pipeline", "funnel", "report.view"),
            (_("绿色通道情况"), "reports:green-channel", "calendar-check", "report.view"),
            (_("扶持奖励情况"), "reports:incentives", "archive", "report.view"),
            (_("集合票据报告"), "reports:collective-notes", "card-checklist", "report.view"),
            (_("其他股权与债权融资"), "reports:other-finance", "bar-chart-line", "report.view"),
            (_("到期日历"), "reports:expiries", "calendar-check", "report.view"),
            (_("已发布报告"), "reports:published", "journal-check", "report.view"),
        ],
    ),
    (
        _("系统"),
        [
            (pgettext_lazy("list", "用户"), "core:users", "people", "user.manage"),
            (pgettext_lazy("list", "全部接口令牌"), "core:all-tokens", "key", "token.administer"),
            (pgettext_lazy("list", "变更推送"), "webhooks:webhooks", "send", "webhook.manage"),
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
