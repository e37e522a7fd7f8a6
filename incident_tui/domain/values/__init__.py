"""Plain values that know nothing of events: texts, times, fields, the playbook."""
