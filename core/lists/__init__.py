"""Lists: declared once, shown as a page, exported as what is shown."""

from core.lists.definition import ListAction, ListColumn, ListDefinition
from core.lists.page import list_page

__all__ = ["ListAction", "ListColumn", "ListDefinition", "list_page"]
