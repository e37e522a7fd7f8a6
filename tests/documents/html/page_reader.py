"""A page of HTML as a browser would take it apart: elements, words, scripts, styles."""

import base64
import hashlib
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

VOID = {"meta", "input", "br", "link", "img", "hr"}


@dataclass
class Element:
    """An element with its attributes, the text inside of it, and what it stands in."""

    tag: str
    attributes: dict[str, str]
    inside: tuple["Element", ...]
    words: str = ""


@dataclass
class Page(HTMLParser):
    """Every element in order. Raises AssertionError where one is closed that is not open."""

    html: str
    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)
        self._open: list[Element] = []
        self.feed(self.html)
        self.close()
        assert self._open == [], "elements were left open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, tuple(self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {n: v or "" for n, v in attrs}, tuple(self._open)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.words += data

    def all(self, tag: str) -> list[Element]:
        """Every element of a name."""
        return [element for element in self.elements if element.tag == tag]

    @property
    def ids(self) -> list[str]:
        """The ids in the page."""
        return [e.attributes["id"] for e in self.elements if "id" in e.attributes]

    @property
    def policy(self) -> str:
        """The content security policy."""
        (policy,) = [
            element.attributes["content"]
            for element in self.all("meta")
            if element.attributes.get("http-equiv") == "Content-Security-Policy"
        ]
        return policy

    def assert_harmless(self) -> None:
        """It loads nothing, runs only the scripts that its policy names, and leads nowhere odd."""
        assert "default-src 'none'" in self.policy
        assert "unsafe" not in self.policy
        for element in [*self.all("style"), *self.all("script")]:
            if element.attributes.get("type") != "application/json":
                digest = base64.b64encode(hashlib.sha256(element.words.encode()).digest())
                assert f"'sha256-{digest.decode()}'" in self.policy
        loaders = {"link", "img", "iframe", "object", "embed", "form", "base", "audio", "video"}
        assert not loaders & {element.tag for element in self.elements}
        for element in self.elements:
            for name, value in element.attributes.items():
                assert name not in ("src", "style", "srcdoc", "action", "xlink:href")
                assert not name.startswith("on")
                if name == "href":
                    assert re.match(r"#|https?://|[\w./-]+\.html(#|$)", value), value

    def assert_accessible(self) -> None:
        """What can be told without a browser: names, headings in order, labels, no id twice."""
        assert len(self.ids) == len(set(self.ids))
        (html,) = self.all("html")
        assert html.attributes["lang"] == "en"
        assert len(self.all("h1")) == len(self.all("main")) == len(self.all("title")[:1]) == 1
        inside_main = [e for e in self.elements if any(o.tag == "main" for o in e.inside)]
        levels = [int(e.tag[1]) for e in inside_main if re.fullmatch("h[1-6]", e.tag)]
        assert all(after - before <= 1 for before, after in pairwise(levels))
        for picture in self.all("svg"):
            if picture.attributes.get("aria-hidden") == "true":
                continue  # the number stands beside it
            named = picture.attributes["aria-labelledby"].split()
            assert picture.attributes["role"] == "img"
            assert set(named) <= set(self.ids)
        for table in self.all("table"):
            heads = [e for e in self.all("th") if table in e.inside]
            assert heads
            assert all(head.attributes["scope"] == "col" for head in heads)
        for name in ("input", "select"):
            assert all(any(o.tag == "label" for o in e.inside) for e in self.all(name))
        for link in self.all("a"):
            target = link.attributes["href"]
            assert not target.startswith("#") or target[1:] in self.ids, target
