"""Subscriptions stand at a position of the feed, no longer at a place in each history."""

from django.db import migrations


def begin(apps, schema_editor):
    """The feed has nothing yet: all that it will have is still to be heard."""
    apps.get_model("api", "Webhook").objects.update(position="")


class Migration(migrations.Migration):
    dependencies = [("api", "0002_webhooks"), ("core", "0004_changes")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
