"""Plots as plain values: shapes on a grid, and a table that says the same. Templates draw them."""
