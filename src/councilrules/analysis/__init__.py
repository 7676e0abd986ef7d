"""What can be proved of rules: which situations reach what, and what tells two rules apart."""
