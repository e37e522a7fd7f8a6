"""Documents in the markup of other homes: GitHub, GitLab, Confluence, Notion, Slack.

A document is read back from its Markdown and written anew, so that each template is written once.
What people typed mentions nobody there, links to no issue and runs no quick action. Links to files
of the incident folder lead nowhere outside of it, so their labels stay as text.
"""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

    Node = SyntaxTreeNode

_JOINER = "\u2060"
_APART = "<!-- -->"
"""Nothing to be seen: it parts a sign from the word that it would make a reference of."""


class GitHub:
    """GitHub Flavored Markdown. `@` and `#` of people mention nobody and link to nothing."""

    deepest = 6
    line_break = "<br>"
    reference = re.compile(r"(@|#|\bGH-)(?=\w)", re.IGNORECASE)

    def text(self, text: str) -> str:
        """Words, escaped."""
        from incident_tui.documents.text.markdown_text import within

        parted = self.reference.split(text)
        return "".join(
            f"{part}{_APART}" if place % 2 else str(_kept_blanks(part, within))
            for place, part in enumerate(parted)
        )

    def start(self, paragraph: str) -> str:
        """A paragraph, so that its first letters open no block."""
        return re.sub(r"\A(\d{1,9})([.)]\s)|\A([-+#>=])", _escaped_start, paragraph)

    def strong(self, inner: str) -> str:
        return f"**{inner}**" if inner else ""

    def em(self, inner: str) -> str:
        return f"*{inner}*" if inner else ""

    def struck(self, inner: str) -> str:
        return f"~~{inner}~~" if inner else ""

    def code(self, text: str) -> str:
        from incident_tui.documents.text.markdown_text import code

        return str(code(text))

    def link(self, label: str, url: str) -> str:
        return f"<{url}>" if label == url else f"[{label}]({url})"

    def block(self, text: str) -> str:
        longest = max((len(run) for run in re.findall("`+", text)), default=2)
        fence = "`" * max(3, longest + 1)
        return f"{fence}\n{text.rstrip()}\n{fence}"

    def heading(self, level: int, inner: str) -> str:
        return f"{'#' * level} {inner}" if level <= self.deepest else self.strong(inner)

    def rule(self) -> str:
        return "---"

    def quote(self, inner: str) -> str:
        return "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))

    def item(self, inner: str, number: int, depth: int) -> str:
        mark = f"{number}. " if number else "- "
        return mark + inner.replace("\n", "\n" + " " * len(mark))

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        lines = [heads, ["---"] * len(heads), *rows]
        return "\n".join(f"| {' | '.join(_one_line(cell) for cell in line)} |" for line in lines)


class GitLab(GitHub):
    """GitLab Flavored Markdown: more signs refer, and a line that begins with / would act."""

    reference = re.compile(r"([@#!$%~]|(?<!\w)&)(?=[\w\"])")

    def start(self, paragraph: str) -> str:
        return re.sub(r"^/", r"\\/", super().start(paragraph), flags=re.MULTILINE)


class Notion(GitHub):
    """What Notion's import of Markdown takes: three levels of headings and no HTML."""

    deepest = 3
    line_break = "; "
    reference = re.compile(r"(?!)")


class Confluence(GitHub):
    """Confluence's wiki markup, which its editor takes under Insert, Markup."""

    line_break = r"\\ "
    _special = re.compile(
        r"[\\{}\[\]|*_^~+!]|(?<!\w)-(?=\S)|(?<=\S)-(?!\w)|-(?=-)|\((?=[!/xyi?*+-])|:(?=[()DP])"
    )

    def text(self, text: str) -> str:
        return self._special.sub(lambda sign: f"\\{sign[0]}", text)

    def start(self, paragraph: str) -> str:
        return re.sub(r"\A(?=#|-\s|h[1-6]\.|bq\.)", r"\\", paragraph)

    def strong(self, inner: str) -> str:
        return f"*{inner}*" if inner else ""

    def em(self, inner: str) -> str:
        return f"_{inner}_" if inner else ""

    def struck(self, inner: str) -> str:
        return f"-{inner}-" if inner else ""

    def code(self, text: str) -> str:
        return f"{{{{{self.text(text)}}}}}"

    def link(self, label: str, url: str) -> str:
        return f"[{url}]" if label in (url, self.text(url)) else f"[{label}|{url}]"

    def block(self, text: str) -> str:
        return "{noformat}\n" + text.rstrip().replace("{noformat}", "{ noformat}") + "\n{noformat}"

    def heading(self, level: int, inner: str) -> str:
        return f"h{level}. {inner}"

    def rule(self) -> str:
        return "----"

    def quote(self, inner: str) -> str:
        return f"{{quote}}\n{inner}\n{{quote}}"

    def item(self, inner: str, number: int, depth: int) -> str:
        mark = ("#" if number else "*") * depth
        first, *rest = inner.split("\n")
        return "\n".join([f"{mark} {first}", *rest])

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        lines = [f"||{'||'.join(_one_line(head) or ' ' for head in heads)}||"]
        lines += [f"|{'|'.join(_one_line(cell) or ' ' for cell in row)}|" for row in rows]
        return "\n".join(lines)


