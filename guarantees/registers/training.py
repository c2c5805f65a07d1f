"""The registers of managers' training: courses, and who attended."""

import datetime
from typing import Any

from core.registers import Extra, Register
from core.rules.remarks import Remark
from core.text import Text
from guarantees import filters_support as filters
from guarantees.models import Attendance, TrainingCourse
from guarantees.queries.training import course_rows


def course_remarks(course: Any, day: datetime.date) -> list[Remark]:
    """More people than places; a course that is over with nobody recorded."""
    if course.places is not None and course.attended > course.places:
        return [
            Remark(
                "training.more-than-places",
                Text(
                    f"登记 {course.attended} 人，多于名额 {course.places} 人。",
                    f"{course.attended} people are recorded for {course.places} places.",
                ),
            )
        ]
    ended = course.ended_on or course.started_on
    if ended < day and not course.attended:
        return [
            Remark(
                "training.nobody",
                Text(
                    "已结束，但未登记参加人员；请补登。",
                    "The course is over and nobody is recorded; add who attended.",
                ),
            )
        ]
    return []


COURSES = Register(
    key="training-courses",
    app="guarantees",
    title=Text("培训班", "Training courses"),
    one=Text("培训班", "training course"),
    model=TrainingCourse,
    fields=(
        "name",
        "topic",
        "prefecture",
        "county",
        "organiser",
        "venue",
        "started_on",
        "ended_on",
        "hours",
        "places",
    ),
    columns=(
        "code",
        "name",
        "topic",
        "prefecture",
        "organiser",
        "started_on",
        "?ended_on",
        "?hours",
        "?places",
    ),
    default_sort="-started_on",
    filterset=filters.CourseFilter,
    rows=course_rows,
    extras=(
        Extra("attended", Text("参加（人）", "Attended"), "integer"),
        Extra("completed", Text("结业（人）", "Completed"), "integer"),
    ),
    remarks=course_remarks,
    intro=Text(
        "融资性担保机构等的中高层管理人员培训。",
        "Training of middle and senior managers of guarantee agencies and others.",
    ),
    icon="people",
    examples={"name": "担保机构高管培训班", "started_on": "2012-09-10", "places": "60"},
)

ATTENDANCES = Register(
    key="attendances",
    app="guarantees",
    title=Text("培训人员", "Attendance"),
    one=Text("培训人员", "attendance"),
    model=Attendance,
    fields=("course", "institution", "person", "post", "completed", "certificate_number"),
    columns=(
        "code",
        "course",
        "institution",
        "person",
        "post",
        "completed",
        "?certificate_number",
        "?institution.prefecture",
    ),
    filterset=filters.AttendanceFilter,
    parents=("course", "institution"),
    intro=Text("不登记身份证号码。", "No identity card number is ever kept."),
    icon="person-circle",
    examples={"person": "某经理", "post": "总经理", "completed": "是"},
)

REGISTERS = (COURSES, ATTENDANCES)
