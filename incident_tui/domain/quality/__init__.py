"""Whether the record can be relied on: sources, times, blame, leftovers."""
