"""One open incident: lines go in, entries become durable, the state follows."""
