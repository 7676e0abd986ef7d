"""What durable-rules is told is the same at a glance and after a close look."""

from __future__ import annotations

from hypothesis import given
from tests.engines.durable.agreeing import docket
from tests.strategies import Drawn, cases

from councilrules.cases import bearers
from councilrules.engines import durable
from councilrules.engines._glancing import is_plain
from councilrules.engines.durable._layouts import own_layout, pair_layout
from councilrules.engines.durable._rows import Row


@given(drawn=cases())
def test_the_event_that_opens_a_case_makes_the_same_row(
    process: durable.Process, drawn: Drawn
) -> None:
    watched = docket(drawn, process)
    rows = watched.matcher.rows  # type: ignore[attr-defined]  # durable's has them
    for event in drawn.history.read:
        watched.record.add(event)

    for event in filter(is_plain, drawn.history.read):
        for plan in watched.plans.all:
            layout = own_layout(plan)
            sections = [one for name, one in layout.sections.items() if name[0] != "itself-due"]
            for bearer in bearers(plan.rule, event):
                quick, close = (
                    rows.asking(plan, layout, event, bearer, plain=plain) for plain in (True, False)
                )
                assert quick.bound is close.bound, plan.rule.name
                for choices in sections:
                    told, seen = Row(), Row()
                    may_hold = rows.fill(told, layout.columns, choices, quick)
                    assert rows.fill(seen, layout.columns, choices, close) is may_hold
                    assert told == seen, plan.rule.name


@given(drawn=cases())
def test_the_events_of_a_pair_make_the_same_rows(process: durable.Process, drawn: Drawn) -> None:
    watched = docket(drawn, process)
    rows = watched.matcher.rows  # type: ignore[attr-defined]  # as above
    for event in drawn.history.read:
        watched.record.add(event)

    for event in filter(is_plain, drawn.history.read):
        for plan in watched.plans.all:
            for relation in plan.relations.values():
                layout = pair_layout(plan, relation)
                (quick, ours), (close, theirs) = (
                    rows.related(layout, event, plain=plain) for plain in (True, False)
                )
                assert quick == close, plan.rule.name
                assert list(map(_side, ours)) == list(map(_side, theirs))


def _side(side: object) -> tuple[object, ...]:
    return side.state, side.tokens, side.is_disputed  # type: ignore[attr-defined]  # only for sides
