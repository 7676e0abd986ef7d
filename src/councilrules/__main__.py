"""Runs the command line as `python -m councilrules`."""

from councilrules.cli import run

run()
