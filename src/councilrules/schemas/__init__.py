"""JSON Schemas for rulebooks and scenarios, made from the vocabulary.

They let an editor complete and check files while they are written; the loader checks
more than a schema can say.
"""

from councilrules.schemas._rulebooks import protocol_schema, section_schema
from councilrules.schemas._scenarios import scenario_schema

__all__ = ["SCHEMAS", "protocol_schema", "scenario_schema", "section_schema"]

SCHEMAS = {
    "scenario": scenario_schema,
    "protocol": protocol_schema,
    "section": section_schema,
}
"""What makes each schema, by the name under which the command line prints it."""
