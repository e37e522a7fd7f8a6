"""What frames a screen: header, key bar, tabs, short lists."""
