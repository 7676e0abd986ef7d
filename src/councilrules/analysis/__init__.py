"""What can be found out about a rulebook by looking at its rules alone."""
