"""Webhooks in the reader's words."""

from core.text import Text

OUTCOMES = {
    "ok": Text("已收到", "received"),
    "status": Text("对方返回错误", "the receiver answered with an error"),
    "redirect": Text("对方要求转向，未跟随", "the receiver redirected; that is not followed"),
    "gone": Text("对方表示不再接收", "the receiver wants no more"),
    "timeout": Text("超时", "took too long"),
    "tls": Text("TLS 证书或握手有误", "TLS certificate or handshake failed"),
    "connection": Text("连接失败", "no connection"),
    "unknown-host": Text("找不到主机", "the host's name is unknown"),
    "address-refused": Text("地址不允许推送", "the address may not be sent to"),
}
REASONS = {
    "": Text("", ""),
    "too-many-dead-letters": Text("连续多条送不出", "too many dead letters in a row"),
    "gone": OUTCOMES["gone"],
    "fell-behind": Text(
        "暂停过久，未推送的变更已不再保留；恢复后从当时起推送",
        "suspended so long that changes are gone; it goes on from its resuming",
    ),
    "no-permission": Text("订阅人已无权查看变更", "its person may not read changes any more"),
}
STATE_STYLE = {
    "active": "good", "suspended": "warn", "ended": "", "waiting": "info", "delivered": "good",
    "dead": "bad",
}  # fmt: skip
