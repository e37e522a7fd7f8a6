"""What comes from outside: clock, ids, environment, commands that are run."""
