"""Which questions of two rules are the same question, so that it is answered once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.analysis.uses import paths_of
from councilrules.reference.conditions import refers_to_trigger
from councilrules.rules import Related
from councilrules.vocabulary import kinds

if TYPE_CHECKING:
    from councilrules.analysis.formulas import Ask
    from councilrules.rules import Rule, Rulebook


def sameness(rulebook: Rulebook, rule: Rule, ask: Ask) -> tuple[object, ...]:
    """Give what a question depends on besides the situation; equal for the same question."""
    if isinstance(ask.condition, Related):
        return (ask.topic, *_of_other(rulebook, rule, ask, ask.condition))
    if ask.topic == "condition":
        asked = (ask.condition, ask.answering, ask.of_other)
        return (ask.topic, *asked, *_seen(rulebook, rule), *_words(rulebook))
    if ask.topic == "barred":
        return (ask.topic, ask.about, *_barring(rulebook, rule, ask.about))
    return (ask.topic, *_of_the_case(rulebook, rule, ask))


def _of_other(rulebook: Rulebook, rule: Rule, ask: Ask, relation: Related) -> tuple[object, ...]:
    """Give what a question about an event that is looked for depends on."""
    kinds = relation.pattern.kinds
    found: dict[str, tuple[object, ...]] = {
        "happened": (ask.answering, ask.of_other),
        "is-there": (kinds, relation.or_itself),
        "order": (relation.order, refers_to_trigger(relation), *_seen(rulebook, rule)),
        "unrecorded": (kinds,),
        "in-time": _deadline(rulebook, rule),
    }
    return found[ask.topic]


def _of_the_case(rulebook: Rulebook, rule: Rule, ask: Ask) -> tuple[object, ...]:
    """Give what a question about the act, or about whom the rule binds, depends on."""
    held = (rule.bearer, rule.roles, *_words(rulebook))
    due = _deadline(rulebook, rule)
    found: dict[str, tuple[object, ...]] = {
        "opens": (rule.bearer, rule.trigger.kinds, *_raised(rulebook, rule)),
        "dated": (rule.conduct_at,),
        "in-force": (rule.conduct_at, rule.bearer, rulebook.adopted, rulebook.not_before),
        "capacity": (),
        "office": (*held, rule.conduct_at),
        "actor": (rule.bearer,),
        "happened": (),
        "left": due,
        "left-office": (*held, *due),
    }
    return found.get(ask.topic, (id(ask),))


def _raised(rulebook: Rulebook, rule: Rule) -> tuple[object, ...]:
    """Give by what a rule on any event is opened: what raises the questions that it asks."""
    if rule.trigger.kinds:
        return ()
    return tuple(sorted((name, rulebook.questions[name].raised_by) for name in rule.questions))


def _seen(rulebook: Rulebook, rule: Rule) -> tuple[object, ...]:
    """Give what a rule makes of the act before anything is asked of it.

    Of an act that lasts it is the part inside the office that the rule speaks of (P3).
    """
    raising = (rulebook.questions[name].raised_by for name in rule.questions)
    opening = rule.trigger.kinds or frozenset().union(*raising)
    lasts = any(kinds()[kind].cls.derived for kind in opening)
    return (rule.bearer, rule.conduct_at, rule.roles if lasts else ())


def _barring(rulebook: Rulebook, rule: Rule, clause: str) -> tuple[object, ...]:
    """Give what it depends on whether a clause bars what was refused (P12).

    What the refusal hands on to the act that was refused matters if a rule that bars reads it.
    """
    denied, others = rule.denies, rulebook[clause].rules
    if denied is None or any(one.denies is not None for one in others):
        return (id(rule), id(rulebook))
    barring = [one for one in others if denied.kind in one.trigger.kinds]
    read = {"as", *(name for one in barring for name in (one.bearer, one.conduct_at))}
    every = [condition for one in barring for condition in one.conditions]
    read.update(path.field for one in every for path in paths_of(one))
    looks_further = any(isinstance(one, Related) for one in every)
    handed_on = tuple(
        one for one in (*denied.copied, *denied.fixed) if looks_further or one[0] in read
    )
    of_the_book = (rulebook.adopted, rulebook.not_before, rulebook.zone, *_words(rulebook))
    return (denied.kind, handed_on, *map(id, barring), *of_the_book)


def _deadline(rulebook: Rulebook, rule: Rule) -> tuple[object, ...]:
    parameter = rulebook.parameters.get(rule.within or "")
    set_ = () if parameter is None else (parameter.name, parameter.is_timely, parameter.values)
    return (rule.until, rule.within, rulebook.zone, *set_)


def _words(rulebook: Rulebook) -> tuple[object, ...]:
    """Give what the words of a rulebook mean."""
    roles = tuple(sorted(rulebook.roles.values(), key=lambda role: role.name))
    questions = tuple(sorted((one.name, one.raised_by) for one in rulebook.questions.values()))
    return (roles, questions)
