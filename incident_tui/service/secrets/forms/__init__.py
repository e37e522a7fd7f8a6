"""Everything that is taken for a secret, by family; what follows from it stands in texts.py.

Nothing is asked of a server. An ordinary line costs a search for literals: the families are
imported, and their patterns compiled, where their literals are seen.
"""

from collections.abc import Iterator

# Characters of the shortest text that holds a secret, and of the shortest that tells by itself.
_SHORTEST, _SHORTEST_TOKEN = 6, 15
_LONG = 10_000
# Marks of the families. Each name, and each literal of the tables, holds one of its family.
_BLOCKS = ("PRIVATE", "PuTTY", "LS0tLS1CRUdJTi", "ecret", '"kty"', "OpenVPN Static", "RSAKeyValue")
_ADDRESSES = ("://", "jdbc:", "hooks.", "?", "apiKey=", "api_key=")
_NAMES = (
    "pass", "pwd", "secret", "token", "key", "cred", "psk", "pw", "psw", "mdp", "clave", "wort",
    "woord", "ordet", "enord", "kode", "salas", "senha", "haslo", "heslo", "geslo", "jelsz", "jwt",
    "lozink", "zapork", "sifre", "parol", "parool", "sandi", "segre", "geheim", "jeton", "contras",
    "sas",
    "dsn", "zugang", "slapta", "masterauth", "ordine", "ordem", "lykil", "bearer", "connection",
    "pasahitza", "auth",
)  # fmt: skip


def secrets_of(text: str) -> dict[str, str]:
    """Each secret in a text, as it stands there, with its kind."""
    secrets: dict[str, str] = {}
    for secret, kind in _in_order(text):
        if secret and not any(secret in known for known in secrets):
            secrets[secret] = kind
    return secrets


def wrapped_secrets_of(text: str) -> dict[str, str]:
    """Each secret that is known by its shape and wrapped over lines, without the breaks."""
    if "\n" not in text:
        return {}
    from incident_tui.service.secrets.forms.form import wrapped_shapes
    from incident_tui.service.secrets.forms.providers import PROVIDERS

    return dict(wrapped_shapes(text, PROVIDERS))


def _in_order(text: str) -> Iterator[tuple[str, str]]:
    """The surest kinds first: what two families find is called as the first says."""
    if len(text) < _SHORTEST:
        return
    if _any(_BLOCKS, text):
        from incident_tui.service.secrets.forms import blocks

        yield from blocks.in_blocks(text)
    if len(text) > _LONG or max(map(len, text.split()), default=0) >= _SHORTEST_TOKEN:
        from incident_tui.service.secrets.forms.form import shapes
        from incident_tui.service.secrets.forms.providers import PROVIDERS

        yield from shapes(text, PROVIDERS)
    if _any(_ADDRESSES, text):
        from incident_tui.service.secrets.forms import addresses

        yield from addresses.in_addresses(text)
    yield from _in_lines(text)


def _in_lines(text: str) -> Iterator[tuple[str, str]]:
    from incident_tui.service.secrets.forms import command_lines

    if _any(command_lines.LITERALS, text):
        yield from command_lines.in_commands(text)
    if not text.isascii() or _any(_NAMES, text.lower()):
        from incident_tui.service.secrets.forms import named_values

        yield from named_values.assigned(text)
        yield from named_values.in_sentences(text)
        yield from named_values.next_to(text)


def _any(marks: tuple[str, ...], text: str) -> bool:
    return any(mark in text for mark in marks)
