"""The rules of an incident: pure values in, pure values out.

Nothing here does I/O, reads a clock or knows a user interface. Importing the package's `discovery`
fills the registries of events, commands, checks, fields and flags.
"""
