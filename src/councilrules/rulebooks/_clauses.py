"""Clauses from YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilrules.rulebooks._rules import Norm, Rules
from councilrules.rulebooks.keys import CLAUSE_KEYS, CLAUSE_KINDS, FORCES
from councilrules.rules import Clause

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from councilrules.documents import Node
    from councilrules.errors import Place
    from councilrules.reading import Reading
    from councilrules.rulebooks._patterns import Patterns
    from councilrules.rules import Rule


class Clauses:
    """Reads the clauses of one rulebook."""

    def __init__(self, reading: Reading, patterns: Patterns, parameters: Collection[str]) -> None:
        """Take what gathers faults, what reads patterns, and the parameters there are."""
        self._reading = reading
        self._rules = Rules(reading, patterns, parameters)
        self.faulty: set[Place] = set()

    def clause(self, node: Node) -> Clause | None:
        """Read one clause; `None` if it has no id to name it by.

        The place of one that has a fault is added to `faulty`, as is that of such a rule.
        """
        before = len(self._reading.problems)
        found = self._clause(node)
        if len(self._reading.problems) > before:
            self.faulty.add(node.place)
        return found

    def _clause(self, node: Node) -> Clause | None:
        reading = self._reading
        mapping = reading.mapping(
            node, node, "a clause", keys=CLAUSE_KEYS,
            needs=("clause", "means", "fingerprint", "kind"),
        )  # fmt: skip
        if mapping is None:
            return None
        name = reading.name(mapping.get("clause"), "`clause`")
        if name is None:
            return None
        reading.some(mapping.get("kind"), "`kind`")
        found = reading.words(mapping.get("kind"), "kind", CLAUSE_KINDS, "unknown-kind")
        forces = reading.words(mapping.get("force"), "force", FORCES, "unknown-force") or (
            "states",
        )
        if len(forces) == 1:
            forces *= max(len(found), 1)
        hedge = reading.text(mapping.get("hedge"), "`hedge`")
        norm = Norm(clause=name, kinds=found, forces=forces, hedge=hedge)
        rules = tuple(
            rule
            for item in reading.listing(mapping.get("rules"), mapping, "`rules`")
            if (rule := self._rule(item, norm)) is not None
        )
        return Clause(
            id=name,
            means=reading.text(mapping.get("means"), "`means`") or "",
            kinds=found,
            forces=forces,
            hedge=hedge,
            fingerprint=reading.texts(mapping.get("fingerprint"), "`fingerprint`"),
            subject_to=reading.texts(mapping.get("subject_to"), "`subject_to`"),
            rules=rules,
            note=reading.text(mapping.get("note"), "`note`"),
            other_law=reading.text(mapping.get("other_law"), "`other_law`"),
            repeats=reading.texts(mapping.get("repeats"), "`repeats`"),
            tensions=tuple(self._tensions(mapping.get("tensions"))),
            place=mapping.place,
        )

    def _tensions(self, node: Node | None) -> Iterator[tuple[str, str]]:
        """Read the clauses that the text sets against this one, each with a remark."""
        found = None if node is None else self._reading.mapping(node, node, "`tensions`")
        for name, remark in ({} if found is None else found.entries).items():
            yield name, self._reading.text(remark, f"`tensions` with `{name}`") or ""

    def _rule(self, node: Node, norm: Norm) -> Rule | None:
        before = len(self._reading.problems)
        rule = self._rules.rule(node, norm)
        if len(self._reading.problems) > before:
            self.faulty.add(node.place)
        return rule
