"""The forms in which an incident is handed on: one file each, with `render`; named in `export`."""
