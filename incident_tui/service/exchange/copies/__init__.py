"""Copies for readers outside of the team: a public text, one page, a folder of a whole home."""
