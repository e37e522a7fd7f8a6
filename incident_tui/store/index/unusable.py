"""What is raised where the index cannot be used; whoever asked reads the logs instead."""


class Unusable(Exception):
    """The index cannot be used now; the message says why."""
