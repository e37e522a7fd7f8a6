"""Fields to write into, and the log line that is made of them."""
