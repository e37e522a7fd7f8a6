"""What one person keeps on one machine: drafts, side files, where they lie."""
