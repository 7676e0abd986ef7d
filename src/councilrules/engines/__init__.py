"""Ways of finding what the reference defines, by other means."""
