"""Pages of listings."""

from django.urls import path

from core.registers.urls import register_urls
from listings.registers import REGISTERS
from listings.views.green_channel import ACTS
from listings.views.notes import schedule

app_name = "listings"
urlpatterns = [
    path("collective-notes/<str:code>/schedule/", schedule, name="collective-notes-schedule"),
    *(
        path(f"green-channel-cases/<str:code>/{act}/", page, name=f"green-channel-{act}")
        for act, page in ACTS.items()
    ),
    *register_urls(*REGISTERS),
]
