"""What a playbook drives: stages, gates, artifacts, red flags."""
