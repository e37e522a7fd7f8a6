"""What is taken for a secret, what is not, and what it keeps from happening."""

import os
import subprocess
import sys
from datetime import UTC
from pathlib import Path

import pytest

from incident_tui.domain.confidential.secrets import Secrets
from incident_tui.domain.core.commands import PendingEvent
from incident_tui.domain.core.events import UnknownEvent
from incident_tui.history import Committed, Pending
from incident_tui.intake import read_timeline
from incident_tui.service.git.commits import committer_for
from incident_tui.service.secrets.texts import HeldBack, must_not_leave, secrets_in, suspicion
from tests.service.conftest import Bench
from tests.support.state import side_file

# Put together here, so that no scanner takes this file for a leak.
GITHUB = "ghp_" + "a1B2" * 9
SECRETS = {
    "GitHub": f"token {GITHUB} works",
    "AWS": "key is AKIA" + "ABCDEFGH12345678",
    "Slack": "xoxb-123456789012-123456789012-" + "a1" * 12,
    "JSON Web": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0."
    + "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
    "Private": "-----BEGIN RSA " + "PRIVATE KEY-----",
    "GitLab": "glpat-" + "x_-" * 6 + "ab",
    "Stripe": "sk_live_" + "a1" * 12,
    "Twilio": "AC" + "a1" * 16,
    "PyPI": "pypi-AgEIcHlwaS5vcmc" + "A1b-" * 20,
    "Telegram": "12345678:" + "Aa-_" * 8 + "abc",
    "Basic": "psql postgres://shop:s3cr3tpw@db/shop",
    "password": "password: hunter2",
    "quoted": 'password: "kitten"',
    "told after something else": "the cause is known and the password is hunter2x",
    "key of two words": "BILLING_KEY=" + "k3Jd82hVq0Lx" * 2,
    "PASSWORD": "DB_PASSWORD=Tr0ub4dor&3 in the env",
    "key": "export API_KEY=abcd1234efgh",
    "bearer": 'curl -H "Authorization: Bearer ' + "abcdefghij" * 2 + '1"',
    "bearer alone": "it sent Bearer " + "3f9ac1d7" * 4 + " by mistake",
}
PROSE = [
    "error rate 14 %, only eu-west-1",
    "rolled back checkout to v41, commit 3f786850e387550fdab836ed7e6dc881de23001b",
    "password reset fails: users cannot log in",
    "the root password was wrong = login fails",
    "secret: not found in vault",
    "secret: db-credentials-v2 is missing",
    "auth_key: rotated by ana",
    "API key: 2 of 5 rotated",
    "cert expired, secret: eu-west-1b rolled",
    "password: ${DB_PASSWORD1}",
    "password=<redacted1>",
    "p95 4.2s -> 310ms src:https://grafana.example.org/d/aB3dE5/checkout?from=1700000000000",
    "pod checkout-7d9f8b6c5d-x2x4z restarted 14 times",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "request id 550e8400-e29b-41d4-a716-446655440000 timed out",
    "10.0.0.1 and 203.0.113.7 unreachable",
]


@pytest.mark.parametrize("line", SECRETS.values(), ids=SECRETS.keys())
def test_what_looks_like_a_secret_is_suspected(line: str) -> None:
    assert suspicion([line])


@pytest.mark.parametrize("line", PROSE)
def test_ordinary_incident_prose_is_not(line: str) -> None:
    assert suspicion([line]) == ""


@pytest.mark.parametrize("place", [0, 2990, 3010, 3990, 7000])
def test_a_secret_is_found_wherever_it_stands_in_a_long_text(place: int) -> None:
    text = ("prose " * 2000)[:place] + f" password: hunter2x {GITHUB} " + "prose " * 500
    assert "hunter2x" in secrets_in([text])


def test_published_timelines_hold_nothing_that_is_suspected() -> None:
    folder = os.environ.get("INCIDENT_TUI_CORPUS")
    if not folder:
        pytest.skip("INCIDENT_TUI_CORPUS is unset: set it to a folder of published postmortems")
    rows = []
    for path in sorted(Path(folder).iterdir()):
        reading = read_timeline(path.read_text("utf-8"), default_zone=UTC, name=path.name)
        rows += [row.text for row in (*reading.rows, *reading.milestones)]
    assert len(rows) > 400
    assert [row for row in rows if suspicion([row])] == []


def test_nothing_is_asked_of_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert all(suspicion([line]) for line in SECRETS.values())


