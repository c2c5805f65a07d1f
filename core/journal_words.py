"""What the acts of the journal are called, in the reader's words."""

from core.text import Text

WORDS = {
    "fact.record": Text("登记事项", "fact recorded"),
    "fact.void": Text("作废事项", "fact voided"),
    "file.attach": Text("附上文件", "file attached"),
    "institution.import": Text("导入机构", "institutions imported"),
    "institution.create": Text("新增机构", "institution created"),
    "institution.edit": Text("修改机构", "institution changed"),
    "obligation.waived": Text("免报", "obligation waived"),
    "period.opened": Text("开放报告期", "period opened"),
    "period.closed": Text("关闭报告期", "period closed"),
    "period.reopened": Text("重新开放报告期", "period reopened"),
    "report.published": Text("发布报告", "report published"),
    "return.received": Text("提交数据", "figures received"),
    "return.explained": Text("说明预警", "warnings explained"),
    "return.signed": Text("签发报送", "signed and submitted"),
    "return.withdrawn": Text("撤回", "withdrawn"),
    "return.accepted": Text("审核接受", "accepted"),
    "return.sent_back": Text("审核退回", "sent back"),
    "return.revision_started": Text("开始新的一版", "revision started"),
    "rule.save": Text("保存规则", "rule saved"),
    "token.issued": Text("签发令牌", "token issued"),
    "token.revoked": Text("吊销令牌", "token revoked"),
    "user.signed_in": Text("登录", "signed in"),
    "user.signed_out": Text("退出", "signed out"),
    "user.sign_in_failed": Text("登录失败", "sign-in failed"),
    "user.locked_out": Text("账号锁定", "account locked"),
    "user.created": Text("新建用户", "user created"),
    "user.changed": Text("修改用户", "user changed"),
    "user.password_changed": Text("修改密码", "password changed"),
    "user.password_reset": Text("重置密码", "password reset"),
}


def act_words(action: str) -> Text:
    """The words of an act; an act without words is shown by its code."""
    return WORDS.get(action, Text(action, action))
