"""What benchmarks measure with: homes and terminals, hands, clocks, and what was found before."""
