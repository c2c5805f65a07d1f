"""Training of managers up to a day: courses, who came, who finished."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from core.models import Prefecture
from core.queries.expiries import standing
from core.ratio import Ratio
from guarantees.models import Attendance, TrainingCourse


@dataclass(slots=True)
class TrainingSums:
    """Courses that began, people who attended (once a course), and how many finished."""

    courses: set[int] = field(default_factory=set)
    institutions: set[int] = field(default_factory=set)
    attended: int = 0
    completed: int = 0

    @property
    def completion(self) -> Ratio:
        return Ratio(self.completed, self.attended)

    def count(self, attendance: Attendance) -> None:
        self.courses.add(attendance.course_id)
        self.institutions.add(attendance.institution_id)
        self.attended += 1
        self.completed += attendance.completed


@dataclass(frozen=True, slots=True)
class TrainingTotals:
    """The whole, and by the prefecture of the people's institutions."""

    whole: TrainingSums
    by_prefecture: tuple[tuple[Prefecture, TrainingSums], ...]


def training_totals(
    *,
    as_of: datetime.date,
    since: datetime.date | None = None,
    known_at: datetime.datetime | None = None,
) -> TrainingTotals:
    """Courses begun from ``since`` to ``as_of`` and their attendance. Two queries.

    A course nobody was recorded for still counts as held.
    """
    courses = standing(TrainingCourse, known_at).filter(started_on__lte=as_of)
    if since is not None:
        courses = courses.filter(started_on__gte=since)
    held = {course.pk for course in courses}
    whole = TrainingSums(courses=set(held))
    places: dict[int, Prefecture] = {}
    sums: dict[int, TrainingSums] = {}
    attendances = standing(Attendance, known_at).select_related("institution__prefecture")
    for each in attendances:
        if each.course_id not in held:
            continue
        place = each.institution.prefecture
        places[place.pk] = place
        sums.setdefault(place.pk, TrainingSums()).count(each)
        whole.count(each)
    in_order = sorted(places.values(), key=lambda each: each.display_order)
    return TrainingTotals(whole, tuple((place, sums[place.pk]) for place in in_order))


def course_rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet[TrainingCourse]:
    """Courses that ``user`` sees, each with ``attended`` and ``completed``. One query."""
    present = Attendance.objects.standing().filter(course=OuterRef("pk")).order_by()

    def number(rows: QuerySet) -> Coalesce:
        counted = rows.values("course").annotate(number=Count("pk")).values("number")
        return Coalesce(Subquery(counted), Value(0), output_field=IntegerField())

    return (
        TrainingCourse.objects.visible_to(user)
        .select_related("prefecture", "county", "file")
        .annotate(attended=number(present), completed=number(present.filter(completed=True)))
    )
