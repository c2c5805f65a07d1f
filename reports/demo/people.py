"""The people of the demonstration: one account of every role, and every institution's two."""

from typing import Any

from core.models import Institution, Prefecture, User
from core.models.users import Role
from reports.demo.agencies import CAST_AGENCY
from reports.demo.filing import People
from reports.demo.institutions import CAST_BANK, CAST_VILLAGE_BANK
from reports.demo.microloan_companies import CAST_COMPANY

PASSWORD = "tracker-demo-2012"
CAST = (
    (CAST_BANK, "bank", "演示银行"),
    (CAST_VILLAGE_BANK, "village", "演示村镇银行"),
    (CAST_COMPANY, "microloan", "演示小贷公司"),
    (CAST_AGENCY, "guarantee", "演示担保机构"),
)


def clerk_of_the_province() -> User:
    return _person("province", "演示省办 林知行", Role.PROVINCE_STAFF)


def make_cast() -> None:
    """One account of every role, and four institutions' people, all with the same password."""
    shaoguan = Prefecture.objects.get(code="440200")
    _person("shaoguan", "演示韶关 梁北川", Role.PREFECTURE_STAFF, prefecture=shaoguan)
    _person("department", "演示厅局 黎予安", Role.DEPARTMENT_STAFF, department="省经济和信息化委")
    _person("leader", "演示领导 区远山", Role.LEADER)
    _person("auditor", "演示审计 何明鉴", Role.AUDITOR)
    _person("administrator", "演示管理员", Role.ADMINISTRATOR)
    for code, word, name in CAST:
        institution = Institution.objects.filter(code=code).first()
        if institution is not None:
            _person(f"{word}-preparer", f"{name}填报人", Role.PREPARER, institution=institution)
            _person(f"{word}-signatory", f"{name}签发人", Role.SIGNATORY, institution=institution)


def _person(username: str, name: str, role: Role, **scope: Any) -> User:
    user, created = User.objects.get_or_create(
        username=username,
        defaults={
            "display_name": name,
            "role": role,
            "email": f"{username}@example.com",
            **scope,
        },
    )
    if created:
        user.set_password(PASSWORD)
        user.save()
    return user


def people_of(institution: Institution, clerk: User) -> People:
    """The preparer and signatory of an institution; most cannot sign in (no password)."""
    found = []
    for role, name in ((Role.PREPARER, "填报人"), (Role.SIGNATORY, "签发人")):
        person = User.objects.filter(institution=institution, role=role).first()
        if person is None:
            person = User(
                username=f"{institution.code.lower()}-{role.value}",
                display_name=f"{institution.name}{name}",
                role=role,
                institution=institution,
            )
            person.set_unusable_password()
            person.save()
        found.append(person)
    return found[0], found[1], clerk
