"""What may go wrong, said in one way to web, API and command line alike."""

from collections.abc import Mapping

from django.utils.translation import get_language

from core.text import Text


class DomainError(Exception):
    """A refusal with a stable code, a message that names place, value and cure.

    ``fields`` maps a field name to its message, for forms and problem documents.
    """

    status = 422

    def __init__(
        self, code: str, message: Text, *, fields: Mapping[str, Text] | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.fields = dict(fields or {})

    def __str__(self) -> str:
        return self.message.in_language(get_language() or "zh-hans")


class PermissionRefused(DomainError):
    """The actor may not do this, here."""

    status = 403

    def __init__(self, message: Text | None = None) -> None:
        super().__init__(
            "permission-refused",
            message
            or Text(
                "您的角色或管辖范围不允许此操作；如确有需要，请联系系统管理员。",
                "Your role or scope does not allow this; if you need it, ask the administrator.",
            ),
        )


class NotFound(DomainError):
    """There is no such thing, or the actor may not see it."""

    status = 404

    def __init__(self, what: Text) -> None:
        super().__init__(
            "not-found",
            Text(f"找不到{what.zh}，或您无权查看。", f"No such {what.en}, or you may not see it."),
        )


class EditConflict(DomainError):
    """Somebody else saved first."""

    status = 409

    def __init__(self, *, expected: int, found: int) -> None:
        super().__init__(
            "edit-conflict",
            Text(
                f"记录已被他人修改（您依据第 {expected} 版，现为第 {found} 版）。"
                "请重新打开记录，核对后再保存。",
                f"Somebody else changed the record (you started from version {expected}, it is "
                f"now {found}). Open it again, compare, and save once more.",
            ),
        )


class StateConflict(DomainError):
    """The thing is in a state in which this act is not possible."""

    status = 409
