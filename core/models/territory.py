"""Territory: the 21 prefectures and 121 counties of 2012 (GB/T 2260, October 2012)."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.models.base import Record
from core.models.history import History


class Region(models.TextChoices):
    """The four regions of Guangdong, in their customary order."""

    PEARL_DELTA = "delta", _("珠三角")
    EAST = "east", _("粤东")
    WEST = "west", _("粤西")
    NORTH = "north", _("粤北")


class Prefecture(models.Model):
    """A city of prefecture level or above 地级以上市. Sorted by display order, never by code."""

    SHENZHEN = "440300"  # 计划单列市: regulators' Guangdong figures often leave it out

    code = models.CharField(_("代码"), max_length=6, unique=True)
    name = models.CharField(_("名称"), max_length=20)
    name_en = models.CharField(_("英文名"), max_length=40)
    pinyin_initials = models.CharField(_("拼音首字母"), max_length=12)
    region = models.CharField(_("区域"), max_length=5, choices=Region)
    display_order = models.PositiveSmallIntegerField(_("排序"), unique=True)
    underdeveloped = models.BooleanField(_("欠发达地区"), default=False)

    class Meta:
        ordering = ["display_order"]
        verbose_name = _("地级以上市")

    def __str__(self) -> str:
        """The name in the language of the page: lists, choices and titles show it."""
        return self.name_en if (get_language() or "").startswith("en") else self.name


class CountyKind(models.TextChoices):
    """Kinds of county-level division; the last three are 县（市） of the county coverage."""

    DISTRICT = "district", _("市辖区")
    COUNTY_CITY = "county_city", _("县级市")
    COUNTY = "county", _("县")
    AUTONOMOUS = "autonomous", _("自治县")


class CountyQuerySet(models.QuerySet):
    def valid_on(self, day: datetime.date) -> "CountyQuerySet":
        """Divisions that existed on ``day``."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day)).filter(
            Q(valid_to=None) | Q(valid_to__gte=day)
        )

    def underdeveloped_on(self, day: datetime.date) -> "CountyQuerySet":
        """Divisions that counted as underdeveloped 欠发达 on ``day``."""
        return self.filter(
            Q(underdeveloped_from=None) | Q(underdeveloped_from__lte=day),
            Q(underdeveloped_to=None) | Q(underdeveloped_to__gte=day),
            underdeveloped=True,
        )

    def county_domain(self) -> "CountyQuerySet":
        """县、县级市、自治县, the denominator of 县域 coverage (67 in 2012)."""
        return self.exclude(kind=CountyKind.DISTRICT)


class County(Record):
    """A county-level division 县（市、区）, with the time in which it existed."""

    code = models.CharField(_("代码"), max_length=6, unique=True)
    name = models.CharField(_("名称"), max_length=30)
    pinyin_initials = models.CharField(_("拼音首字母"), max_length=20)
    kind = models.CharField(_("类别"), max_length=12, choices=CountyKind)
    prefecture = models.ForeignKey(
        Prefecture, models.PROTECT, related_name="counties", verbose_name=_("地级以上市")
    )
    valid_from = models.DateField(_("设立"), null=True, blank=True)
    valid_to = models.DateField(_("撤销"), null=True, blank=True, help_text=_("存在的最后一日"))
    successor_code = models.CharField(_("后继代码"), max_length=6, blank=True)
    change_note = models.CharField(_("变更说明"), max_length=100, blank=True)
    underdeveloped = models.BooleanField(_("欠发达"), default=False)
    underdeveloped_from = models.DateField(_("欠发达起"), null=True, blank=True)
    underdeveloped_to = models.DateField(_("欠发达止"), null=True, blank=True)
    history = History()

    objects = CountyQuerySet.as_manager()

    class Meta:
        ordering = ["prefecture__display_order", "code"]
        verbose_name = _("县（市、区）")

    def __str__(self) -> str:
        return self.name

    def was_underdeveloped(self, day: datetime.date) -> bool:
        """Whether it counted as underdeveloped on ``day``."""
        start, end = self.underdeveloped_from, self.underdeveloped_to
        begun, over = start is None or start <= day, end is not None and end < day
        return self.underdeveloped and begun and not over
