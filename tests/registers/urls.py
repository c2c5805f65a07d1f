"""The tracker's addresses, and those of the register declared for the tests."""

from django.urls import include, path

from api.registers import entry_urls
from config.urls import handler404, handler500
from config.urls import urlpatterns as pages
from core.registers.urls import register_urls
from tests.registers.declared import LICENCES

urlpatterns = [
    path("", include((register_urls(LICENCES), "tried"))),
    path("api/v1/", include((entry_urls(LICENCES), "tried-api"))),
    *pages,
]
__all__ = ["handler404", "handler500", "urlpatterns"]
