"""What the product costs: start-up, keys, log lines, commits and memory, measured as ratios.

`python -m benchmarks` prints them. Nothing of the package imports this.
"""
