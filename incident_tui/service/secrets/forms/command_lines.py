"""Secrets that commands, headers and statements carry: `curl -u`, `-p…`, `Authorization:`, SQL."""

from collections.abc import Callable, Iterator, Mapping

from incident_tui.service.secrets.forms.patterns import compiled
from incident_tui.service.secrets.forms.values import believed, is_long, is_stand_in, is_strong

KIND = "password or key"
_HEADER, _BEARER, _BASIC, _COOKIE = KIND, "bearer token", "password in base64", "session cookie"
# {WORD}: a word, perhaps quoted. {REST}: options and names between a command and what counts.
_PARTS = {
    "{WORD}": r"""(?:"([^"\n]{1,400})"|'([^'\n]{1,400})'|([^\s"'|;&<>]{1,400}))""",
    "{REST}": r"(?:[^\n|;]|(?<=\\)\n){0,300}?",
}
# The literals apart by a bar, of which one is in each text that holds such a line; the pattern,
# whose group is the value; which values count; the kind.
_LINES = (
    ("curl |wget |http -|https -|--auth",
     r"(?<![\w-])(?:curl|https?|wget|xh)\b{REST}\s(?:-[a-zA-Z]{0,6}u|--(?:proxy-)?user|-a"
     r"|--auth)[= ]?\s{0,3}{WORD}", "pair", KIND),
    ("mysql|mariadb",
     r"(?<![\w-])(?:mysql\w{0,8}|mariadb[\w-]{0,8})\b{REST}\s-p{WORD}", "given", KIND),
    ("sshpass ", r"(?<![\w-])sshpass\s{1,3}-p\s{0,3}{WORD}", "given", KIND),
    (" login|mongo|sqlcmd|cqlsh|ipmitool|twine|bcp |isql",
     r"(?<![\w-])(?:(?:docker|podman|nerdctl|buildah|skopeo|crane|helm|oras|oc|az|cf|ibmcloud"
     r"|argocd|npm)\s[\w ]{0,30}?login|mongo\w{0,8}|sqlcmd|cqlsh|ipmitool|twine|bcp"
     r"|isql)\b{REST}\s-[pPw]\s{0,3}{WORD}", "given", KIND),
    ("redis-cli ", r"(?<![\w-])redis-cli\b{REST}\s-a\s{1,3}{WORD}", "given", KIND),
    ("ldap", r"(?<![\w-])ldap\w{3,12}\b{REST}\s-w\s{1,3}{WORD}", "given", KIND),
    ("zip -|zip |7z|rar ",
     r"(?<![\w-])(?:zip|unzip|7za?|rar|unrar)\b{REST}\s-[pP]\s{0,3}{WORD}", "password", KIND),
    ("smbclient|net |rpcclient|cifs",
     r"(?<![\w-])(?:smbclient|net|rpcclient|mount\.cifs)\b{REST}\s(?:-U"
     r"|--user)[= ]\s{0,3}['\"]?[\w.\\@-]{1,60}%([^\s'\"]{4,200})", "given", KIND),
    ("lftp ",
     r"(?<![\w-])lftp\b{REST}\s-u\s{1,3}['\"]?[\w.@-]{1,60},([^\s'\"]{4,200})", "given", KIND),
    ("sqlplus |expdp |impdp |rman |sqlldr ",
     r"(?<![\w-])(?:sqlplus|expdp|impdp|rman|sqlldr)\b[^\n|;/]{0,80}?\s['\"]?[\w.]{1,60}/"
     r"([^\s@'\"/]{4,128})@", "given", KIND),
    (" pass:", r"-(?:passin|passout|pass|password)\s{1,3}pass:([^\s'\"]{4,200})", "given", KIND),
    ("openssl ",
     r"(?<![\w-])openssl\s{1,3}(?:enc|aes)[\w -]{0,20}\b{REST}\s-k\s{1,3}{WORD}", "given", KIND),
    ("/p:|/pass", r"\s/p(?:ass(?:word)?)?:{WORD}", "given", KIND),
    ("net use|net user",
     r"net\s{1,3}user?\s{1,3}[^\s]{1,120}\s{1,3}{WORD}\s{1,3}/(?:user|USER|add|ADD)",
     "given", KIND),
    ("snmp", r"(?<![\w-])snmp\w{2,10}\b{REST}\s-[cAX]\s{1,3}{WORD}", "community", KIND),
    ("rabbitmqctl |htpasswd ",
     r"(?:rabbitmqctl\s{1,3}(?:add_user|change_password|authenticate_user)"
     r"|htpasswd\s{1,3}-\w{0,6}b\w{0,6}\s{1,3}[^\s]{1,120})\s{1,3}[\w.@-]{1,60}\s{1,3}{WORD}",
     "given", KIND),
    ("chpasswd",
     r"echo\s{1,3}(?:-\w{1,3}\s{1,3})?['\"]?[\w.-]{1,60}:([^\s'\"|]{4,200})['\"]?\s{0,3}\|[^\n]{0"
     r",40}chpasswd", "given", KIND),
    ("passwd|sudo -S|--password-stdin|--passphrase-fd",
     r"(?:echo|printf|<<<)\s{0,3}(?:-\w{1,3}\s{1,3})?{WORD}\s{0,3}\|[^\n]{0,120}(?:passwd"
     r"|sudo\s{1,3}-S|--password-stdin|--passphrase-fd)", "given", KIND),
    ("--password-stdin", r"--password-stdin\s{0,3}<<<\s{0,3}{WORD}", "given", KIND),
    ("reds|redentials|REDS|ugangsdaten|/pass|ogin|dentifiants|redencial",
     r"(?<![\w-])(?:[Cc]red(?:ential)?s|CREDS|[Zz]ugangsdaten|[Ii]dentifiants|[Cc]redenciales"
     r"|(?:user|login)/pass(?:word)?|[Ll]ogin)[ \t]{0,3}[:=]?[ \t]{1,3}[\w.@\\-]{1,60}"
     r"[ \t]{0,3}[:/][ \t]{0,3}([^\s/][^\s]{5,200})", "told", KIND),
    ("mc alias|mc config",
     r"mc\s{1,3}(?:alias|config)\s{1,3}(?:set|host\s{1,3}add)\s{1,3}[^\s]{1,60}\s{1,3}[^\s]{1,120"
     r"}\s{1,3}[^\s]{1,120}\s{1,3}{WORD}", "given", KIND),
    ("configure set|config set|config:set",
     r"(?:configure\s|config[: ])set\s{1,3}[^\s]{0,80}(?:secret_access_key|session_token"
     r"|_authToken|[Pp]assword|[Tt]oken|[Ss]ecret)\s{1,3}{WORD}", "given", KIND),
    ("vault login|unseal |auth login",
     r"(?:vault\s{1,3}login|unseal|auth\s{1,3}login)\s{1,3}{WORD}", "token", KIND),
    ("requirepass|masterauth|AUTH ",
     r"(?:(?<!\w)(?:requirepass|masterauth)\s{1,3}|(?<![\w-])AUTH\s{1,3}(?:default\s{1,3})?){WORD}",
     "password", KIND),
    ("'",
     r"(?:\b[Pp]assword|PASSWORD|IDENTIFIED\s{1,3}BY|identified\s{1,3}by|(?:IDENTIFIED\s{1,3}WITH"
     r"|identified\s{1,3}with)\s{1,3}\w{1,40}\s{1,3}(?:BY|by))\s{1,3}(?:=\s{0,3})?"
     r"(?:PASSWORD\s{0,3})?\(?\s{0,3}'([^'\n]{4,200})'", "password", KIND),
    ("login|account|user",
     r"(?<![\w-])(?:login|user|account)\s{1,12}[^\s]{1,120}\s{1,12}(?:password|passwd"
     r"|account)\s{1,12}([^\s]{4,200})", "password", KIND),
    ("password |secret |pre-shared-key |community ",
     r"(?<![\w-])(?:(?:password|secret)\s{1,3}[05789]|pre-shared-key|community)\s{1,3}"
     r"([\w$./+!@#%^&*-]{6,120})", "token", KIND),
    ("uthorization|UTHORIZATION",
     r"""(?:a|A|pA)(?:uthorization|UTHORIZATION)["'\\]{0,3}\s{0,3}[:=]\s{0,3}\\{0,2}["']?"""
     r"""((?:[A-Za-z][\w-]{1,20}\s{1,3}(?:token=)?)?[\w.~+/=:%|!@-]{8,4096})""", "header", _HEADER),
    ("earer |earer:|earer=|EARER ",
     r"""(?<!\w)(?:[Bb]earer|BEARER)["']?[\s:=]{1,3}["']?([\w.~+/:%|-]{20,4096}={0,2})""",
     "long", _BEARER),
    ("asic |ASIC ",
     r"""(?<!\w)(?:[Bb]asic|BASIC)\s{1,3}([A-Za-z0-9+/_-]{8,1000}={0,2})""", "basic", _BASIC),
    ("auth",
     r"""(?<![A-Za-z])_?auth["'\\]{0,3}\s{0,3}[:=]\s{0,3}\\{0,2}["']?"""
     r"""([A-Za-z0-9+/]{8,1000}={0,2})""", "basic", _BASIC),
    ("ookie:|OOKIE:|-b |ookies:|--cookie",
     r"""(?:(?:[Cc]ookies?|COOKIE)["']?\s{0,3}[:=]\s{0,3}|(?<!\S)(?:-b|--cookie)[\s=]{0,3})"""
     r"""([^\r\n]{8,4096})""", "cookie", _COOKIE),
    ("SESSI|_session=|connect.sid=|SSESS|wordpress_logged",
     r"(?<![\w.-])(?:JSESSIONID|PHPSESSID|ASPSESSIONID\w{0,12}|ASP\.NET_SessionId|connect\.sid"
     r"|laravel_session|\w{1,30}_session|SSESS\w{10,40}|wordpress_logged_in_\w{0,40})="
     r"([\w%.~+/=-]{16,4096})", "header", _COOKIE),
    ("eam:|ey:|oken:|ecret:",
     r"(?<![\w-])(?:[Xx]-)?[\w-]{1,60}-(?:[Tt]eam|[Kk]ey|[Tt]oken|[Ss]ecret):\s{0,3}"
     r"([\w.~+/=:%-]{16,4096})", "key", KIND),
    (":5432:|:3306:|:*:",
     r"(?<![\w.-])[\w.*-]{1,120}:(?:\d{2,5}|\*):[\w.*-]{1,60}:[\w.-]{1,60}:([^\s:]{4,200})",
     "password", KIND),
)  # fmt: skip
LITERALS = tuple(sorted({literal for row in _LINES for literal in row[0].split("|")}))
"""One of these is in each text that holds such a line."""
_SESSION = (
    r"""(?:^|[;\s"'])[\w.-]{0,60}?(?:[Ss]ess|SESS|[Ss]id|SID|[Aa]uth|AUTH|[Tt]oken|TOKEN"""
    r"""|[Rr]emember|jwt|JWT|[Ll]ogin|[Uu]ser)[\w.-]{0,40}=([\w%.~+/-]{16,4096}=*)"""
)


