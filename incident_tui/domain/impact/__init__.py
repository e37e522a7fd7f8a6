"""How bad it is and who is told: severity, impact, status updates."""
