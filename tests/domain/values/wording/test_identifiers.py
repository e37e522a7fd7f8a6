"""What tells strangers who or where: it is found by its form, and ordinary words are left alone."""

import pytest

from incident_tui.domain.values.wording.identifiers import (
    identifiers,
    perhaps_names,
    without_identifiers,
)

PEOPLE = ("ana", "Ben Roe", "will")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("ana rolled back", {"ana": "person"}),
        ("asked Ben, then @carla-r", {"Ben": "person", "@carla-r": "person"}),
        ("mail ana.b@example.org", {"ana.b@example.org": "mail address"}),
        ("see https://wiki.corp/ana?x=1.", {"https://wiki.corp/ana?x=1": "link"}),
        ("redis://cache:6379/0 was full", {"redis://cache:6379/0": "link"}),
        ("on 10.0.0.3:5432", {"10.0.0.3:5432": "address"}),
        ("all of 192.168.0.0/16", {"192.168.0.0/16": "address"}),
        ("fe80::1 answers", {"fe80::1": "address"}),
        ("2001:db8:0:0:0:0:2:1 too", {"2001:db8:0:0:0:0:2:1": "address"}),
        ("from 3C-22-FB-0A-1B-2C", {"3C-22-FB-0A-1B-2C": "address"}),
        ("db-prod-3 and web01", {"db-prod-3": "host", "web01": "host"}),
        ("pay.eu.example.com:8443 refused", {"pay.eu.example.com:8443": "host"}),
        ("ip-10-0-0-1.ec2.internal", {"ip-10-0-0-1.ec2.internal": "host"}),
        ("checkout-7d9f4b-x2x restarted", {"checkout-7d9f4b-x2x": "host"}),
        ("tracked in PLAT-311", {"PLAT-311": "reference"}),
        ("packets to fe80::1ff%eth0 and", {"fe80::1ff%eth0": "address"}),
        ("[2001:db8::1]:8443 refused", {"[2001:db8::1]:8443": "address"}),
        ("2001:db8::/32 is ours", {"2001:db8::/32": "address"}),
        ("::ffff:10.0.0.7 too", {"::ffff:10.0.0.7": "address"}),
        ("<@U02ABCDEF> saw it", {"<@U02ABCDEF>": "person"}),
        ("Dr. Müller took over", {"Dr. Müller": "person"}),
        ("we thank Nakamura-san", {"Nakamura-san": "person"}),
        ("deployment/payments-api back", {"deployment/payments-api": "resource"}),
        ("kube-system/coredns died", {"kube-system/coredns": "resource"}),
        ("of arn:aws:rds:eu-1:12:db:o", {"arn:aws:rds:eu-1:12:db:o": "resource"}),
        ("in #inc-2026-checkout now", {"#inc-2026-checkout": "channel"}),
        ("call +49 30 1234567 now", {"+49 30 1234567": "phone number"}),
        ("call (555) 010-9999 now", {"(555) 010-9999": "phone number"}),
        ("/var/log/nginx/error.log is full", {"/var/log/nginx/error.log": "file"}),
        (r"C:\Users\jdoe\r.txt is gone", {r"C:\Users\jdoe\r.txt": "file"}),
        ("commit 3f2a9c1 went out", {"3f2a9c1": "reference"}),
        ("of 0A1B2C3D-4E5F-6A7B-8C9D-0E1F2A3B4C5D now",
         {"0A1B2C3D-4E5F-6A7B-8C9D-0E1F2A3B4C5D": "reference"}),
        ("customer 88213 was charged", {"customer 88213": "reference"}),
        ("localhost:9200 was down", {"localhost:9200": "host"}),
        ("in acme.slack.com/archives/C024/p17", {"acme.slack.com/archives/C024/p17": "host"}),
    ],
)  # fmt: skip
def test_it_is_found_by_its_form(text: str, kinds: dict[str, str]) -> None:
    assert {text[b:e]: kind for b, e, kind in identifiers(text, PEOPLE)} == kinds


@pytest.mark.parametrize(
    "text",
    ["14:02:11 to 14:05", "p95 4.2s -> 310ms", "v43.1.2 is out", "only eu-west-1, not us-east-1",
     "UTF-8, SHA-256 and TLS-1.3", "SEV-2 at 12.5 %", "e.g. main.py and README.md", "and/or",
     "it will be back", "version 1.2.3", "999.999.999.999", "A: B", "::", "P1-2", "step 3: done",
     "+300 requests", "+12 000 000 users", "pods/nodes were fine", "#12 and #812", "4/5 of orders",
     "2026-11-20 14:02", "defaced feedback",
     "an order of 88213 items", "service/support hours", "read-only/read-write", "a b/c test"],
)  # fmt: skip
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert identifiers(text, PEOPLE) == []


def test_what_stands_in_reads_as_a_sentence_and_what_is_kept_stays() -> None:
    text = "ana restarted db-7. Ben left. status.example.com was watched by Ben"
    cleaned, replaced = without_identifiers(text, PEOPLE, ["STATUS.example.com"])
    assert cleaned == (
        "A colleague restarted (a host). A colleague left. "
        "status.example.com was watched by a colleague"
    )
    assert [(item.kind, item.words) for item in replaced] == [
        ("person", "ana"), ("host", "db-7"), ("person", "Ben"), ("person", "Ben"),
    ]  # fmt: skip


def test_a_text_that_was_cleaned_holds_nothing_more() -> None:
    text = "ana@x.org on db-7 (10.0.0.3, https://a.b/c) for PLAT-9 by @x1 and Ben Roe"
    cleaned, _ = without_identifiers(text, PEOPLE)
    assert identifiers(cleaned, PEOPLE) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Priya restarted the queue.", ["Priya"]),
        ("Tomasz's fix went out, then Carla and Deniz left.", ["Tomasz", "Carla", "Deniz"]),
        ("It was over. Yusuf confirmed it on Tuesday in Norway.", ["Yusuf", "Norway"]),
        ("Checkout noticed it; we told Search.", ["Search"]),
        ("Users noticed. We fixed it in March.", []),
        ("Orders failed for an hour.", []),
    ],
)
def test_what_may_be_a_name_is_told(text: str, names: list[str]) -> None:
    assert perhaps_names(text, {"checkout"}) == names
