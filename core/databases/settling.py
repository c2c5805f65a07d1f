"""What both databases do before they commit."""

from typing import Any


class SettlesChanges:
    """A connection that writes the changes of its transaction just before committing it."""

    run_on_commit: list[Any]

    def commit(self) -> None:
        """Settle and commit; if either fails, nothing of the transaction stays."""
        if self.run_on_commit:
            from core.operations.changes import settle

            try:
                settle(self)
            except BaseException:
                self.rollback()  # type: ignore[attr-defined]
                raise
        super().commit()  # type: ignore[misc]
