"""The events as data."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from councilrules.events.questions import QUESTIONS
from councilrules.vocabulary import RESERVED, EventKind, kinds, written

if TYPE_CHECKING:
    from pathlib import Path

KINDS = sorted(kinds().values(), key=lambda kind: kind.name)
CLASS = '''
from councilrules.events import UNKNOWN, Event, event
from councilrules.events._event import Person


@event
class BadgeLent(Event):
    """Someone lent another person their badge.

    Attributes:
        to: Who got it.
    """

    to: Person = UNKNOWN
'''


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_of_an_event_is_documented(kind: EventKind) -> None:
    assert kind.summary.endswith(".")
    assert all(field.help for field in kind.fields.values())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_choice_is_a_word_with_a_meaning_of_its_own(kind: EventKind) -> None:
    words = {word for field in kind.fields.values() for word in field.choices}

    # `yes` and `no` are the first two answers to whether somebody knew.
    assert words & RESERVED <= {"yes", "no"}


def test_every_question_is_raised_by_events_that_there_are() -> None:
    raising = {name for question in QUESTIONS.values() for name in question.raised_by}

    assert raising <= kinds().keys()


def test_an_attribute_is_written_with_hyphens() -> None:
    assert written("needed_for_duties") == "needed-for-duties"
    assert written("for_") == "for"


def test_an_event_of_another_package_is_known_to_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "badges.py").write_text(CLASS, encoding="utf-8")
    announced = tmp_path / "badges-1.dist-info"
    announced.mkdir()
    (announced / "METADATA").write_text("Name: badges\nVersion: 1\n", encoding="utf-8")
    (announced / "entry_points.txt").write_text(
        "[councilrules.events]\nbadges = badges\n", encoding="utf-8"
    )
    script = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); "
        "sys.argv = ['councilrules', 'vocabulary', 'badge-lent']; "
        "from councilrules.cli import run; run()"
    )

    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert "lent another person their badge" in ran.stdout
