"""Pages of HTML: one file each, which loads nothing and needs no network."""
