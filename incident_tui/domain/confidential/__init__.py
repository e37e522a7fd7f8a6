"""What not everybody may read: protection, redactions, suspected secrets, shared copies."""
