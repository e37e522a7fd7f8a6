"""Deliveries: remotes, branches, pull requests, merges."""
