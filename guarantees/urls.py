"""Pages of guarantees."""

from django.urls import path

from core.registers.urls import register_urls
from guarantees.registers import REGISTERS
from guarantees.views.simulation import simulate

app_name = "guarantees"
urlpatterns = [
    path("loss-sharing-schemes/<str:code>/simulate/", simulate, name="simulate"),
    *register_urls(*REGISTERS),
]
