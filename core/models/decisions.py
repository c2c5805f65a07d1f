"""Words of support that governments give: whose it is, and what was decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GovernmentLevel(models.TextChoices):
    NATION = "nation", _("中央")
    PROVINCE = "province", _("省级")
    PREFECTURE = "prefecture", _("市级")
    COUNTY = "county", _("县级")


class Decision(models.TextChoices):
    PENDING = "pending", _("待审")
    APPROVED = "approved", _("批准")
    REFUSED = "refused", _("不批准")
    WITHDRAWN = "withdrawn", _("撤回")
