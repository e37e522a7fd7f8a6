"""The history of the incident folders in git: committing, what is pending, reading back.

Plain values in and out. GitPython is imported nowhere else in the package, and here only by work
that goes on: the console, a delivery, recovery.
"""

from incident_tui.history.commits.background import BackgroundCommitter, RequestFactory, Status
from incident_tui.history.commits.commit_log import (
    Commit,
    Reach,
    commits_of,
    last_position,
    reach_of,
)
from incident_tui.history.commits.committer import commit, lazy_commit
from incident_tui.history.commits.outcome import (
    CommitOptions,
    CommitRequest,
    Committed,
    NothingToCommit,
    Outcome,
    Pending,
)
from incident_tui.history.git.repository import GitHome, open_or_create
from incident_tui.history.git.runner import GitUnavailableError

__all__ = [
    "BackgroundCommitter",
    "Commit",
    "CommitOptions",
    "CommitRequest",
    "Committed",
    "GitHome",
    "GitUnavailableError",
    "NothingToCommit",
    "Outcome",
    "Pending",
    "Reach",
    "RequestFactory",
    "Status",
    "commit",
    "commits_of",
    "last_position",
    "lazy_commit",
    "open_or_create",
    "reach_of",
]
