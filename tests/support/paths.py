"""Where the project lies, for tests that start it as a program or read its own files."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STYLES = ROOT / "styles"
