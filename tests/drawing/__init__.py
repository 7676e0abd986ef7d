"""What the Hypothesis strategies of the tests are made of."""
