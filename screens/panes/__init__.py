"""The panes of the war room: one file per concept. They show state and offer lines."""
