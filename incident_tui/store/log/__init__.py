"""The incident file: its storage, its version, its lock, the name of its folder."""
