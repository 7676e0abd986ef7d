"""The changes of one fact that are considered for a case: a finite list.

For each condition that the rule puts on what opened the case, for each exception, for
what is required, and for each other event that comes into it, these are the changes that
turn it round. `docs/semantics.md` has the list in words. That the act did not happen,
that somebody else did it, that it is disproved, or that the protocol was not in force
explain nothing, and are not among them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve

from councilrules.cases import bearers
from councilrules.counterfactuals import _leaves, _people, _related
from councilrules.counterfactuals._seen import Seen, World, new_id
from councilrules.counterfactuals.changes import Change, Plainness
from councilrules.counterfactuals.facts import Happened, ReadAt, TimeAllowed
from councilrules.counterfactuals.register_facts import EntryHeld
from councilrules.findings import Status
from councilrules.periods import Allowance
from councilrules.register import ALWAYS, Decision, Procedure
from councilrules.rules import ParameterValue, Related
from councilrules.situations import View
from councilrules.situations.deadlines import NEVER, working_days
from councilrules.situations.denied import denied_act
from councilrules.wording import day, plain, quoted, suppositions, when
from councilrules.wording.words import a

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councilrules.rules import Standing


def considered(world: World) -> tuple[Change, ...]:
    """Give every change that is considered for a case, those nearest at hand first."""
    found = _of_standing(world) if world.rule.standing is not None else _of_case(world)
    listed = sorted(_different(found), key=lambda one: one.plainness)
    return tuple(_numbered(one, place, world) for place, one in enumerate(listed, start=1))


def _numbered(change: Change, place: int, world: World) -> Change:
    """Give what a change adds an id of its own, so that any two go together."""
    fact = change.fact
    identity = new_id(world.scenario, place)
    if isinstance(fact, Happened):
        event = evolve(fact.event, id=identity)  # type: ignore[misc]  # as `event` makes attrs classes
        return evolve(change, fact=Happened(event))
    if isinstance(fact, EntryHeld) and fact.before is None and fact.kind != "interests":
        return evolve(change, fact=evolve(fact, after=evolve(fact.after, id=identity)))
    return change


def _different(changes: Iterable[Change]) -> Iterator[Change]:
    """Leave out what says the same as what was before it."""
    seen: set[str] = set()
    for one in changes:
        if one.supposes not in seen:
            seen.add(one.supposes)
            yield one


def _of_case(world: World) -> Iterator[Change]:
    rule, case = world.rule, world.case
    seen = Seen(world=world, view=case.view)
    if case.status is Status.OPEN:
        yield from _required(world, seen)
        yield from _waiting(world)
        return
    yield from _required(world, seen)
    for _, condition in (*rule.exceptions, *rule.gaps):
        if isinstance(condition, Related) and condition.until_due:
            yield from _related.flipped(condition, seen, deadline=case.deadline)
        else:
            yield from _leaves.flipped(condition, seen)
    for condition in (rule.trigger.condition, *rule.further):
        yield from _leaves.flipped(condition, seen)
    yield from _barred(world)
    yield from _time(world)
    yield from _people.bearer(seen)


def _required(world: World, seen: Seen) -> Iterator[Change]:
    steps = len(world.rule.required)
    for place, relation in enumerate(world.rule.required):
        last = place == steps - 1
        yield from _related.flipped(
            relation,
            seen,
            plainness=Plainness.DONE,
            deadline=world.case.deadline if last else None,
            steps=steps - place,
        )


def _waiting(world: World) -> Iterator[Change]:
    """Suppose that the day passes on which something is due."""
    due = None if world.case.deadline is None else world.case.deadline.known
    if due is None or due >= NEVER:
        return
    seen = Seen(world=world, view=world.case.view)
    required = _related.flipped(
        world.rule.required[-1], seen, deadline=world.case.deadline, plainness=Plainness.DONE
    )
    act = next((one for one in required if one.ahead), None)
    told = "nothing more be recorded"
    if act is not None:
        told = suppositions.doing(act.fact.event, holds=False)  # type: ignore[attr-defined]  # only what happens lies ahead
    told = f"{told} by the end of {day(due, world.zone)}"
    yield Change(
        fact=ReadAt(due + world.tick), supposes=told, ahead=told, plainness=Plainness.OTHERWISE
    )


def _barred(world: World) -> Iterator[Change]:
    """Give what would turn round whether another clause forbids what was refused."""
    rule = world.rule
    if rule.denies is None:
        return
    act = denied_act(rule.denies, world.case.view.event)
    for clause in world.cases.rulebook[rule.clause].subject_to:
        for other in world.cases.rulebook[clause].rules:
            if act.kind not in other.trigger.kinds:
                continue
            for bearer in bearers(other, act.event):
                view = View(act.event, other.bearer, bearer)
                seen = Seen(world=world, view=view, asked_as=act.asked_as)
                for condition in (other.trigger.condition, *other.further):
                    yield from _leaves.flipped(condition, seen)
                for _, condition in other.exceptions:
                    yield from _leaves.flipped(condition, seen)


# --- time allowed --------------------------------------------------------------------


def _time(world: World) -> Iterator[Change]:
    """Suppose that the council allowed as much time as was taken, or less."""
    case, rule = world.case, world.rule
    parameter = world.cases.rulebook.parameters.get(rule.within or "")
    if parameter is None or case.deadline is None:
        return
    history, opened = world.scenario.history, case.view.event.at.first
    if case.status is Status.BREACHED and case.late is not None:
        taken = working_days(world.cases.rulebook, opened, case.late.at.last)
        yield _allowed(world, parameter.name, taken)
    elif case.status is Status.MET:
        done = [history.by_id[one] for one in case.done.events if one in history.by_id]
        after = [one.at.first for one in done if one.at.first > case.view.event.at.last]
        for at in sorted(after)[:1]:
            taken = working_days(world.cases.rulebook, opened, at)
            if taken > 1:
                yield _allowed(world, parameter.name, taken - 1)


def _allowed(world: World, name: str, number: int) -> Change:
    book = world.cases.rulebook
    value = ParameterValue(
        allowance=Allowance(
            number=number, unit="working-days", counting="first-day-out", calendar=book.calendar
        ),
        tenure=ALWAYS,
    )
    days = f"{number} working day{'' if number == 1 else 's'}"
    return Change(
        fact=TimeAllowed(book.id, name, value),
        supposes=f"the council allowed {days} for it",
        plainness=Plainness.ALLOWED,
    )


# --- standing duties -----------------------------------------------------------------


def _of_standing(world: World) -> Iterator[Change]:
    standing, register = world.rule.standing, world.scenario.register
    if standing is None:
        return
    is_procedure = standing.register_kind == "procedures"
    kind = "procedures" if is_procedure else "decisions"
    begun = when(world.case.view.event.at, world.zone)
    since = f" from {begun} on" if begun else ""
    identity = new_id(world.scenario)
    for name in standing.entries:
        if is_procedure:
            entry: Procedure | Decision = Procedure(id=identity, kinds=(name,))
            told = f"the council had {a(f'{plain(name)} procedure')}{since}"
        else:
            entry = _delegation(identity, name, standing)
            told = f"the council delegated full authority for {plain(name)}{since}"
        yield Change(fact=EntryHeld(kind, None, entry), supposes=told, plainness=Plainness.ALLOWED)
    held = register.procedures if is_procedure else register.decisions
    for one in held:
        told = f"the council not had the {'procedure' if is_procedure else 'delegation'} {quoted(one.id)}{since}"
        yield Change(fact=EntryHeld(kind, one, None), supposes=told, plainness=Plainness.OTHERWISE)


def _delegation(identity: str, name: str, standing: Standing) -> Decision:
    entry = Decision(id=identity, subject=(name,), is_delegation=True)
    expected: dict[str, Any] = {attribute: word for attribute, word, _ in standing.expecting}
    return evolve(entry, **expected)