def in_commands(text: str) -> Iterator[tuple[str, str]]:
    """Each secret that a command, a header or a statement carries."""
    for literals, pattern, check, kind in _LINES:
        if any(literal in text for literal in literals.split("|")):
            for part, meant in _PARTS.items():
                pattern = pattern.replace(part, meant)
            for match in compiled(pattern).finditer(text):
                value = next(filter(None, match.groups()), "").rstrip("\\")
                if secret := _TAKEN[check](value):
                    yield secret, kind


def _given(value: str) -> str:
    return "" if len(value) < 4 or is_stand_in(value) or value.startswith("-") else value


def _password_of_a_pair(value: str) -> str:
    user, _, password = value.partition(":")
    if not user or (user.isdecimal() and password.isdecimal()) or password.startswith("//"):
        return ""
    return _given(password)


def _password(value: str) -> str:
    return value if believed(value, "password", "set") else ""


def _quoted_password(value: str) -> str:
    value = value.rstrip(".,;)\"'")
    return value if believed(value, "password", "told") else ""


def _community(value: str) -> str:
    return "" if value in ("public", "private") else _given(value)


def _token(value: str) -> str:
    return value if believed(value, "secret", "told") or is_strong(value) else ""


def _long(value: str) -> str:
    return value if is_long(value) else ""


def _header(value: str) -> str:
    """The value of an authorization: behind the name of its scheme, where there is one."""
    return _long(value.split()[-1].removeprefix("token=")) if value else ""


def _key(value: str) -> str:
    is_uuid = compiled(r"[0-9a-fA-F-]{36}").fullmatch(value)
    return value if is_strong(value, 20) and not is_uuid else ""


def _basic(value: str) -> str:
    """The word, where it is `user:password` in base64."""
    import base64
    import binascii

    try:
        plain = base64.b64decode(value + "=" * (-len(value) % 4), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""
    return value if ":" in plain and plain.isprintable() else ""


def _cookie(line: str) -> str:
    """The session in a line of cookies."""
    values = (match[1] for match in compiled(_SESSION).finditer(line))
    return next((value for value in values if is_strong(value)), "")


_TAKEN: Mapping[str, Callable[[str], str]] = {
    "given": _given,
    "pair": _password_of_a_pair,
    "password": _password,
    "told": _quoted_password,
    "community": _community,
    "token": _token,
    "long": _long,
    "header": _header,
    "key": _key,
    "basic": _basic,
    "cookie": _cookie,
}
