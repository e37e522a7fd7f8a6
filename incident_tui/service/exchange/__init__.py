"""In and out: imports, exports, the worked example, playbooks to change."""
