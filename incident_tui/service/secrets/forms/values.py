"""Whether a value that a name, an option or a sentence calls a secret is to be believed.

A name alone proves nothing: `password: expired` and `TOKEN=$TOKEN` are what incidents are full of.
"""

import re
from collections.abc import Callable, Mapping
from typing import Literal

from incident_tui.service.secrets.forms.patterns import compiled

Meaning = Literal["password", "secret", "key"]
"""What a name says: a password; a token, secret or API key; or some key, which may be harmless."""
Place = Literal["set", "told"]
"""Where a value stands: where it is set (`NAME=value`, quoted, an option), or told in prose."""

SHORTEST = 6
"""Fewer characters are not believed to be a secret."""
_MASKED = r"\*{2,}|\.{3}|…|•{2,}|[xX]{4,}|#{3,}|_{4,}|\$\{|\{\{|\$\(|<[\w !/-]+>?|%\(\w+\)s"
_REFERENCE = r"""\$+\w+$ | \$env: | %\w+%$ | @\w+@$ | [({\[<*] | %[sdv]$
      | [~.]{0,2}(?:/[a-z_.-]+\d{0,3})+(?:/[\w.@-]*)*$ | [A-Za-z]:\\ | \w[\w.]*\(
      | !\w+$ | \w[\w.]*\[ | &\w+$
      | (?:arn|op|vault|ref|env|file|kms|sops|ssm|gsm|secretref|secretsmanager|https?|s3|gs):
      | [a-z_]+(?:\.[A-Za-z_]+)+$
      | [a-z_]\w*(?:\.\w+)*\.\w*(?:pass|secret|token|key)\w*$
      | (?:process\.env|os\.environ|secrets|var|env|data|local|self)\."""
_PLACEHOLDER = r"""redacted | masked | filtered | placeholder | change[-_ ]?me | example | your[-_]
      | ^your | dummy | ^(?:my|the|some|insert|enter|put|foo|bar|todo|tbd|fixme)[-_]
      | ^(?:todo|tbd|fixme|foobar|foobarbaz|(?:abc|123)+def|asdf|qwerty)$"""
_STATE = frozenset((
    "absent", "again", "alright", "always", "and", "anything", "attempt", "authentication",
    "because", "blank", "broken", "correct", "correctly", "current", "default", "denied",
    "different", "disabled", "during", "empty", "enabled", "encrypted", "error", "errors",
    "expiration", "expiry", "failed", "failure", "failures", "false", "forbidden", "generator",
    "handling", "hidden", "history", "incorrect", "integer", "invalid", "issue", "issues", "leaked",
    "length", "limit", "literal", "locked", "login", "manager", "mandatory", "mismatch", "missing",
    "mistake", "mistyped", "never", "nothing", "notfound", "nullable", "number", "object", "okay",
    "optional", "other", "password", "passwords", "plaintext", "policy", "present", "problem",
    "prompt", "prompts", "required", "reset", "resets", "revoked", "rotation", "rules", "same",
    "secure", "similar", "something", "string", "stronger", "strong", "their", "there", "true",
    "undefined", "unavailable", "unchanged", "unknown", "unset", "unsure", "update", "updates",
    "valid", "validation", "variable", "vault", "wrong",
))  # fmt: skip
_COMMON = frozenset((
    "a", "at", "be", "can", "cannot", "does", "for", "has", "in", "is", "it", "least", "must", "no",
    "not", "of", "or", "should", "the", "to", "too", "was", "with",
))  # fmt: skip
_STATE_ENDINGS = ("ed", "ing", "able", "ible", "tion", "sion", "ment", "ness")
_TECHNICAL = (
    r"(?:base(?:32|58|64)|sha-?\d|md[45]|hmac|bcrypt|scrypt|argon2|pbkdf2|aes|rsa|utf-?\d+|oauth|"
    r"ipv[46]|http/?\d|tls|ssl|x509|[rhep]s\d{3}|ed25519|curve25519|k8s|2fa|mfa|totp|v\d|1password|"
    r"pkcs|utc|iso|ec2|log4j|s3)"
)
_SECRET_WORD = ("password", "passwd", "passphrase", "passwort", "secret", "token", "credential")
# A piece of a name such as checkout-api2: letters and a short number, or a version.
_PIECE = (
    r"(?:[A-Z]{1,14}|[A-Z]?[a-z]{1,18}(?:[A-Z][a-z]{1,14}){0,4})\d{0,4}[a-z]?"
    r"|v?\d{1,4}[a-z]?"
)
_SPLIT = r"[-_./:@]"
_AMOUNT = r"\d+[-.]?[A-Za-z]+(?:-[a-z]+)*|\d+(?:[./:x×-]\d+)+[a-zA-Z%]*"
_OBJECT = r"[a-z]{2,14}[a-z0-9]{0,9}(?:[-/][a-z0-9]{1,14})+"
_SOLID = r"[\w.~+/=%!@#^&-]{16,}"
_UUID = r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"


def is_stand_in(value: str) -> bool:
    """Whether a value only stands for one: masked, a variable, a path, a call, an example."""
    if not any(letter.isalnum() for letter in value) or len(set(value)) <= 2:
        return True
    if compiled(_MASKED).search(value) or compiled(_REFERENCE, re.VERBOSE).match(value):
        return True
    lowered = value.lower()
    if compiled(_PLACEHOLDER, re.VERBOSE).search(lowered):
        return True
    return value.isalpha() and lowered.endswith(_SECRET_WORD)


