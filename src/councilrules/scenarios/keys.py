"""The keys and words that scenario files use."""

from councilrules.findings import Status

SHARED_KEYS = (
    "rulebooks", "proof", "as_of", "register", "complainant", "parameters", "examine", "not_known",
)  # fmt: skip
KEYS = ("title", "name", *SHARED_KEYS, "events", "expect")
STATUSES = (*(one.value for one in Status), "outside", "permitted")
