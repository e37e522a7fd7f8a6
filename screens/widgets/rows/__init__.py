"""Lists of rows: cursor, filter, what is painted."""
