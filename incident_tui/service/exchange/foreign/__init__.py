"""What was written elsewhere, taken in: alerts, chats, logs, other teams' postmortems."""
