"""Who does what: hats, how long they are worn, who is typing."""
