"""What stands behind a figure of the watch list."""

import datetime
from typing import Any

from django.urls import reverse

from core.naming import named
from core.rules.limits import STANDING_WORDS, Standing
from core.tabular import formats
from core.text import Text
from reports.declaration import Evidence, Lineage
from reports.items.evidence import accepted_since
from reports.items.lineage import Behind, Part, Question, cell_lineage
from reports.watch.compute import KINDS, Watched, WatchList, WatchParameters, compute


def lineage(
    parameters: WatchParameters, figure: str, known_at: datetime.datetime | None, user: Any
) -> Lineage:
    """The figures behind ``broken``, ``near``, ``free`` or ``unknown``; or one figure's cells.

    One figure is ``value:GA01/guarantee.leverage-max``. KeyError for anything else.
    """
    everything = WatchParameters(
        parameters.as_of, parameters.periods, parameters.kind, "all", parameters.where
    )
    found = compute(everything, known_at)
    name, _colon, code = figure.partition(":")
    if name == "value":
        return _of_one(found, code, known_at, user)
    if figure not in set(Standing):
        raise KeyError(figure)
    standing = Standing(figure)
    return Lineage(
        title=STANDING_WORDS[standing],
        evidence=[_watched(e) for e in found.watched if e.judgement.standing is standing],
    )


def _of_one(found: WatchList, code: str, known_at: datetime.datetime | None, user: Any) -> Lineage:
    """The cells of one institution that were judged; KeyError where it is not judged so."""
    each = next((each for each in found.watched if each.code == code), None)
    if each is None:
        raise KeyError(code)
    kind = KINDS[each.institution.kind]
    limit, bounded = each.judgement.limit, each.bounded
    behind = Behind(
        limit.title,
        (Part(bounded.over),),
        (Part(bounded.under),) if bounded.under else (),
        limit.unit.strip(),
    )
    record = each.record.document_id
    question = Question(
        form=kind.form,
        period=each.period,
        months=(),
        prefectures=None,
        known_at=known_at,
        user=user,
        read=lambda known, cell: kind.reader.filed_cells(known=known & {record}, cell=cell),
    )
    return cell_lineage(behind, question, place=Text(each.institution.name, each.institution.name))


def _watched(each: Watched) -> Evidence:
    """A judged figure, leading to its return."""
    judgement, home = each.judgement, each.institution.prefecture
    bare = judgement.limit.unit.strip()
    shown = formats.money(judgement.shown)
    return Evidence(
        on=each.period.ends_on,
        what=Text(
            f"{each.institution}　{judgement.limit.title.zh} {shown}{bare}",
            f"{each.institution}: {judgement.limit.title.en}, {shown} {named(bare, 'en')}",
        ),
        where=Text(home.name, home.name_en),
        document=each.record.receipt_number,
        url=reverse("returns:return", args=[each.record.pk]),
        keys=(home.code,),
    )


def learnt_since(parameters: WatchParameters, moment: datetime.datetime) -> list[Evidence]:
    """The returns of the months judged that were accepted after ``moment``."""
    return [
        found for period in parameters.periods.values() for found in accepted_since(period, moment)
    ]
