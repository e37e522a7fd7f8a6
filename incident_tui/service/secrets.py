"""What looks like a password or a token: asked of detect-secrets, and only where something might.

The library takes 80 ms to load, so a cheap look comes first that lets no secret of its detectors
pass. Nothing is ever verified over the network: only the detectors' patterns are used.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Protocol

from incident_tui.domain.free_text import every_text
from incident_tui.domain.kernel import Entry, Incident
from incident_tui.domain.redactions import REMOVED
from incident_tui.domain.secrets_kept import Secrets, SecretSuspected, ways_out
from incident_tui.domain.verbs import Refused

# Left out: entropy (every commit id is one), public addresses (incidents are full of them), and
# Artifactory, whose pattern fits words such as APACHE followed by a few letters.
_MODULES = (
    "aws", "azure_storage_key", "basic_auth", "cloudant", "discord", "github_token",
    "gitlab_token", "ibm_cloud_iam", "ibm_cos_hmac", "jwt", "mailchimp", "npm", "openai",
    "private_key", "pypi_token", "sendgrid", "slack", "softlayer", "square_oauth", "stripe",
    "telegram_token", "twilio",
)  # fmt: skip
_NAMED = r"""
      (?:[Kk][Ee][Yy]|[Pp][Aa][Ss][Ss]|[Pp][Ww][Dd]|[Ss][Ee][Cc][Rr][Ee][Tt]
        |[Cc][Oo][Nn][Tt][Rr][Aa][Ss]|[Tt][Oo][Kk][Ee][Nn])\w{0,40}['"\]]{0,2}\s{0,5}[:=(!\uff1a]
    | --?pass\w*\s
"""
_KEYWORD = re.compile(_NAMED, re.VERBOSE)
_POSSIBLE = re.compile(
    r"""
      (?<![A-Za-z0-9])(?=[A-Za-z0-9]{16})(?:[A-Za-z]*[0-9]|[a-z]*[A-Z][A-Za-z]{19})  # a token's run
    | \b(?:xox|sk-|sk_|rk_|eyJ|sq0|pypi-|npm_|SG\.|gl[a-z]{2,6}-|GR1348941)
    | \d{8,10}:[\w-]{35} | [MNO][\w-]{23,25}\. | BEGIN | PRIVATE | PuTTY
    | ://[^\s/]*@ | hooks\.slack | _authToken
    | [Cc]loudant | [Ii][Bb][Mm] | [Ss]oft[Ll]ayer | \b[Bb](?:earer|asic)\b |
    """
    + _NAMED,
    re.VERBOSE,
)
# Some of the library's patterns take the square of the length, so long texts are cut.
_WINDOW, _OVERLAP = 4000, 1000
# A copied token may be wrapped; only texts up to this many characters are tried without breaks.
_WRAPPED = 64 * 1024
_BREAK = re.compile(r"\\?\r?\n[ \t]*")
# What the library does not know.
_FURTHER = (
    (re.compile(r"\bbearer\s+([A-Za-z0-9._~+/-]{20,}=*)", re.IGNORECASE), "bearer token"),
    (re.compile(r"\bAuthorization:\s*Basic\s+([A-Za-z0-9+/]{8,}=*)", re.IGNORECASE), "password"),
    (re.compile(r"\b(github_pat_\w{22,})"), "GitHub Token"),
)
_OPTION = re.compile(
    r"""(?:--?pass(?:word|phrase|wd)?[=\s]
      | \b(?:pass(?:word|phrase|wd)?|pwd|api[-_]?key|(?:access|auth|api|refresh|csrf)[-_]?token)
        ['"]?\s*[:=\uff1a])\s*\\?\s*['"]?([^\s'",;]+)""",
    re.IGNORECASE | re.VERBOSE,
)
# What follows `password:` in prose is a secret only where it is no word: letters with digits.
_NAME = re.compile(r"[A-Za-z]+(?:[-_.][A-Za-z]+)*(?:[-_.]?v?\d{1,3}[a-z]?)?(?:[-_.]\d{1,3})*")
_CREDENTIAL = re.compile(r"(?=.*[A-Za-z])(?=.*\d)[^\s'\"`,;]{6,}")
_PASSWORDISH = re.compile(r"(?i:passw|passwd|passphrase|pwd|db_?pass|key_?pass|contrase)")
_REFERENCE = re.compile(r"[$<{%(\[*]|\.\.\.|…")


class _Detector(Protocol):
    """The part of a detector of the library that is used here."""

    @property
    def secret_type(self) -> str:
        """The kind of secret, as people call it."""
        ...

    def analyze_string(self, string: str) -> Iterator[str]:
        """The secrets in a text."""
        ...


@lru_cache(maxsize=1)
def _detectors() -> tuple[_Detector, ...]:
    from importlib import import_module

    from detect_secrets.plugins.base import BasePlugin

    found: list[_Detector] = []
    for name in _MODULES:
        module = import_module(f"detect_secrets.plugins.{name}")
        found += [
            member()
            for member in vars(module).values()
            if isinstance(member, type)
            and issubclass(member, BasePlugin)
            and member.__module__ == module.__name__
        ]
    return tuple(found)


def secrets_in(texts: Iterable[str]) -> dict[str, str]:
    """What looks like a secret in the texts: the secret and its kind; empty for ordinary words.

    One that was wrapped over several lines is given without the breaks; see `broken`.
    """
    found: dict[str, str] = {}
    for text in texts:
        for part in _windows(text):
            found |= _by_shape(part)
            if _KEYWORD.search(part):
                found |= _after_a_keyword(part)
        if "\n" in text and len(text) <= _WRAPPED:
            for part in _windows(_BREAK.sub("", text)):
                # Only shapes: without the breaks, words that were apart would follow a keyword.
                found |= {secret: kind for secret, kind in _by_shape(part).items()
                          if secret not in text}  # fmt: skip
    return found


def _windows(text: str) -> Iterator[str]:
    for start in range(0, len(text), _WINDOW - _OVERLAP):
        part = text[start : start + _WINDOW]
        if _POSSIBLE.search(part):
            yield part


def _by_shape(text: str) -> dict[str, str]:
    found = {match[1]: kind for pattern, kind in _FURTHER for match in pattern.finditer(text)}
    for detector in _detectors():
        for secret in detector.analyze_string(text):
            found[_whole(secret, text)] = _in_words(detector.secret_type)
    return found


def broken(secret: str) -> re.Pattern[str]:
    """A pattern for a secret as it stands in a text, wrapped or not."""
    return re.compile(rf"(?:{_BREAK.pattern})*".join(map(re.escape, secret)))


def _whole(secret: str, text: str) -> str:
    """The secret; where the library names its prefix only, the longest word that begins so."""
    if len(secret) > 5:
        return secret
    return max(re.findall(re.escape(secret) + r"[\w-]*", text), key=len, default=secret)


def _after_a_keyword(text: str) -> dict[str, str]:
    """What stands after `password:`, `api_key=` and the like, where it is no word of prose."""
    from detect_secrets.plugins.keyword import CONFIG_DENYLIST_REGEX_TO_GROUP

    found = {}
    for pattern, group in CONFIG_DENYLIST_REGEX_TO_GROUP.items():
        for match in pattern.finditer(text):
            words = match[group].split()
            value = words[0].rstrip(".,;)") if words else ""
            if not _CREDENTIAL.fullmatch(value) or _REFERENCE.search(value):
                continue
            if _NAME.fullmatch(value) and not _PASSWORDISH.search(match[0]):
                continue
            found[value] = "password or key"
    for match in _OPTION.finditer(text):
        value = match[1].rstrip(".,;)")
        if (
            _CREDENTIAL.fullmatch(value)
            and not _REFERENCE.search(value)
            and (_PASSWORDISH.search(match[0]) or not _NAME.fullmatch(value))
        ):
            found[value] = "password or key"
    return found


def _in_words(secret_type: str) -> str:
    return secret_type if secret_type.isupper() else secret_type[:1].upper() + secret_type[1:]


def without_secrets(text: str, mark: str) -> str:
    """The text with `mark` in the place of each thing that looks like a secret.

    A text that could not be checked is left out as a whole.
    """
    try:
        found = secrets_in([text])
    except ImportError:
        return f"{mark}\n"
    for secret in sorted(found, key=len, reverse=True):
        text = broken(secret).sub(lambda match: mark, text)
    return text


def suspicion(texts: Iterable[str]) -> str:
    """The kinds of secrets that the texts seem to hold; empty when none.

    Where the library cannot be loaded, a text that would have to be looked at counts as suspect:
    it is recorded, but does not leave this machine.
    """
    try:
        return ", ".join(sorted(set(secrets_in(texts).values())))
    except ImportError as error:
        return f"it could not be checked: {error}; install incident-tui anew"


def suspicion_of(entry: Entry) -> str:
    """`suspicion` of all texts of an entry."""
    if isinstance(entry.event, SecretSuspected):
        return ""
    return suspicion(text for text in every_text(entry) if text != REMOVED)


class HeldBack(Exception):
    """Something may not leave this machine: `refused` says what, and what mends it."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.message)
        self.refused = refused


def must_not_leave(incident: Incident, since: int = 0) -> None:
    """Raises `HeldBack` where an entry looks like it holds a secret that nobody chose to keep.

    Suspicions on record count from the first entry on; what was not looked at when it was
    recorded (an older version, a merged copy) is looked at from position `since` on.
    """
    secrets = incident.of(Secrets)
    held = {
        incident.number(event.target): event.what
        for event in (entry.event for entry in secrets.open)
        if isinstance(event, SecretSuspected)
    }
    for entry in incident.recorded[since:]:
        number = incident.number(entry.id)
        if number in held or entry.id in secrets.kept:
            continue
        if what := suspicion_of(entry):
            held[number] = what
    if not held:
        return
    number, what = min(held.items())
    more = f" (and {len(held) - 1} more)" if len(held) > 1 else ""
    mends = ways_out(number)
    raise HeldBack(
        Refused(
            f"#{number}{more} looks like it holds a secret ({what}): "
            f"{mends[0][1]}, or {mends[1][1]} where it may stay",
            [
                (f"#{each} ({kind}): {does}", line)
                for each, kind in sorted(held.items())
                for does, line in ways_out(each)
            ],
        )
    )
