"""What tokens were used for."""

from typing import Any

from django.db.models import Max, Min, Sum

from core.models.tokens import ApiToken, TokenUse

READ = ("method", "resource", "address")


def what_it_read(token: ApiToken) -> list[dict[str, Any]]:
    """Everything that a token was used for, by method, resource and address, most rows first."""
    rows = (
        TokenUse.objects.filter(token=token)
        .order_by()
        .values(*READ)
        .annotate(
            asked=Sum("requests"),
            turned_away=Sum("refused"),
            row_count=Sum("rows"),
            byte_count=Sum("size"),
            first=Min("first_at"),
            last=Max("last_at"),
        )
        .order_by("-row_count", "-asked", *READ)
    )
    return [
        {name: row[name] for name in READ}
        | {
            "requests": row["asked"],
            "refused": row["turned_away"],
            "rows": row["row_count"],
            "bytes": row["byte_count"],
            "first_at": row["first"],
            "last_at": row["last"],
        }
        for row in rows
    ]
