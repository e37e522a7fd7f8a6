"""What looks like a secret, in texts, files and archives."""