class Slack(GitHub):
    """Slack's mrkdwn: no headings, no tables; `&`, `<` and `>` are its only escapes."""

    line_break = "\n"

    def text(self, text: str) -> str:
        words = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        words = re.sub(r"@(?=here\b|channel\b|everyone\b)", f"@{_JOINER}", words)
        # There is no escape for these: what parts them from a word beside them is not seen.
        return re.sub(r"([*_~`])(?=\w)|(?<=\w)([*_~`])", rf"{_JOINER}\g<0>{_JOINER}", words)

    def start(self, paragraph: str) -> str:
        return paragraph

    def strong(self, inner: str) -> str:
        return f"*{inner}*" if inner else ""

    def em(self, inner: str) -> str:
        return f"_{inner}_" if inner else ""

    def struck(self, inner: str) -> str:
        return f"~{inner}~" if inner else ""

    def code(self, text: str) -> str:
        words = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return f"`{words.replace('`', chr(39))}`"

    def link(self, label: str, url: str) -> str:
        address = url.replace("&", "&amp;").replace("|", "%7C").replace(">", "%3E")
        return f"<{address}>" if label in (url, self.text(url)) else f"<{address}|{label}>"

    def block(self, text: str) -> str:
        return f"```\n{text.rstrip().replace('```', chr(39) * 3)}\n```"

    def heading(self, level: int, inner: str) -> str:
        # A star that somebody typed would end the bold; another sign shows it.
        shown = inner.replace(f"{_JOINER}*{_JOINER}", "\u2217")
        return self.strong(shown.replace("*", ""))

    def rule(self) -> str:
        return "———"

    def quote(self, inner: str) -> str:
        return "\n".join(f"> {line}" for line in inner.split("\n"))

    def item(self, inner: str, number: int, depth: int) -> str:
        mark = f"{number}. " if number else "• "
        return mark + inner.replace("\n", "\n    ")

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        def one_line(row: Sequence[str]) -> str:
            cells = zip(heads, row, strict=False)
            return "; ".join(
                f"#{_one_line(cell)}" if head == "#" else f"{head}: {_one_line(cell)}"
                for head, cell in cells
                if cell
            )

        return "\n".join(f"• {one_line(row)}" for row in rows)


FLAVOURS: dict[str, type[GitHub]] = {
    "github": GitHub,
    "gitlab": GitLab,
    "confluence": Confluence,
    "notion": Notion,
    "slack": Slack,
}


def in_flavour(markdown: str, flavour: str) -> str:
    """A document of ours in the markup of one of `FLAVOURS`."""
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    writer = _Writer(FLAVOURS[flavour]())
    tree = SyntaxTreeNode(parser.parse(markdown))
    return "\n\n".join(writer.blocks(tree.children)) + "\n"


class _Writer:
    """Walks a document and has each part written by a flavour."""

    def __init__(self, flavour: GitHub) -> None:
        self._flavour = flavour

    def blocks(self, nodes: "Sequence[Node]", depth: int = 1) -> list[str]:
        return [block for block in (self._block(node, depth) for node in nodes) if block]

    def _block(self, node: "Node", depth: int) -> str:
        flavour = self._flavour
        match node.type:
            case "heading":
                return flavour.heading(int(node.tag[1]), self._line(node.children))
            case "paragraph":
                return flavour.start(self._line(node.children))
            case "bullet_list" | "ordered_list":
                first = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else 0
                return "\n".join(
                    flavour.item(
                        "\n".join(self.blocks(item.children, depth + 1)),
                        first + place if first else 0,
                        depth,
                    )
                    for place, item in enumerate(node.children)
                )
            case "table":
                return self._table(node)
            case "fence" | "code_block":
                return flavour.block(node.content)
            case "blockquote":
                return flavour.quote("\n".join(self.blocks(node.children, depth)))
            case "hr":
                return flavour.rule()
        return ""  # a comment: it marks something for programs

    def _table(self, node: "Node") -> str:
        rows = [
            [self._line(cell.children) for cell in row.children]
            for part in node.children
            for row in part.children
        ]
        return self._flavour.table(rows[0], rows[1:])

    def _line(self, nodes: "Sequence[Node]") -> str:
        return "".join(self._inline(node) for node in nodes)

    def _inline(self, node: "Node") -> str:
        flavour = self._flavour
        wrapped: dict[str, Callable[[str], str]] = {
            "strong": flavour.strong,
            "em": flavour.em,
            "s": flavour.struck,
        }
        match node.type:
            case "inline":
                return self._line(node.children)
            case "text":
                return flavour.text(node.content)
            case "code_inline":
                return flavour.code(node.content)
            case "strong" | "em" | "s":
                return wrapped[node.type](self._line(node.children))
            case "link":
                return self._link(node)
            case "softbreak":
                return "\n"
            case "hardbreak":
                return flavour.line_break
            case "html_inline":
                return flavour.line_break if node.content.startswith("<br") else ""
        return flavour.text(node.content)

    def _link(self, node: "Node") -> str:
        url = str(node.attrs.get("href", ""))
        if not url.startswith(("http://", "https://")):
            return self._line(node.children)
        plain = "".join(child.content for child in node.children)
        label = url if plain == url else self._line(node.children)
        return self._flavour.link(label, url)


def _escaped_start(match: re.Match[str]) -> str:
    return f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[3]}"


def _kept_blanks(text: str, escape: Callable[[object], str]) -> str:
    """The words escaped; the blanks around them stay."""
    words = text.strip()
    if not words:
        return text
    before = text[: len(text) - len(text.lstrip())]
    return f"{before}{escape(words)}{text[len(text.rstrip()) :]}"


def _one_line(cell: str) -> str:
    return " ".join(cell.split("\n"))
