"""A whole rule in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from councilrules.events.questions import QUESTIONS
from councilrules.rules import AnyOf, Holds, Judged, Modality, RefersToTrigger, Related
from councilrules.vocabulary import kinds
from councilrules.wording.conditions import as_act, condition
from councilrules.wording.events import PLACE, telling
from councilrules.wording.relations import called_by, conjuncts, happening, in_general, is_told
from councilrules.wording.voices import InGeneral
from councilrules.wording.words import any_of, listed, plain, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from councilrules.rules import Condition, Rule
    from councilrules.vocabulary import Question
    from councilrules.wording.voices import Voice

_MUST = {
    "must": "must",
    "should": "should",
    "expect": "is expected to",
    "may": "must",
    "states": "is, as the protocol describes it, to",
}

_MUST_NOT = {
    "must": "must not",
    "should": "should not",
    "expect": "is expected not to",
    "may": "must not",
    "states": "is, as the protocol describes it, not to",
}

_DECIDED_ELSEWHERE = "this is pointed out, and left to those who decide such things"


def rule(one: Rule, questions: Mapping[str, Question] = QUESTIONS) -> str:
    """Say a whole rule in one sentence, such as `A councillor must not criticise ...`.

    Args:
        one: The rule.
        questions: The questions of judgement of its rulebook.
    """
    return sentence(_Sentence(one, questions).whole())


class _Sentence:
    """Makes the sentence for one rule."""

    def __init__(self, one: Rule, questions: Mapping[str, Question]) -> None:
        self.rule = one
        self.questions = questions
        self.kinds = one.trigger.kinds
        self.bearer = any_of(one.roles) if one.roles else "whoever it is"
        if one.bearer is None:
            self.bearer = "the council"
        self.voice = InGeneral(kinds=self.kinds, called=self._called())

    def _called(self) -> dict[str, str]:
        """Name the people of the rule by their roles, as they are once mentioned."""
        pattern = self.rule.trigger.condition
        found = {
            name: _mentioned(self._roles(name)) or words
            for name, words in called_by(pattern, InGeneral(kinds=self.kinds)).items()
        }
        if self.rule.bearer is not None:
            found[self.rule.bearer] = _mentioned(self.rule.roles) or "that person"
        return found

    def _roles(self, name: str) -> tuple[str, ...]:
        parts = conjuncts(self.rule.trigger.condition)
        held = (one for one in parts if isinstance(one, Holds))
        return next((one.roles for one in held if one.path.field == name), ())

    def whole(self) -> str:
        match self.rule.modality:
            case Modality.MUST_NOT:
                joint = "if" if self.rule.bearer == "by" else "and"
                said = f"{self._forbidden()}{self._ifs(joint)}"
            case Modality.MUST:
                said = f"{self._where()}, {self._duty()}"
            case Modality.MUST_FIRST:
                first = f"without this having come first: {self._first()}"
                said = f"{self._forbidden()} {first}{self._ifs('if')}"
            case Modality.MAY:
                said = f"{self.bearer} may {self._act()}{self._ifs('if')}"
            case Modality.STANDING:
                said = f"{self._lasting()}{self._ifs('where')}"
            case Modality.REFER:
                said = f"{self._where()}, {_DECIDED_ELSEWHERE}"
            case _:
                assert_never(self.rule.modality)
        return f"{said}{self._unless()}"

    # --- what is forbidden -----------------------------------------------------------

    def _forbidden(self) -> str:
        if self.rule.bearer not in {"by", None}:
            return f"it counts against {self.bearer} if {self._happens()}"
        return f"{self.bearer} {_MUST_NOT[self.rule.force]} {self._act()}"

    def _act(self) -> str:
        if not self.kinds:
            return self._judged_act() or "act in such a way"
        return listed([self._doing(kind) for kind in self.kinds], "or")

    def _doing(self, kind: str) -> str:
        template = kinds()[kind].cls.does or f"do this ({plain(kind)})"
        return in_general(template, kind, self.rule.trigger.condition, InGeneral(kinds=(kind,)))

    def _judged_act(self) -> str:
        """Say what a person has to judge of any act as if it were the act itself."""
        acts = [as_act(self.questions[name].asks) for name in sorted(self.rule.questions)]
        if self.kinds or self.rule.standing is not None or None in acts:
            return ""
        roles = self._roles("towards")
        called = {
            "by": _mentioned(self.rule.roles),
            "towards": any_of(roles) if roles else "anybody",
        }
        told = listed([one for one in acts if one is not None])
        return PLACE.sub(lambda found: called.get(found[1], "it"), told)

    # --- what opens a case, and what then has to be done -----------------------------

    def _where(self) -> str:
        return f"where {self._happens()}{self._ifs('and')}"

    def _happens(self) -> str:
        """Say what opens the case, with the bearer among the people in it."""
        return listed([self._past(kind) for kind in self.kinds] or ["anything was done"], "or")

    def _past(self, kind: str) -> str:
        template = telling(kinds()[kind])
        if self.rule.bearer is not None:
            template = template.replace(f"{{{self.rule.bearer}}}", self.bearer)
        return in_general(template, kind, self.rule.trigger.condition, InGeneral(kinds=(kind,)))

    def _duty(self) -> str:
        bearer = _mentioned(self.rule.roles) or self.bearer
        last = self.rule.required[-1]
        there = InGeneral(kinds=last.pattern.kinds, opener=self.voice)
        actor = called_by(last.pattern.condition, there).get("by", bearer)
        does = self._required(last, there)
        if actor != bearer:
            does = f"have {actor} {does}"
        return f"{bearer} {_MUST[self.rule.force]} {does}{self._time()}"

    def _required(self, last: Related, there: Voice) -> str:
        """Say what has to be done; that it is about what opened the case is understood."""
        pattern = last.pattern
        does = [kinds()[kind].cls.does or plain(kind) for kind in pattern.kinds]
        acts = [
            in_general(template, kind, pattern.condition, there, unnamed="them")
            for template, kind in zip(does, pattern.kinds, strict=True)
        ]
        rest = [
            condition(part, there, self.questions)
            for part in conjuncts(pattern.condition)
            if not (
                is_told(part, [f"{{by}} {one}" for one in does])
                or isinstance(part, RefersToTrigger)
            )
        ]
        return listed(acts, "or") + (f" ({'; '.join(rest)})" if rest else "")

    def _time(self) -> str:
        given = "" if self.rule.until is None else "by the time given"
        allowed = "" if self.rule.within is None else "within the time that the council allows"
        either = " or ".join(filter(None, (given, allowed)))
        return f" {either}" if either else ""

    def _first(self) -> str:
        told = [
            happening(one, self.voice, lambda part, there: condition(part, there, self.questions))
            for one in self.rule.required
        ]
        return ", and then ".join(told)

    def _lasting(self) -> str:
        found = self.rule.standing
        entries = () if found is None else found.entries
        has = f"delegated authority for {listed(map(plain, entries))}"
        if found is not None and found.register_kind == "procedures":
            has = listed([f"a {plain(name)} procedure" for name in entries])
        return f"{self.bearer} {_MUST[self.rule.force]} have {has} on every day that the protocol is in force"

    # --- what else is needed, and what answers it ------------------------------------

    def _ifs(self, joint: str) -> str:
        told = [
            ("either " if isinstance(part, AnyOf) else "")
            + condition(part, self.voice, self.questions)
            for part in (*conjuncts(self.rule.trigger.condition), *self.rule.further)
            if not self._is_said(part)
        ]
        begins = f", {joint}" if self.kinds or self.rule.standing or self._judged_act() else " that"
        judged = ", as a named person judges" if self._judged_act() else ""
        return f"{judged}{begins} {'; and '.join(told)}" if told else judged

    def _is_said(self, part: Condition) -> bool:
        if isinstance(part, Judged):
            return bool(self._judged_act())
        if not self.kinds:
            return isinstance(part, Holds)
        return is_told(part, self._templates())

    def _templates(self) -> list[str]:
        """Give the sentences in which the rule tells what it forbids or what opens a case."""
        forbids = (Modality.MUST_NOT, Modality.MUST_FIRST)
        is_act = self.rule.modality is Modality.MAY or (
            self.rule.modality in forbids and self.rule.bearer in {"by", None}
        )
        return [kinds()[kind].cls.does if is_act else telling(kinds()[kind]) for kind in self.kinds]

    def _unless(self) -> str:
        excuses = [condition(one, self.voice, self.questions) for _, one in self.rule.exceptions]
        if self.rule.denies is not None:
            excuses.append("another clause forbids what was refused")
        unless = f", unless {'; or '.join(excuses)}" if excuses else ""
        unclear = listed([plain(name) for name, _ in self.rule.gaps])
        return f"{unless}; the text leaves open: {unclear}" if unclear else unless


def _mentioned(roles: tuple[str, ...]) -> str:
    """Call whoever holds one of the roles, once they have been mentioned."""
    if not roles:
        return ""
    return f"the {plain(roles[0])}" if len(roles) == 1 else "that person"
