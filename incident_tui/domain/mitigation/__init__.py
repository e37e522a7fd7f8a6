"""How the impact is stopped: changes, levers, strategy, recovery."""
