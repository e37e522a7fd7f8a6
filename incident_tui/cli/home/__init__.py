"""Commands that look after a home and its playbooks."""
