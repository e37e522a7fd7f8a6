"""What is asked of all incidents together: action items, numbers, words."""
