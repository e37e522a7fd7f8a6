"""Event sourcing itself: events and their fold, commands, rules, the grammar of log lines."""
