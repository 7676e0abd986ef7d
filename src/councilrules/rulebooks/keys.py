"""The keys and words that rulebook files use, in the order in which to write them."""

from councilrules.rules import Modality

CLAUSE_KINDS = ("prohibition", "obligation", "right", "power", "expectation", "statement")
FORCES = ("must", "should", "expect", "may", "states")
MODALITIES = tuple(one.value for one in Modality)
CLAUSE_KEYS = (
    "clause", "means", "fingerprint", "kind", "force", "hedge", "subject_to", "note",
    "other_law", "repeats", "tensions", "rules",
)  # fmt: skip
RULE_KEYS = (
    "id", "kind", "force", "hedge", "bearer", "whenever", "must_not", "must", "must_first",
    "may", "standing", "refer", "order", "denies", "after", "also", "without", "until",
    "within", "conduct_at", "judge", "unless", "unclear", "note",
)  # fmt: skip
HEAD_KEYS = (
    "format", "id", "council", "title", "version", "adopted", "not_before", "next_review",
    "zone", "calendar", "closed", "definitions", "roles", "parameters", "questions",
    "source", "sections",
)  # fmt: skip
CONDITION_KEYS = (
    "event", "id", "either", "all", "judge", "after", "also", "meanwhile", "without", "authorised",
    "vacant", "procedure", "no-procedure",
)  # fmt: skip
OPERATORS = (
    "not", "same-as", "other-than", "is", "of", "sits-on", "for", "has-interest-in", "known",
    "took-office-later", "in-force", "adopted", "within-terms-of",
)  # fmt: skip
