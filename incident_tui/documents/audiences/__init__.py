"""What readers outside of the team are given: one page for those who decide, and a public text."""
