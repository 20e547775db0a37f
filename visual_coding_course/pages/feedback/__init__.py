"""What student and instructor read."""
