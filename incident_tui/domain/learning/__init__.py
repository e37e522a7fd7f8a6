"""What follows from it: factors, fixes, action items, the postmortem."""
