"""What the interface itself must remember."""

from api.models.idempotency import IdempotentAnswer

__all__ = ["IdempotentAnswer"]
