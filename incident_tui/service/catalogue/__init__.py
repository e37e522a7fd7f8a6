"""What is known of every incident: from the index where that is sure, else from the logs."""
