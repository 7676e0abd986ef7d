"""The definition: what every rule finds in every history, written to be read."""

from councilrules.reference.cases import Cases
from councilrules.reference.found import Found, found, found_by

__all__ = ["Cases", "Found", "found", "found_by"]
