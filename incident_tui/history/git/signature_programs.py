"""With which program a commit is signed: the user's, never one that the repository names."""

from incident_tui.history.git.repository import GitHome

# What git takes by itself (git-config, "gpg.program" and the ones after it), by the key in small
# letters, as git lists it.
_DEFAULTS = {
    "gpg.program": "gpg",
    "gpg.openpgp.program": "gpg",
    "gpg.x509.program": "gpgsm",
    "gpg.ssh.program": "ssh-keygen",
    "gpg.ssh.defaultkeycommand": "",
}
_OF_THE_REPOSITORY = frozenset({"local", "worktree"})


def signature_words(repository: GitHome, *, timeout_seconds: float) -> list[str]:
    """The words before a git command that signs: programs from the user's own settings.

    Raises GitUnavailableError.
    """
    listed = repository.must(
        ("config", "--show-scope", "-z", "--list"),
        deed="look for the key to sign with",
        timeout_seconds=timeout_seconds,
    )
    fields = iter(listed.out.split("\0"))
    chosen = dict(_DEFAULTS)
    named = set()
    for scope, entry in zip(fields, fields, strict=False):
        key, _, value = entry.partition("\n")
        if key in chosen and scope in _OF_THE_REPOSITORY:
            named.add(key)
        elif key in chosen:
            chosen[key] = value
    # The older name counts only where the newer one is not set, so it may not be set for nothing.
    return [word for key in sorted(named) for word in ("-c", f"{key}={chosen[key]}")]
