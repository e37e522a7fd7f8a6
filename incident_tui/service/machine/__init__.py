"""Whether this machine is set up for the program: what is read of it, and the rules over that."""
