"""Twenty sentences from the examples, as they were read aloud; and what holds for any event.

A change of wording changes `sentences.txt`: read the new sentences aloud before you write
them there.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given

from councilrules import assess, load_rulebook, load_scenario, wording
from councilrules.testing.strategies import events

if TYPE_CHECKING:
    from collections.abc import Iterator

    from councilrules.events import Event

HERE = Path(__file__).parent
STORIES = HERE.parent / "examples" / "stories"

TOLD = (
    ("a-challenge-after-a-talk", "e3"),
    ("a-challenge-after-a-talk", "e4"),
    ("a-challenge-after-a-talk", "j1"),
    ("a-clerk-pays-for-a-report", "e1"),
    ("a-clerk-pays-for-a-report", "e3"),
    ("a-confidential-paper-is-shown-to-a-fellow-councillor", "e2"),
    ("a-councillor-reads-papers-on-land-of-their-own", "e1"),
    ("a-promise-is-kept-too-late", "e1"),
    ("a-member-of-the-panel-has-a-favourite", "e5"),
    ("nobody-knows-which-councillor-gave-the-order", "e3"),
    ("a-finding-under-the-members-code", "e1"),
)
ASKED = (
    ("langport", "a-challenge-after-a-talk", "proof", "e3"),
    ("twywell", "nobody-knows-which-councillor-gave-the-order", "by", "e1"),
    ("langport", "a-member-of-the-panel-has-a-favourite", "appointment", "e4"),
    ("langport", "an-officer-is-challenged-in-a-public-meeting", "discourteous", "e5"),
)
RULES = (
    ("langport", "2.3", "instructed"),
    ("langport", "2.9", "sought-to-influence"),
    ("langport", "4D(a)", "challenged-in-public"),
    ("langport", "4D(d)", "criticised-in-public"),
    ("twywell", "4.4", "clerk-told-before-complaining"),
)


def sentences() -> Iterator[str]:
    for story, event in TOLD:
        history = load_scenario(STORIES / f"{story}.yaml").history
        yield wording.sentence(wording.happened(history.by_id[event]))
    for book, story, name, of in ASKED:
        made = assess(
            load_rulebook(book), load_scenario(STORIES / f"{story}.yaml"), engine="reference"
        )
        yield from {
            one.asks
            for one in made.questions
            if one.want.of == of and name in {one.want.name, one.want.cause}
        }
    for book, clause, rule in RULES:
        yield wording.rule(load_rulebook(book).rule(clause, rule))


def test_twenty_sentences_read_as_they_were_approved() -> None:
    approved = (HERE / "sentences.txt").read_text(encoding="utf-8").splitlines()

    assert list(sentences()) == approved
    assert len(approved) == 20


@given(events())
def test_the_sentence_on_any_event_is_plain_english(event: Event) -> None:
    for told in (wording.said(event), wording.told(event), wording.happened(event)):
        outside = re.sub("“[^”]*”", "", told)
        assert not re.search(r"[{}\[\]|_]|\bNone\b|  | ,|\(\(|\)\)|\(\)", told)
        assert not re.search(r"\b(?!e-mail)[a-z0-9]+-[a-z0-9]+\b", outside)
        assert told == told.strip(" ,;:")
