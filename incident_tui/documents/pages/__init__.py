"""The pages of an incident folder, one file for each kind."""
