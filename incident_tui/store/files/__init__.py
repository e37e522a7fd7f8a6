"""Files written whole, locks of the kernel, TOML of others, errors."""
