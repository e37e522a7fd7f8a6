"""Written times: dates, clocks and zones as people write them anywhere. Knows no documents."""
