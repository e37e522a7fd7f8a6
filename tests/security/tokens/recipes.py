"""Forms of secrets as people paste them into a log, each made afresh: no token stands here.

Prefixes, lengths and alphabets follow what the providers issue, as the public rule sets state it
(the configuration of gitleaks, the plugins of detect-secrets, the detectors of trufflehog).

A recipe is text with fields: `AKIA«base32:16»` is the prefix and sixteen characters of that
alphabet. `FIELDS` lists what a field can be.
"""

import base64
import json
import re
import string
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from textwrap import wrap

_FIELD = re.compile(r"«(\w+)(?::(\d+)(?:-(\d+))?)?»")
_ALNUM = string.ascii_letters + string.digits
_ALPHABETS = {
    "digits": string.digits,
    "hex": "0123456789abcdef",
    "HEX": "0123456789ABCDEF",
    "base32": string.ascii_uppercase + "234567",
    "bech32": "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L",
    "upper": string.ascii_uppercase,
    "lower": string.ascii_lowercase,
    "letters": string.ascii_letters,
    "upnum": string.ascii_uppercase + string.digits,
    "lownum": string.ascii_lowercase + string.digits,
    "alnum": _ALNUM,
    "base64": _ALNUM + "+/",
    "base64url": _ALNUM + "-_",
}
_SYLLABLES = ("ka", "ro", "ven", "mu", "lis", "tor", "ba", "fen", "gri", "zu", "hol", "dep", "wyn")
_SERVICES = ("ACME", "TWILIO", "CLOUDFLARE", "BILLING", "HOOLI", "PAGER", "SEARCH", "OPS", "X")


def _syllables(rng: Random, count: int) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(count)).capitalize()


def _password(rng: Random, _: int) -> str:
    """As people choose it: letters, a sign, a number; no sign that an address gives a meaning."""
    return _syllables(rng, 3) + rng.choice("!-_.~*") + str(rng.randint(10, 9999))


def _wordlike(rng: Random, _: int) -> str:
    """A password without a digit, with signs inside it."""
    return _syllables(rng, 2) + rng.choice("@!%") + _syllables(rng, 2) + rng.choice("!?*")


def _armour(rng: Random, label: str) -> str:
    """A key between the lines that begin and end it, with lines of 64 characters."""
    body = "MII" + _drawn("base64", rng, 64 * 8 - 5) + "=="
    kind = f"{label} KEY"
    return "\n".join((f"-----BEGIN {kind}-----", *wrap(body, 64), f"-----END {kind}-----"))


def _part(content: Mapping[str, object]) -> str:
    text = json.dumps(content, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _jwt(rng: Random, _: int) -> str:
    claims = {"sub": _drawn("digits", rng, 10), "name": _syllables(rng, 3), "iat": 1516239022}
    head = _part({"alg": "HS256", "typ": "JWT"})
    return f"{head}.{_part(claims)}.{_drawn('base64url', rng, 43)}"


def _sentry(rng: Random, _: int) -> str:
    """The middle of an organisation token: when and where it was made."""
    places = {"url": "https://sentry.io", "region_url": "https://de.sentry.io"}
    return _part({"iat": 1716239022 + rng.random(), **places, "org": _syllables(rng, 2)})


def _basic(rng: Random, _: int) -> str:
    return base64.b64encode(f"deploy:{_password(rng, 0)}".encode()).decode()


def _pgp(rng: Random, _: int) -> str:
    kind = "PGP PRIVATE " + "KEY BLOCK"
    body = wrap("lQ" + _drawn("base64", rng, 64 * 6 - 2), 64)
    return "\n".join((f"-----BEGIN {kind}-----", "", *body, f"-----END {kind}-----"))


def _putty(rng: Random, _: int) -> str:
    body = wrap(_drawn("base64", rng, 128), 64)
    head = ("PuTTY-User-Key-File-3: ssh-ed25519", "Encryption: none", "Comment: ana@laptop")
    tail = (f"Private-MAC: {_drawn('hex', rng, 64)}",)
    return "\n".join((*head, f"Private-Lines: {len(body)}", *body, *tail))


def _drawn(alphabet: str, rng: Random, count: int) -> str:
    return "".join(rng.choices(_ALPHABETS[alphabet], k=count))


def _from(alphabet: str) -> Callable[[Random, int], str]:
    return lambda rng, count: _drawn(alphabet, rng, count)


FIELDS: Mapping[str, Callable[[Random, int], str]] = {
    **{name: _from(name) for name in _ALPHABETS},
    "uuid": lambda rng, _: str(uuid.UUID(int=rng.getrandbits(128), version=4)),
    "sentry": _sentry,
    "password": _password,
    "wordlike": _wordlike,
    "service": lambda rng, _: rng.choice(_SERVICES),
    "jwt": _jwt,
    "basic": _basic,
    "rsa": lambda rng, _: _armour(rng, "RSA PRIVATE"),
    "ec": lambda rng, _: _armour(rng, "EC PRIVATE"),
    "openssh": lambda rng, _: _armour(rng, "OPENSSH PRIVATE"),
    "pkcs8": lambda rng, _: _armour(rng, "PRIVATE"),
    "pkcs8json": lambda rng, _: _armour(rng, "PRIVATE").replace("\n", "\\n"),
    "encrypted": lambda rng, _: _armour(rng, "ENCRYPTED PRIVATE"),
    "pem64": lambda rng, _: base64.b64encode(_armour(rng, "EC PRIVATE").encode()).decode(),
    "pgp": _pgp,
    "putty": _putty,
}


def filled(recipe: str, rng: Random) -> str:
    """The recipe with every field made afresh; `KeyError` where it names a field there is not."""

    def one(field: re.Match[str]) -> str:
        kind, least, most = field.groups()
        count = rng.randint(int(least or 0), int(most or least or 0))
        return FIELDS[kind](rng, count)

    return _FIELD.sub(one, recipe)


@dataclass(frozen=True)
class Form:
    """One form of a secret: its family, its name, and recipes of the texts it stands in."""

    family: str
    name: str
    recipes: tuple[str, ...]


def known(family: str, name: str, token: str) -> Form:
    """A token that tells by itself what it is, so it is one wherever it stands."""
    recipes = (
        token,
        f"09:14 worker-3 logged {token} before it stopped",
        f"export «service»_AUTH_TOKEN={token}",
        f'curl -sH "Authorization: Bearer {token}" https://api.example.com/v1/me',
        f'{{"user": "deploy", "value": "{token}"}}',
    )
    if "/" in token or "«base64:" in token:  # a slash would end the host of an address
        return Form(family, name, recipes)
    return Form(family, name, (*recipes, f"git clone https://deploy:{token}@git.example.org/a.git"))


def worded(family: str, name: str, *recipes: str) -> Form:
    """A secret that only the words around it tell apart; the recipes are whole texts."""
    return Form(family, name, recipes)
