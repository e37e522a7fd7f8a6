"""Pages in a real browser: its scripts run under its own policy, axe finds nothing, it prints.

Skipped where there is no Chromium, and looking for barriers where INCIDENT_TUI_AXE does not name
the file `axe.min.js` of axe-core. Nothing is downloaded.
"""

import html
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from incident_tui.documents.audiences.brief import rendered
from incident_tui.documents.audiences.executive import executive
from incident_tui.documents.html.home_pages import index_html, listed
from incident_tui.documents.html.incident_page import incident_html
from tests.support.incidents import story

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
AXE = os.environ.get("INCIDENT_TUI_AXE", "")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="there is no Chromium here"),
]
Browse = Callable[..., str]


def pages() -> dict[str, str]:
    """A page of each kind."""
    outage = story()
    return {
        "incident": incident_html(outage.incident, outage.now + timedelta(hours=1)),
        "index": index_html([listed(outage.incident)]),
        "executive": rendered(executive(outage.incident, outage.now), "html"),
    }


@pytest.fixture
def browse(tmp_path: Path) -> Browse:
    """Opens a text as a page with these options of the browser; gives what it prints."""

    def run(text: str, *options: str) -> str:
        file = tmp_path / "page.html"
        file.write_text(text, encoding="utf-8")
        quiet = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run")
        own = (f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=15000")
        done = subprocess.run(
            [str(BROWSER), *quiet, *own, *options, file.as_uri()],
            capture_output=True, text=True, check=True, timeout=120,
            env={**os.environ, "HOME": str(tmp_path)},
        )  # fmt: skip
        return done.stdout

    return run


def test_its_own_scripts_run_under_its_policy_and_no_other_does(browse: Browse) -> None:
    text = pages()["incident"]
    foreign = "<script>document.title = 'foreign'</script>"
    shown = browse(text.replace("</main>", f"{foreign}</main>"), "--dump-dom")
    assert ">77 entries</output>" in shown
    assert "<title>Checkout returns 5xx in eu-west</title>" in shown


def test_one_incident_alone_is_counted_as_one(browse: Browse) -> None:
    shown = browse(pages()["index"], "--dump-dom")
    assert ">1 incident</output>" in shown


def test_the_one_page_is_one_sheet_and_the_record_starts_a_new_one(
    browse: Browse, tmp_path: Path
) -> None:
    def sheets(name: str) -> int:
        printed = tmp_path / "printed.pdf"
        browse(pages()[name], f"--print-to-pdf={printed}", "--no-pdf-header-footer")
        content = printed.read_bytes()
        assert content.startswith(b"%PDF-")
        return len(re.findall(rb"/Type\s*/Page\b", content))

    assert sheets("executive") == 1
    assert sheets("incident") > 3


@pytest.mark.skipif(not AXE, reason="INCIDENT_TUI_AXE does not name axe.min.js")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_barrier(browse: Browse, theme: str) -> None:
    look = (
        "axe.run(document, {resultTypes: ['violations']}).then(found => {"
        "const pre = document.createElement('pre'); pre.id = 'axe'; pre.textContent ="
        "JSON.stringify({seen: found.passes.length, bad: found.violations.map(v => [v.id,"
        "v.nodes.map(n => n.html)])}); document.body.append(pre); })"
    )
    for name, text in pages().items():
        text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
        text = text.replace('<html lang="en">', f'<html lang="en" data-theme="{theme}">')
        axe = Path(AXE).read_text(encoding="utf-8")
        # The switch of colours would follow the system again.
        fixed = f"document.documentElement.dataset.theme = '{theme}'"
        scripts = "".join(f"<script>{script}</script>" for script in (fixed, axe, look))
        text = text.replace("</body>", f"{scripts}</body>")
        shown = browse(text, "--dump-dom")
        answer = re.search(r'<pre id="axe">(.*?)</pre>', shown, re.DOTALL)
        assert answer is not None, name
        violations = json.loads(html.unescape(answer[1]))
        assert violations["seen"] > 10
        assert violations["bad"] == [], name
