"""Credentials in addresses, and addresses that are secrets themselves: those of webhooks."""

from collections.abc import Iterator

from incident_tui.service.secrets.forms.form import Table, shapes
from incident_tui.service.secrets.forms.patterns import compiled
from incident_tui.service.secrets.forms.values import is_stand_in, is_strong

KIND = "credentials in an address"
_PLAIN = frozenset((
    "pass", "passwd", "password", "pw", "pwd", "secret", "token", "user", "username", "xxx",
))  # fmt: skip

HOOKS: Table = (
    ("Slack webhook", "hooks.slack",
     r"(?:https?://)?hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/[\w+/-]{20,}"),
    ("Discord webhook", "/api/webhooks/",
     r"(?:https?://)?[a-z.]{0,8}discord(?:app)?\.com/api/webhooks/\d+/[\w-]{30,}"),
    ("Teams webhook", "webhook.office.com",
     r"(?:https?://)?[\w-]{1,60}\.webhook\.office\.com/webhookb2/[\w@/-]{40,}"),
    ("Power Automate address", "sig=",
     r"(?:https?://)?[\w.-]{1,120}logic\.azure\.com[^\s\"'<>]{0,400}sig=[\w%-]{20,}"),
    ("Google Chat webhook", "chat.googleapis.com",
     r"(?:https?://)?chat\.googleapis\.com/v1/spaces/[\w-]{1,60}/messages\?[^\s\"'<>]{20,}"),
    ("Zapier webhook", "hooks.zapier.com", r"(?:https?://)?hooks\.zapier\.com/hooks/catch/[\w/]{6,}"),
    ("Make webhook", "hook.",
     r"(?:https?://)?hook\.(?:[a-z]{2}\d\.)?(?:make|integromat)\.com/[a-z0-9]{24,}"),
    ("IFTTT key", "maker.ifttt.com",
     r"(?:https?://)?maker\.ifttt\.com/trigger/[\w-]{1,60}/(?:json/)?with/key/[\w-]{15,}"),
    ("incoming webhook", "/hooks/", r"https?://[\w.:-]{1,120}/hooks/[a-z0-9]{26}"),
    ("Feishu or DingTalk webhook", "/robot/send /open-apis/bot/",
     r"(?:https?://)?[\w.-]{1,60}/(?:robot/send\?access_token=[a-f0-9]{60,}"
     r"|open-apis/bot/v2/hook/[\w-]{30,})"),
    ("WeCom webhook", "/cgi-bin/webhook/send",
     r"(?:https?://)?qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=[\w-]{30,}"),
    ("PagerDuty address", "events.pagerduty.com/integration/",
     r"(?:https?://)?events\.(?:eu\.)?pagerduty\.com/integration/\w{24,}"),
    ("Opsgenie or Datadog address", "apiKey= api_key=", r"(?:apiKey|api_key)=[\w-]{30,}"),
    ("SoftLayer key", "api.softlayer.com/soap/",
     r"(?:https?://)?api\.softlayer\.com/soap/v3(?:\.1)?/[a-zA-Z0-9]{60,}"),
)  # fmt: skip
# Bounded: of each address its first hundreds of characters are looked at. The last `@` counts.
_PAIR = r"""://([^\s:/?#@"'<>\\]{0,256}+):(?!\d{1,5}[/?#]|\d{1,5}@[\d.]+/)([^\s/"'<>\\]{1,400})@"""
_USER = r"://([\w.~%+-]{20,256}+)@"
_ORACLE = r"""jdbc:oracle:\w{1,10}:([\w.$-]{1,60})/([^\s@"'/]{4,128})@"""
_PARAMETER = r"[?&;](?:amp;)?([\w-]{2,30})=([\w%.~+/=-]{16,2048}+)"
_SIGNED_PARAMETERS = frozenset((
    "sig", "signature", "x-amz-signature", "x-amz-security-token", "x-goog-signature", "hmac",
    "hash_hmac", "secret", "code", "session", "session_id", "sessionid", "session_token", "sid",
    "ticket", "auth", "sso", "state_token", "invite_token", "magic", "policy",
))  # fmt: skip


def in_addresses(text: str) -> Iterator[tuple[str, str]]:
    """Each secret in the addresses of a text."""
    yield from shapes(text, HOOKS)
    if "@" in text:
        for match in compiled(_PAIR).finditer(text):
            value = match[2]
            if not (_is_plain(value) or (value.isdecimal() and len(value) < 6)):
                yield value, KIND
        for match in compiled(_USER).finditer(text):
            if is_strong(match[1], 20) and "%40" not in match[1]:
                yield match[1], KIND
        for match in compiled(_ORACLE).finditer(text):
            if not _is_plain(match[2]):
                yield match[2], KIND
    if "=" in text:
        for match in compiled(_PARAMETER).finditer(text):
            value = match[2].rstrip(".")
            if match[1].lower() in _SIGNED_PARAMETERS and (
                is_strong(value, 16) or compiled(r"[A-Z2-7]{16,}=*|[0-9a-f]{32,}").fullmatch(value)
            ):
                yield value, "signed address"


def _is_plain(value: str) -> bool:
    """Whether a password in an address only says where one would stand."""
    return len(value) < 3 or value.lower() in _PLAIN or is_stand_in(value)
