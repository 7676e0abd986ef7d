"""What would have turned a finding, and what the answers to questions lead to.

`least` looks for the smallest changes of facts that would turn a finding, among those that
`listing` gives; `answers` says what each answer to a question would lead to. Whatever they
say was tried by settling the case again.
"""

from councilrules.counterfactuals.answers import Consequence, consequences, ranked_questions
from councilrules.counterfactuals.least import LeastChange, Turning, least_changes, turning

__all__ = [
    "Consequence",
    "LeastChange",
    "Turning",
    "consequences",
    "least_changes",
    "ranked_questions",
    "turning",
]