def test_an_ordinary_line_compiles_no_pattern() -> None:
    program = (
        "import re, sys; from incident_tui.service.secrets.texts import suspicion; "
        "from incident_tui.service.secrets.forms.patterns import compiled; "
        f"assert not any(map(lambda x: suspicion([x]), {[PROSE[0], 'x', PROSE[15]]!r})); "
        "sys.exit(compiled.cache_info().misses)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


HOSTILE = (
    " ", "@", "=", ":", "a", "-", "\n", "\\\n", "password=", "password: ", "token is ", "://a:b",
    "curl -u ", "login a password ", "-----BEGIN PRIVATE KEY-----",
    "kind: Secret\ndata:\n a: bbbb\n", "eyJa.", "sk-", "Cookie: sess=", "パスワードは",
    "name: a value: ", "?a=", "to ", "a.", "AKIA", "12345678:A",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_secret_behind_a_hundred_thousand_hostile_letters_is_found(piece: str) -> None:
    """Each is answered in a time that grows with the length only, and nothing is cut off."""
    text = piece * (100_000 // len(piece)) + f"\n {GITHUB} \n"
    assert GITHUB in secrets_in([text])


def test_a_private_key_is_found_as_a_whole() -> None:
    body = "\n".join(["MIIB" + "aB3/" * 15] * 4)
    key = f"-----BEGIN EC {'PRIVATE'} KEY-----\n{body}\n-----END EC {'PRIVATE'} KEY-----"
    assert list(secrets_in([f"cat tls.key\n{key}\ndone"])) == [key]


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("X_AUTH_TOKEN=9f86d081884c7d659a2f", "9f86d081884c7d659a2f"),
        ("DB_PASS='p@ss!word'", "p@ss!word"),
        ("DB_PASSWORD=correcthorse", "correcthorse"),
        ("https://x.example.org/?access_token=aB3dE5fG7hI9jK1l&page=2", "aB3dE5fG7hI9jK1l"),
        ("redis://:Kamulis1234@cache:6379/0", "Kamulis1234"),
        ("curl -u admin:Tr0ub4dor3 https://x", "Tr0ub4dor3"),
        ("mysql -u root -px7Qz shop", "x7Qz"),
        ("- name: DB_PASSWORD\n  value: hunter2x", "hunter2x"),
        ("kind: Secret\ndata:\n  tls: Zm9vYmFyMTIz", "Zm9vYmFyMTIz"),
        ("the password for admin is now Kamulis!12", "Kamulis!12"),
        ("the password was changed to Kamulis!12", "Kamulis!12"),
        ("temporary password Kamulis~12 sent", "Kamulis~12"),
        ("le mot de passe est Kamulis-12", "Kamulis-12"),
        ("密码是Kamulis!12", "Kamulis!12"),
    ],
)
def test_just_the_value_is_the_secret(text: str, secret: str) -> None:
    assert list(secrets_in([text])) == [secret]


@pytest.mark.parametrize(
    "line",
    [
        "idempotency-key: 550e8400-e29b-41d4-a716-446655440000",
        "next_token=eyJpZCI6MTIzNDU2LCJ0cyI6MTcwMH0=",
        "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "password for user app: FATAL: authentication failed",
        "PASSWORD_FILE=/run/secrets/db1",
        "password = os.environ['DB_PASSWORD1']",
        "if (password === user.password2) {",
        "mysql -u root -p shop",
        "curl -u $USER:$PASS1 https://x",
        "postgres://app:***@db1/shop",
        "MYSQL_PWD= mysqldump app1",
        "arn:aws:secretsmanager:eu-west-1:1234:secret:prod/db-a1B2c3",
        "kind: Secret\nmetadata:\n  name: db-credentials2",
        "DB_PASSWORD=changeme",
        "DB_PASSWORD=dbpassword",
        "password: correcthorse",
        "new password 30Minutes later",
        "https://aB3dE5fG7hI9jK1lM2%40nO4.example@git.example.org/x",
        "https://deploybot@git.example.org/x",
        "the password prompt goes to Kamulis!12",
        "the key: 8f3aKq91LmZ0pTx72Qw5",
        'client_secret: "rotated on 2026-11-20"',
    ],
)
def test_a_name_alone_is_no_secret(line: str) -> None:
    assert secrets_in([line]) == {}


class TestEntries:
    def test_an_entry_with_a_secret_is_recorded_with_the_suspicion(self, bench: Bench) -> None:
        session = bench.declared()
        receipt = session.enter(f"token {GITHUB}")
        assert receipt.summary.endswith("#2 looks like it holds a secret (GitHub Token)")
        suspicions = session.incident.of(Secrets).suspected.values()
        assert GITHUB not in repr([entry.event for entry in suspicions])

    def test_sources_reasons_and_groups_are_looked_at_too(self, bench: Bench) -> None:
        session = bench.declared()
        session.enter("cold src:https://ana:s3cr3tpw@grafana.example.org/")
        session.enter_group(["fine", f"/sev SEV2 since {GITHUB} leaked"])
        assert len(session.incident.of(Secrets).open) == 2

    def test_a_decision_is_asked_for_before_it_is_committed(self, git_bench: Bench) -> None:
        session = git_bench.declared()
        commit = committer_for(session, git_bench.home, git_bench.env)
        commit()
        session.enter(f"token {GITHUB}")
        session.enter("/sev SEV2")
        held = commit()
        assert isinstance(held, Pending)
        assert "#2 looks like it holds a secret (GitHub Token)" in held.reason
        assert "/redact 2" in held.reason
        assert "/keep-secret 2" in held.reason
        session.enter("/keep-secret 2 revoked years ago")
        assert isinstance(commit(), Committed)

    def test_once_kept_it_is_not_asked_again(self, bench: Bench) -> None:
        session = bench.declared()
        session.enter(f"token {GITHUB}")
        session.enter("/keep-secret 2 revoked years ago")
        must_not_leave(session.incident)

    def test_what_an_older_version_recorded_is_looked_at_before_it_leaves(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        session = bench.declared()
        with monkeypatch.context() as older:
            older.setattr(
                "incident_tui.service.session.entry_stamps.suspicion_of", lambda entry: ""
            )
            session.enter(f"token {GITHUB}")
        with pytest.raises(HeldBack) as held:
            must_not_leave(session.incident)
        assert [mend for _, mend in held.value.refused.reasons] == [
            "/redact 2 WHY",
            "/keep-secret 2 WHY",
        ]

    def test_of_several_the_first_is_named_with_a_way_out_of_each(self, bench: Bench) -> None:
        session = bench.declared()
        for _ in range(2):
            session.enter(f"token {GITHUB}")
        with pytest.raises(HeldBack) as held:
            must_not_leave(session.incident)
        assert held.value.refused.message.startswith("#2 (and 1 more) looks like it holds a secret")
        assert [mend for _, mend in held.value.refused.reasons][::2] == [
            "/redact 2 WHY",
            f"/redact {session.incident.number(session.incident.recorded[3].id)} WHY",
        ]

    def test_an_event_of_a_newer_version_is_looked_at_as_a_whole(self, bench: Bench) -> None:
        session = bench.declared()
        event = UnknownEvent(name="x.new", raw=f'{{"type":"x.new","words":"{GITHUB}"}}'.encode())
        receipt = session.record(lambda incident: [PendingEvent(event)])
        assert receipt.entries[-1].event.kind == "suspected"

    def test_a_title_with_a_secret_is_not_committed(self, git_bench: Bench) -> None:
        session = git_bench.declared(f"token {GITHUB} leaked")
        outcome = committer_for(session, git_bench.home, git_bench.env)()
        assert isinstance(outcome, Pending)
        assert "#1" in outcome.reason


def test_a_redaction_is_not_kept_aside_where_the_file_is_gone(bench: Bench) -> None:
    from incident_tui.service.session.spooler import Spooler
    from incident_tui.store.files.errors import Gone

    session = bench.declared()
    session.enter("cold")
    spooler = Spooler(session, side_file(bench.base / "aside.jsonl"))
    session.folder.rename(bench.base / "elsewhere")
    with pytest.raises(Gone):
        spooler.enter("/redact 2")
    assert not (bench.base / "aside.jsonl").exists()


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("fw_" + "a1B2c3D4" * 4, True),
        ("live_" + "a1B2c3D4" * 4, True),
        ("fw_" + "firewall_rules_of_the_edge".replace("_", ""), False),
        ("live_" + "checkout" * 4, False),
    ],
)
def test_behind_a_short_prefix_only_what_is_no_word_is_a_secret(text: str, secret: bool) -> None:
    assert bool(secrets_in([text])) is secret


def test_a_wrapped_secret_is_found_behind_what_only_looks_like_one() -> None:
    other = "ghp_" + "c3D4" * 9
    text = f"it is no x{other}y, but\n{GITHUB[:20]}\n{GITHUB[20:]}\n"
    assert GITHUB in secrets_in([text])
