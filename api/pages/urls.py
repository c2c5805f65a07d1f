"""Pages of the interface."""

from django.urls import path

from api.pages import webhooks

app_name = "webhooks"
urlpatterns = [
    path("", webhooks.webhooks, name="webhooks"),
    path("<int:pk>/", webhooks.webhook_page, name="webhook"),
    path("<int:pk>/rotate/", webhooks.rotate, name="rotate"),
    path("<int:pk>/state/<slug:word>/", webhooks.change_state, name="state"),
    path("<int:pk>/deliveries/<str:number>/redeliver/", webhooks.redeliver, name="redeliver"),
]
