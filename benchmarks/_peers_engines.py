"""Engines from PyPI, each started on rules as rows know them.

Their modules are imported by name and only when asked for, since none has to be installed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from attrs import frozen
from benchmarks._peers_rows import FLAGS, TEXTS, FlatRule, Row, Test

Judge = Callable[[Row], Sequence[str]]
"""Gives the clauses that a row breaks."""

Start = Callable[[Any, Sequence[FlatRule]], Judge]
"""Makes the judge of some rules, from the module of the engine."""


@frozen
class Peer:
    """An engine from PyPI.

    Attributes:
        distribution: What to install.
        module: What to import.
        start: Starts it so that an event meets the rules on its kind and no others.
        start_on_everything: Starts it so that every rule is tried on every event, if it
            does not find out by itself which rules are on the kind of an event.
    """

    distribution: str
    module: str
    start: Start
    start_on_everything: Start | None = None

    @property
    def is_installed(self) -> bool:
        """Tell whether it can be imported."""
        return find_spec(self.module.partition(".")[0]) is not None

    def judge(self, rules: Sequence[FlatRule], *, of_everything: bool = False) -> Judge:
        """Start the engine on some rules."""
        start = self.start_on_everything if of_everything else self.start
        if start is None:
            msg = f"{self.distribution} finds the rules on a kind by itself"
            raise ValueError(msg)
        return start(import_module(self.module), rules)


# --- evaluators of expressions --------------------------------------------------------


@frozen
class Language:
    """A language of expressions, and what evaluates them.

    Attributes:
        conjunction: Its word for `and`.
        compiled: Makes of an expression what tells whether it holds.
        read: Makes of a row what all expressions are evaluated on, once for each row.
    """

    conjunction: str
    compiled: Callable[[str], Callable[[Any], bool]]
    read: Callable[[Row], Any]


def _zen(module: Any) -> Language:  # noqa: ANN401 - a module without types, as below
    return Language("and", lambda text: module.compile_expression(text).evaluate, _as_it_is)


def _rule_engine(module: Any) -> Language:  # noqa: ANN401
    return Language("and", lambda text: module.Rule(text).matches, _as_it_is)


def _cel(module: Any) -> Language:  # noqa: ANN401
    types = module.Type
    columns = dict.fromkeys(TEXTS, types.STRING) | dict.fromkeys(FLAGS, types.BOOL)
    environment = module.NewEnv(variables=columns)

    def compiled(text: str) -> Callable[[Any], bool]:
        evaluate = environment.compile(text).eval
        return lambda activation: evaluate(activation).value()

    # One activation a row takes less time than the row itself given to each expression.
    return Language("&&", compiled, environment.Activation)


def _as_it_is(row: Row) -> Row:
    return row


def _by_kind(language_of: Callable[[Any], Language]) -> Start:
    """Evaluate the expressions of the rules on the kind of the event, found in a dict."""

    def start(module: Any, rules: Sequence[FlatRule]) -> Judge:  # noqa: ANN401
        language = language_of(module)
        listed: defaultdict[str, list[tuple[str, Callable[[Any], bool]]]] = defaultdict(list)
        for rule in rules:
            expression = _expression(rule.tests, language.conjunction)
            listed[rule.kind].append((rule.clause, language.compiled(expression)))

        def judge(row: Row) -> list[str]:
            read = language.read(row)
            return [clause for clause, holds in listed[str(row["kind"])] if holds(read)]

        return judge

    return start


def _on_everything(language_of: Callable[[Any], Language]) -> Start:
    """Evaluate every expression, each with a test of the kind as its first."""

    def start(module: Any, rules: Sequence[FlatRule]) -> Judge:  # noqa: ANN401
        language = language_of(module)
        listed = [
            (rule.clause, language.compiled(_expression(_with_kind(rule), language.conjunction)))
            for rule in rules
        ]

        def judge(row: Row) -> list[str]:
            read = language.read(row)
            return [clause for clause, holds in listed if holds(read)]

        return judge

    return start


def _with_kind(rule: FlatRule) -> tuple[Test, ...]:
    return (Test("kind", rule.kind), *rule.tests)


def _expression(tests: Sequence[Test], conjunction: str) -> str:
    return f" {conjunction} ".join(
        f"{test.column} {'==' if test.is_same else '!='} "
        f"{test.value if test.is_of_column else json.dumps(test.value)}"
        for test in tests
    )


# --- engines that match facts ---------------------------------------------------------


def _clips(module: Any, rules: Sequence[FlatRule]) -> Judge:  # noqa: ANN401
    """Give CLIPS one fact, which becomes each row in turn.

    A fact for each row would take longer with every one: what clipspy 1.0.6 once held is
    kept although it was retracted.
    """
    broken: list[str] = []

    def note(clause: str) -> None:
        broken.append(clause)

    environment = module.Environment()
    environment.define_function(note, "note")
    slots = " ".join(f"(slot {column})" for column in (*TEXTS, *FLAGS))
    environment.build(f"(deftemplate event {slots})")
    for number, rule in enumerate(rules):
        pattern = _pattern(_with_kind(rule))
        environment.build(f'(defrule r{number} (event {pattern}) => (note "{rule.clause}"))')
    fact = environment.find_template("event").assert_fact()

    def judge(row: Row) -> list[str]:
        broken.clear()
        fact.modify_slots(**row)
        environment.run()
        return broken.copy()

    return judge


def _pattern(tests: Sequence[Test]) -> str:
    """Write tests as CLIPS does: slot by slot, those first whose values others refer to."""
    others = dict.fromkeys(str(test.value) for test in tests if test.is_of_column)
    constraints = {column: [f"?{column}"] for column in others}
    for test in tests:
        constraints.setdefault(test.column, []).append(_constraint(test))
    return " ".join(f"({column} {'&'.join(listed)})" for column, listed in constraints.items())


def _constraint(test: Test) -> str:
    if isinstance(test.value, bool):
        value = str(test.value).upper()
    else:
        value = f"?{test.value}" if test.is_of_column else json.dumps(test.value)
    return value if test.is_same else f"~{value}"


def _durable(*, is_by_kind: bool) -> Start:
    """Give durable-rules a fact for each row, which is retracted once its rules have fired.

    The rules are in one ruleset for each kind of event, or all in one.
    """

    def start(module: Any, rules: Sequence[FlatRule]) -> Judge:  # noqa: ANN401
        broken: list[str] = []

        def noting(clause: str) -> Callable[[object], None]:
            return lambda _: broken.append(clause)

        rulesets: defaultdict[str, dict[str, object]] = defaultdict(_fitting_everything)
        for rule in rules:
            tests = [_definition(test) for test in (rule.tests if is_by_kind else _with_kind(rule))]
            rulesets[rule.kind if is_by_kind else "events"][rule.clause] = {
                "all": [{"m": {"$and": tests}}],
                "run": noting(rule.clause),
            }
        # A host as it comes starts threads that run the actions behind one's back.
        host = type("QuietHost", (module.Host,), {"_run": lambda _: None})(dict(rulesets))

        def judge(row: Row) -> list[str]:
            broken.clear()
            name = row["kind"] if is_by_kind else "events"
            host.assert_fact(name, row)
            host.retract_fact(name, row)
            return broken.copy()

        return judge

    return start


def _fitting_everything() -> dict[str, object]:
    """Start a ruleset: a fact that fits no rule is an error, and to meet one takes longer."""
    return {"rest": {"all": [{"m": {"$and": [{"$ex": {"kind": 1}}]}}], "run": lambda _: None}}


def _definition(test: Test) -> dict[str, Any]:
    value = {"$m": test.value} if test.is_of_column else test.value
    return {test.column: value} if test.is_same else {"$neq": {test.column: value}}


PEERS = (
    Peer("zen-engine", "zen", _by_kind(_zen), _on_everything(_zen)),
    Peer("cel-expr-python", "cel_expr_python.cel", _by_kind(_cel), _on_everything(_cel)),
    Peer("rule-engine", "rule_engine", _by_kind(_rule_engine), _on_everything(_rule_engine)),
    Peer("durable-rules", "durable.engine", _durable(is_by_kind=True), _durable(is_by_kind=False)),
    Peer("clipspy", "clips", _clips),
)
