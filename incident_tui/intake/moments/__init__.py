"""From written times to moments in UTC, and what is doubtful about them."""
