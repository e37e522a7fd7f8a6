"""An incident war room in a terminal: the package and its version.

Nothing is imported here, so that each door (command line, console) pays only for what it uses.
"""

__version__ = "0.1.0"
