"""Answers when a request is refused before any view runs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain an expired or foreign form without blaming anyone."""
    return render(request, "403_csrf.html", {"reason": reason}, status=403)
