"""What a name says about its value: the words for passwords, tokens and keys, in many languages."""

from functools import lru_cache

from incident_tui.service.secrets.forms.patterns import compiled
from incident_tui.service.secrets.forms.values import Meaning

_PASSWORD_ENDINGS = (
    "password", "passwd", "passwort", "passphrase", "passcode", "passwrd", "pwd",
    "kennwort", "losungswort", "zugangscode", "wachtwoord", "paswoord", "passord", "adgangskode",
    "kodeord", "losenord", "salasana", "contrasena", "contrasenya", "contraseña", "motdepasse",
    "lösenord", "lösenordet", "passordet", "adgangskoden", "kodeordet", "wagwoord", "lykilorð",
    "lykilord", "salasõna", "parool", "slaptažodis", "slaptazodis", "jelszó", "jelszava", "jelszo",
    "hasło", "haslo", "hasłem", "heslo", "lozinka", "zaporka", "zaporko", "geslo", "şifre", "sifre",
    "şifresi", "sifresi", "parola", "parolă", "parole", "senha", "pasahitza", "sandi", "khẩu",
    "пароль", "парола", "лозинка", "құпиясөз", "κωδικός", "κωδικος", "კოდი", "პაროლი", "ծածկագիր",
    "סיסמה", "סיסמא", "הסיסמה", "المرور", "السر", "गोपनीयकूट", "पासवर्ड", "รหัสผ่าน", "密码", "密碼",
    "口令", "パスワード", "暗証番号", "비밀번호", "암호",
)  # fmt: skip
_PASSWORD_WORDS = frozenset((
    "pass", "pw", "pword", "psw", "passw", "psk", "userpass", "dbpass", "mypass", "sshpass",
    "keypass", "storepass", "rootpass", "adminpass", "smtppass", "ftppass", "mailpass", "redispass",
    "requirepass", "masterauth", "mdp", "clave", "passe", "pswd", "ordine", "ordem", "wpapsk",
))  # fmt: skip
_SECRET_ENDINGS = (
    "secret", "token", "apikey", "authkey", "accesskey", "secretkey", "privatekey", "authtoken",
    "geheimnis", "zugangsdaten", "токен", "секрет", "令牌", "トークン", "토큰", "密钥", "密鑰",
    "秘密鍵", "秘钥", "jeton", "schlüssel",
)  # fmt: skip
_SECRET_WORDS = frozenset((
    "credential", "credentials", "creds", "secreto", "segredo", "segreto", "geheim", "heslem",
    "sas", "sastoken", "connectionstring", "dsn", "bearer", "jwt", "sessiontoken",
))  # fmt: skip
# What in front of `key` makes it one that opens something.
_FIRST_WORDS = frozenset((
    "api", "access", "secret", "private", "auth", "authorization", "encryption", "decryption",
    "signing", "signature", "master", "account", "admin", "service", "client", "shared", "hmac",
    "deploy", "license", "licence", "storage", "subscription", "app", "application", "integration",
    "ingest", "ingestion", "crypt", "crypto", "cipher", "webhook", "jwt", "write", "consumer",
    "ssh", "pgp", "gpg", "rsa", "aes", "fernet", "instrumentation", "preshared", "pre", "vapid",
    "server", "functions", "function", "session", "cookie", "sender", "write", "management",
    "recovery", "unseal", "seed", "wallet",
))  # fmt: skip
# What in front of `key` or `token` makes it one that anybody may know.
_HARMLESS = frozenset((
    "cache", "idempotency", "partition", "primary", "foreign", "routing", "sort", "hash", "row",
    "object", "bucket", "public", "pub", "dedup", "deduplication", "lock", "redis", "config",
    "feature", "i18n", "translation", "map", "lookup", "index", "shard", "group", "message",
    "correlation", "trace", "request", "event", "error", "issue", "jira", "project", "composite",
    "unique", "registry", "metric", "host", "next", "page", "pagination", "continuation",
    "cancellation", "sync", "cursor", "fencing", "lease", "resume", "range", "sequence", "stop",
    "eos", "bos", "pad", "tracking", "order", "surrogate", "natural", "document", "record",
    "sample", "aggregation", "candidate", "ssh_host", "known", "stream", "topic",
))  # fmt: skip
# Behind the word that counts a name may say whose, where or how.
_TAILS = frozenset((
    "value", "val", "string", "str", "text", "plain", "plaintext", "clear", "cleartext", "raw",
    "data", "b64", "base64", "base", "enc", "prod", "production", "dev", "development", "staging",
    "stage", "test", "testing", "qa", "live", "old", "new", "backup", "primary", "secondary",
    "root", "admin", "main", "master", "ro", "rw", "read", "write", "db", "env", "local", "default",
    "current", "previous", "eu", "us", "en", "de",
))  # fmt: skip
_SEGMENT = r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+"
# A longer name is none.
_LONGEST = 120
_SPLIT = r"[-_.\s]+"


@lru_cache(maxsize=2048)
def meaning(name: str, before: str = "") -> Meaning | None:
    """What a name means; None where nothing that is to be kept. `before` is the word before it."""
    words = _words(name) if len(name) <= _LONGEST else []
    if not words:
        return None
    last, whole = words[-1], "".join(words)
    if last in _PASSWORD_WORDS or whole.endswith(_PASSWORD_ENDINGS):
        return "password"
    front = words[-2] if len(words) > 1 else before.lower()
    if front in _HARMLESS:
        return None
    if last in _SECRET_WORDS or last.endswith(_SECRET_ENDINGS) or whole.endswith(_SECRET_ENDINGS):
        return "secret"
    if last == "auth" and len(words) > 1:
        return "secret"
    if last in ("key", "keys") and front:
        return "secret" if front in _FIRST_WORDS else "key" if len(words) > 1 else None
    return None


def is_variable(name: str) -> bool:
    """Whether a name is written like one of the environment, of two words or more."""
    return name.isupper() and "_" in name.strip("_")


def _words(name: str) -> list[str]:
    if name.isascii():
        words = [word.lower() for word in compiled(_SEGMENT).findall(name)]
    else:
        words = [word.lower() for word in compiled(_SPLIT).split(name) if word]
    while len(words) > 1 and (words[-1] in _TAILS or words[-1].isdigit() or len(words[-1]) == 1):
        words.pop()
    return words
