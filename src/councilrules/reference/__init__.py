"""The definition: what every rule finds in every history, written to be read."""

from councilrules.reference.cases import Case, Cases
from councilrules.reference.found import Found, found, found_by
from councilrules.reference.standing import standing_case

__all__ = ["Case", "Cases", "Found", "found", "found_by", "standing_case"]
