"""Commands that work on incidents: declare, log, show and the like."""
