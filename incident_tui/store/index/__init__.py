"""The index of a home: what is known of its logs, kept in the user's cache and never the truth."""
