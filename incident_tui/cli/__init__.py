"""The command line: a door to the service that needs no terminal and never loads the console.

Each command stands in a file of its own, loaded when it is called; nothing here decides anything.
"""

from incident_tui.cli.frame.context import Outside
from incident_tui.cli.root import root

__all__ = ["Outside", "root"]
