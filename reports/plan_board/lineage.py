"""What stands behind a figure of the plan board."""

import datetime
from typing import Any

from core.queries.expiries import standing
from core.text import Text
from plan.models import ProgressEntry
from plan.queries.board import Board, TargetOn
from plan.rules.progress import STATE_WORDS, State
from plan.sources import SOURCES, page_of
from reports.declaration import Evidence, Lineage
from reports.plan_board.compute import BoardParameters, compute

WHOLE = Text("全省性", "Province-wide")


def lineage(
    parameters: BoardParameters, figure: str, known_at: datetime.datetime | None, user: Any
) -> Lineage:
    """``target:T17`` (``:440200`` for one prefecture), ``state:late``, ``milestones:late``.

    Raises KeyError for any other figure.
    """
    board = compute(parameters, known_at).board
    name, _, rest = figure.partition(":")
    if board is None or name not in ("target", "state", "milestones"):
        raise KeyError(figure)
    if name == "milestones":
        return _milestones(board)
    if name == "state":
        return _of_state(board, State(rest) if rest in set(State) else _unknown(figure))
    key, _, place = rest.partition(":")
    found = next((each for each in board.targets if each.target.key == key), None)
    if found is None or (place and place not in {each.code for each in board.prefectures}):
        raise KeyError(figure)
    title = Text(f"{key} {found.target.title}", f"{key} {found.target.title_en}")
    note = Text(f"原文：{found.target.words}", f"In the plan: {found.target.words}")
    return Lineage(title, _behind(board, found, place, known_at), note)


def _unknown(figure: str) -> State:
    raise KeyError(figure)


def _behind(
    board: Board, found: TargetOn, place: str, known_at: datetime.datetime | None
) -> list[Evidence]:
    source = SOURCES.get(found.target.source)
    if source is None:
        return _entries(board, found, place, known_at)
    names = {each.code: Text(each.name, each.name_en) for each in board.prefectures}
    url = page_of(source, board.as_of.isoformat())
    return [
        Evidence(
            on=board.as_of,
            what=Text(f"{source.title.zh}：{number}", f"{source.title.en}: {number}"),
            where=names.get(code, WHOLE),
            url=url,
            keys=(code,),
        )
        for code, number in sorted(found.counted.items())
        if number and place in ("", code)
    ]


def _entries(
    board: Board, found: TargetOn, place: str, known_at: datetime.datetime | None
) -> list[Evidence]:
    rows = standing(ProgressEntry, known_at).filter(
        target=found.target.pk, happened_on__lte=board.as_of
    )
    rows = rows.select_related("unit__prefecture", "unit__department").order_by("happened_on")
    return [
        Evidence(
            on=each.happened_on,
            what=Text(f"新增 {each.value}", f"{each.value} more"),
            where=Text(str(each.unit), str(each.unit)),
            document=each.document,
            url=f"/progress-entries/{each.code}/",
        )
        for each in rows
        if not place or (each.unit.prefecture and each.unit.prefecture.code == place)
    ]


def _of_state(board: Board, state: State) -> Lineage:
    return Lineage(
        STATE_WORDS[state],
        [
            Evidence(
                on=each.target.due_on,
                what=Text(each.target.title, each.target.title_en or each.target.title),
                where=Text(each.target.key, each.target.key),
                document=each.target.words,
                url=f"/targets/{each.target.code}/",
            )
            for each in board.targets
            if each.state is state
        ],
    )


def _milestones(board: Board) -> Lineage:
    return Lineage(
        Text("逾期节点", "Milestones late"),
        [
            Evidence(
                on=each.milestone.due_on,
                what=Text(each.milestone.title, each.milestone.title_en or each.milestone.title),
                where=Text(each.milestone.key, each.milestone.key),
                url=f"/plan-milestones/{each.milestone.code}/",
            )
            for each in board.milestones
            if each.state is State.LATE
        ],
    )
