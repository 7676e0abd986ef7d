"""Every single fault in a rule: in who is bound, what opens a case, what is asked, what excuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from councilrules.analysis._condition_faults import (
    faults_of,
    kind_faults,
    related_faults,
)
from councilrules.analysis._faults import Around, exchanged, fields_asked, named, narrowed, widened
from councilrules.analysis._role_faults import role_faults
from councilrules.events import Kind
from councilrules.register import PROCEDURE_KINDS
from councilrules.rules import Always, Judged, Modality, Order, Path, Related
from councilrules.vocabulary import kinds
from councilrules.wording import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.rules import Condition, Denied, Rule, Rulebook, Standing

    _Listed = tuple[tuple[str, Condition], ...]

_OTHER_MODALITIES = {
    Modality.MUST_NOT: (Modality.MAY, Modality.REFER),
    Modality.MAY: (Modality.MUST_NOT, Modality.REFER),
    Modality.REFER: (Modality.MUST_NOT, Modality.MAY),
    Modality.MUST: (Modality.MUST_FIRST, Modality.MUST_NOT),
    Modality.MUST_FIRST: (Modality.MUST_NOT,),
    Modality.STANDING: (),
}
_READ_AS = {
    Modality.MUST_NOT: "is forbidden",
    Modality.MAY: "is permitted",
    Modality.REFER: "is only pointed out",
    Modality.MUST_FIRST: "is forbidden unless what has to follow came first",
}


@frozen
class Altered:
    """A rule with a fault.

    Attributes:
        kind: What kind of fault it is.
        says: What is wrong, in English.
        rule: The rule as it is with the fault.
    """

    kind: str
    says: str
    rule: Rule


def altered(rule: Rule, rulebook: Rulebook) -> Iterator[Altered]:
    """Give a rule with every single fault of it, in the order in which a rule is written."""
    one = _Rule(rule, rulebook)
    yield from one.flipped()
    yield from one.bearer()
    yield from one.trigger()
    yield from one.further()
    yield from one.required()
    yield from one.deadline()
    yield from one.named()
    yield from one.denied()
    yield from one.standing()


@frozen
class _Rule:
    """Makes the faults of one rule."""

    rule: Rule
    rulebook: Rulebook

    @property
    def around(self) -> Around:
        return Around(rulebook=self.rulebook, kinds=self.rule.trigger.kinds)

    def flipped(self) -> Iterator[Altered]:
        rule = self.rule
        for other in _OTHER_MODALITIES[rule.modality]:
            kept = () if other is not Modality.MUST_FIRST else rule.required
            left = evolve(
                rule,
                modality=other,
                required=tuple(evolve(one, order=Order.BEFORE) for one in kept),
                denies=rule.denies if other is Modality.MUST_NOT else None,
                until=None,
                within=None,
            )
            yield Altered("modality-flipped", f"what opens a case {_READ_AS[other]}", left)

    # --- who is bound, and when --------------------------------------------------------

    def bearer(self) -> Iterator[Altered]:
        rule = self.rule
        if rule.bearer is not None:
            for other in self.around.others(Path(rule.bearer)):
                says = f"whoever `{other}` names answers, not whoever `{rule.bearer}` names"
                yield Altered("bearer-swapped", says, evolve(rule, bearer=other))
        if rule.roles:
            says = "whoever it is answers, whatever their office"
            yield Altered("bearer-roles-dropped", says, evolve(rule, roles=()))
            where = "among those who are bound"
            for kind, says, roles in role_faults(rule.roles, self.rulebook.roles, where):
                yield Altered(f"bearer-{kind}", says, evolve(rule, roles=roles))
        if rule.conduct_at is not None:
            says = f"office and force are tested when it came about, not at `{rule.conduct_at}`"
            yield Altered("conduct-at-dropped", says, evolve(rule, conduct_at=None))

    # --- what opens a case -------------------------------------------------------------

    def _asked(self) -> Iterator[str]:
        """Give the fields that any part of the rule asks of what opens a case."""
        rule = self.rule
        yield from (one for one in (rule.bearer, rule.until, rule.conduct_at) if one)
        yield from () if rule.denies is None else dict(rule.denies.copied).values()
        named_ = (condition for _, condition in (*rule.exceptions, *rule.gaps))
        for one in (rule.trigger.condition, *rule.further, *rule.required, *named_):
            yield from fields_asked(one)

    def trigger(self) -> Iterator[Altered]:
        rule, pattern = self.rule, self.rule.trigger
        for kind, what, names in kind_faults(pattern.kinds, self._asked()):
            says = f"{what} among what opens a case"
            yield Altered(kind, says, evolve(rule, trigger=evolve(pattern, kinds=names)))
        for fault in faults_of(pattern.condition, self.around):
            condition = Always() if fault.left is None else fault.left
            left = evolve(rule, trigger=evolve(pattern, condition=condition))
            yield Altered(fault.kind, fault.says, left)

    def further(self) -> Iterator[Altered]:
        rule = self.rule
        for at, one in enumerate(rule.further):
            for fault in faults_of(one, self.around):
                put = () if fault.left is None else (fault.left,)
                further = (*rule.further[:at], *put, *rule.further[at + 1 :])
                kind = fault.kind
                if not put and isinstance(one, Judged):
                    kind = "question-dropped"
                yield Altered(kind, fault.says, evolve(rule, further=further))

    # --- what is required, and by when -------------------------------------------------

    def required(self) -> Iterator[Altered]:
        rule = self.rule
        steps = rule.required
        for step, left in narrowed(steps):
            says = f"it is no longer required that {self.around.said(step)}"
            yield Altered("step-dropped", says, evolve(rule, required=left))
        for at in range(len(steps) - 1):
            turned = (*steps[:at], steps[at + 1], steps[at], *steps[at + 2 :])
            says = f"it has to come first that {self.around.said(steps[at + 1])}"
            yield Altered("steps-exchanged", says, evolve(rule, required=turned))
        for at, step in enumerate(steps):
            for fault in related_faults(step, self.around):
                if isinstance(fault.left, Related):
                    left = (*steps[:at], fault.left, *steps[at + 1 :])
                    says = f"in what is required, {fault.says}"
                    yield Altered(fault.kind, says, evolve(rule, required=left))

    def deadline(self) -> Iterator[Altered]:
        rule = self.rule
        if rule.until is not None and rule.within is not None:
            says = f"the time that `{rule.until}` gives is passed over"
            yield Altered("until-dropped", says, evolve(rule, until=None))
            says = f"nothing but `{rule.until}` gives a deadline"
            yield Altered("within-dropped", says, evolve(rule, within=None))

    # --- exceptions and gaps -----------------------------------------------------------

    def named(self) -> Iterator[Altered]:
        rule = self.rule
        for (name, condition), left in _each(rule.exceptions):
            yield Altered(
                "exception-dropped",
                f"the exception “{plain(name)}” is gone",
                evolve(rule, exceptions=left),
            )
            if rule.modality is not Modality.MAY:
                says = f"the exception “{plain(name)}” is left open by the text"
                gaps = (*rule.gaps, (name, condition))
                yield Altered("exception-to-gap", says, evolve(rule, exceptions=left, gaps=gaps))
        for (name, condition), left in _each(rule.gaps):
            says = f"the text no longer leaves open “{plain(name)}”"
            yield Altered("gap-dropped", says, evolve(rule, gaps=left))
            # That a text is silent throughout is no exception that a rulebook can write.
            if not isinstance(condition, Always):
                says = f"what the text leaves open, “{plain(name)}”, excuses"
                listed = (*rule.exceptions, (name, condition))
                yield Altered("gap-to-exception", says, evolve(rule, gaps=left, exceptions=listed))
        for kind, says, inside in self._inside(rule.exceptions):
            yield Altered(kind, says, evolve(rule, exceptions=inside))
        for kind, says, inside in self._inside(rule.gaps):
            yield Altered(kind, says, evolve(rule, gaps=inside))

    def _inside(self, listed: _Listed) -> Iterator[tuple[str, str, _Listed]]:
        """Give the faults in the conditions of a list of exceptions, or of gaps."""
        for at, (name, condition) in enumerate(listed):
            for fault in faults_of(condition, self.around):
                if fault.left is None:
                    continue  # nothing would be left of it but its name
                left = (*listed[:at], (name, fault.left), *listed[at + 1 :])
                yield fault.kind, f"in “{plain(name)}”, {fault.says}", left

    # --- refusals, and standing duties -------------------------------------------------

    def denied(self) -> Iterator[Altered]:
        rule, denied = self.rule, self.rule.denies
        if denied is None:
            return
        yield Altered("denies-dropped", "a refusal denies no act", evolve(rule, denies=None))
        for kind, says, left in _denied_faults(denied):
            yield Altered(kind, says, evolve(rule, denies=left))

    def standing(self) -> Iterator[Altered]:
        if self.rule.standing is not None:
            for kind, says, left in _standing_faults(self.rule.standing):
                yield Altered(kind, says, evolve(self.rule, standing=left))


def _each(listed: _Listed) -> Iterator[tuple[tuple[str, Condition], _Listed]]:
    """Give each item of a list with the others."""
    yield from ((one, (*listed[:at], *listed[at + 1 :])) for at, one in enumerate(listed))


def _denied_faults(denied: Denied) -> Iterator[tuple[str, str, Denied]]:
    fields = kinds()[denied.kind].fields
    for at, (name, _) in enumerate(denied.copied):
        left = (*denied.copied[:at], *denied.copied[at + 1 :])
        says = f"the act that was refused does not take over `{name}`"
        yield "denied-field-dropped", says, evolve(denied, copied=left)
    for at, (name, word) in enumerate(denied.fixed):
        before, after = denied.fixed[:at], denied.fixed[at + 1 :]
        says = f"nothing is taken for granted as `{name}` of the act that was refused"
        yield "denied-value-changed", says, evolve(denied, fixed=(*before, *after))
        is_yes_no = fields[name].kind is Kind.YES_NO
        for other in ("yes", "no") if is_yes_no else fields[name].choices:
            if other != word:
                says = f"`{name}` of the act that was refused is taken to be {named([other])}"
                left = (*before, (name, other), *after)
                yield "denied-value-changed", says, evolve(denied, fixed=left)


def _standing_faults(standing: Standing) -> Iterator[tuple[str, str, Standing]]:
    is_kind = standing.register_kind == "procedures"
    known = PROCEDURE_KINDS if is_kind else ()
    entries = standing.entries
    for name, left in narrowed(entries):
        says = f"{named([name])} need not be there"
        yield "entry-dropped", says, evolve(standing, entries=left)
    for name, left in widened(entries, known):
        says = f"{named([name])} has to be there too"
        yield "entry-added", says, evolve(standing, entries=left)
    for name, other, left in exchanged(entries, known):
        says = f"{named([other])} has to be there in place of {named([name])}"
        yield "entry-swapped", says, evolve(standing, entries=left)
    for at, (name, word, _) in enumerate(standing.expecting):
        expecting = (*standing.expecting[:at], *standing.expecting[at + 1 :])
        says = f"it is no longer asked whether `{name}` is {named([word])}"
        yield "expectation-dropped", says, evolve(standing, expecting=expecting)
