"""What changed before the start: read from repositories and from logs of deploys and flags."""
