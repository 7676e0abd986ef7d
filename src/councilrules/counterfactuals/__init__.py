"""What would have turned a finding, and what the answers to questions lead to."""
