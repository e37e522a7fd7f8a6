"""Commands that hand incidents on, or take in what was kept elsewhere."""