def is_name(value: str) -> bool:
    """Whether a value is made of words and short numbers, like that of a host or a version."""
    return all(
        compiled(_PIECE).fullmatch(piece) for piece in compiled(_SPLIT).split(value) if piece
    )


def is_strong(value: str, length: int = 16) -> bool:
    """Whether a value is as long as tokens are, `length` characters, and as mixed; and no name."""
    if len(value) < length or (not compiled(_SOLID).fullmatch(value) and length >= 16):
        return False
    if _mixed(value):
        return not is_name(value) and not compiled(_OBJECT).fullmatch(value)
    return _is_scrambled(value)


def believed(value: str, meaning: Meaning, place: Place, *, bare: bool = False) -> bool:
    """Whether the value of a name with that meaning is a secret. `bare`: it is `pass` alone."""
    if len(value) < SHORTEST or is_stand_in(value):
        return False
    if meaning == "password":
        return _password(value, place, bare)
    if meaning == "secret":
        return _token(value, place)
    return is_strong(value, 20) and not compiled(_UUID).fullmatch(value)


def _password(value: str, place: Place, bare: bool) -> bool:
    if " " in value:
        return place == "set" and _is_passphrase(value)
    if value.isdecimal():
        return place == "set" and not bare
    if _mixed(value):
        if place == "set":
            return not (bare and is_name(value) and value[0].isdigit())
        several = len(compiled(_SPLIT).split(value)) > 1 and (value.islower() or value.isupper())
        return not (
            (several and is_name(value))
            or compiled(_AMOUNT).fullmatch(value)
            or compiled(_TECHNICAL).match(value.lower())
        )
    if any(sign in value[:-1] for sign in "@#$%^&*!?~+=") and any(map(str.isalpha, value)):
        return True
    return place == "set" and not is_state(value) and _has_letters(value)


def _is_passphrase(value: str) -> bool:
    words = compiled(r"[\s,.]+").split(value.lower())
    return len(words) >= 3 and not _COMMON.intersection(words) and not any(map(is_state, words))


def _token(value: str, place: Place) -> bool:
    if " " in value:
        return False
    if value.isdecimal():
        return place == "set" and len(value) >= 16
    if _mixed(value):
        if is_name(value) or (
            compiled(_OBJECT).fullmatch(value) and not compiled(_UUID).fullmatch(value)
        ):
            return False
        return len(value) >= 8 and not (place == "told" and compiled(_AMOUNT).fullmatch(value))
    return len(value) >= 16 and _is_scrambled(value)


def is_striking(value: str, meaning: Meaning) -> bool:
    """Whether a value is a secret that follows its word with nothing between: `password …`.

    Any word may follow there, so it has to look like no word at all.
    """
    if len(value) < SHORTEST or is_stand_in(value) or is_name(value) or not _mixed(value):
        return False
    if meaning != "password":
        return is_strong(value, 20) and not is_digest(value)
    if any(sign in value for sign in "=/()[]{}") or compiled(r".+@[\w-]+\.").match(value):
        return False
    if compiled(_AMOUNT).fullmatch(value) or compiled(_TECHNICAL).match(value.lower()):
        return False
    cased = not (value.islower() or value.isupper())
    return cased or any(sign in value[1:-1] for sign in "!@#$%^&*~?+")


def is_chosen(value: str) -> bool:
    """Whether somebody chose this word for a secret: it names nothing, and says no state."""
    return len(value) >= 8 and value.isalnum() and not is_stand_in(value) and not is_state(value)


def is_digest(value: str) -> bool:
    """Whether a value is written like a UUID or a hash, which sentences are full of."""
    return bool(compiled(rf"{_UUID}|[0-9a-f]{{12,}}").fullmatch(value))


def is_state(value: str) -> bool:
    """Whether a word says how something is rather than what it is."""
    words = [word for word in compiled(r"[-_./]").split(value.lower()) if word]
    return any(word in _STATE or word.endswith(_STATE_ENDINGS) for word in words)


def _mixed(value: str) -> bool:
    return any(map(str.isdigit, value)) and _has_letters(value)


def _has_letters(value: str) -> bool:
    return any(map(str.isalpha, value))


def _is_scrambled(value: str) -> bool:
    """Whether letters change their case too often for words that are written together."""
    changes = len(compiled(r"[a-z][A-Z]").findall(value))
    capitals = sum(map(str.isupper, value))
    return (changes >= 4 and len(value) / changes < 6) or (
        changes >= 2 and len(value) >= 16 and len(value) * 0.25 <= capitals <= len(value) * 0.75
    )


def is_long(value: str) -> bool:
    """Whether a value that stands where only tokens stand is one: no word, no stand-in."""
    if len(value) < 12 or is_stand_in(value) or is_name(value):
        return False
    return _mixed(value) or _is_scrambled(value) or any(sign in value for sign in "+/=~|")


def _is_random(text: str) -> bool:
    """Whether what follows a short prefix is no word."""
    rest = compiled(r"[-_]").split(text, maxsplit=1)[-1]
    return (_mixed(rest) or _is_scrambled(rest)) and not is_name(rest)


def _is_cased(text: str) -> bool:
    rest = text[2:]
    return _is_scrambled(rest) or (_mixed(rest) and not (rest.islower() or rest.isupper()))


CHECKS: Mapping[str, Callable[[str], bool]] = {
    "strong": lambda text: is_strong(text, 20),
    "random": _is_random,
    "no name": lambda text: not is_name(text),
    "no example": lambda text: not text.endswith("EXAMPLE"),
    "cased": _is_cased,
}
"""Checks that tables of forms name, for shapes that alone would alarm too often."""
