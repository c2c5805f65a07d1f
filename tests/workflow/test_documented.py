"""docs/workflow.md shows the transitions as the code has them."""

from pathlib import Path

import pytest

from returns.rules import TRANSITIONS, Transition

TEXT = (Path(__file__).parents[2] / "docs" / "workflow.md").read_text()


@pytest.mark.parametrize("transition", TRANSITIONS.values(), ids=lambda each: each.act)
def test_the_table_names_every_transition(transition: Transition) -> None:
    row = next(line for line in TEXT.splitlines() if line.startswith(f"| {transition.act} |"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[1] == transition.title.zh
    assert cells[2] == ", ".join(transition.states)
    if transition.to:
        assert cells[3] == transition.to
    assert cells[4] == transition.permission
    assert cells[5] == ("yes" if transition.needs_open_period else "no")
