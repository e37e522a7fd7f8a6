"""Git itself: processes, repositories, objects, what keeps it from committing."""
