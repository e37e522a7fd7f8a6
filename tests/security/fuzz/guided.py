"""A process of its own for one target and atheris, which ends the process when it ends.

`python -m tests.security.fuzz.guided TARGET bytes|made FOLDER` is what engines.py starts; the
counts are left in FOLDER/told.json. Coverage is taken of incident_tui only.
"""

import argparse
import json
import os
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["incident_tui"]):
    from incident_tui.domain import discovery

    discovery.load()
    from tests.security.fuzz.checks import Check, Count
    from tests.security.fuzz.engines import SETTINGS
    from tests.security.fuzz.targets import TARGETS, Target

LONGEST = 8192
"""Bytes of the longest input: beyond the 4,300 digits from which on Python reads no number."""
SEED = 1
PATIENCE = 20
"""Seconds after which one input is a finding."""


def main() -> None:
    """Fuzz until a limit is reached, or something is found; never returns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("way", choices=["bytes", "made"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--artifacts", required=True, help="how the names of kept inputs begin")
    chosen = parser.parse_args()
    target, folder = TARGETS[chosen.target], chosen.folder
    corpus, files = folder / "corpus", folder / "files"
    corpus.mkdir()
    files.mkdir()
    raw = chosen.way == "bytes"
    seeds = target.seeds() if raw else [random.Random(n).randbytes(1024) for n in range(20)]
    for number, seed in enumerate(seeds):
        (corpus / str(number)).write_bytes(seed)
    count: Count = Counter()
    check = _of_bytes(target, target.check(count, files)) if raw else _made(target, count, files)
    until = time.monotonic() + chosen.seconds if chosen.seconds else float("inf")
    runs = 0

    def one(data: bytes) -> None:
        nonlocal runs
        runs += 1
        try:
            check(data)
        except BaseException:
            _tell(folder, runs, count)
            raise
        if runs == chosen.runs or time.monotonic() > until:
            _tell(folder, runs, count)
            os._exit(0)

    options = [
        f"-max_len={LONGEST}", f"-timeout={PATIENCE}", f"-artifact_prefix={chosen.artifacts}",
        f"-seed={SEED}", str(corpus),
    ]  # fmt: skip
    if raw:
        words = folder / "words"
        words.write_text(_dictionary(seeds))
        options.append(f"-dict={words}")
    else:
        options.append("-len_control=0")  # hypothesis makes nothing of few bytes
    atheris.Setup([sys.argv[0], *options], one)
    atheris.Fuzz()


def _of_bytes(target: Target, check: Check) -> Check:
    return lambda data: check(target.of_bytes(data))


def _made(target: Target, count: Count, files: Path) -> Check:
    """Hypothesis makes the example of the bytes, as far as they suffice."""
    from hypothesis import given

    check = target.check(count, files)

    @SETTINGS
    @given(target.examples())
    def fuzz(example: object) -> None:
        check(example)

    take: Callable[[bytes], bytes | None] = vars(fuzz)["hypothesis"].fuzz_one_input

    def one(data: bytes) -> None:
        if take(data) is None:
            count["not an example"] += 1

    return one


def _dictionary(seeds: list[bytes]) -> str:
    """The words and signs of the seeds, as libFuzzer reads them."""
    words = {word for seed in seeds for word in re.findall(rb"[\w-]{2,24}|[^\w\s]{1,3}", seed)}
    escaped = ("".join(f"\\x{byte:02x}" for byte in word) for word in sorted(words))
    return "".join(f'"{word}"\n' for word in escaped)


def _tell(folder: Path, runs: int, count: Count) -> None:
    (folder / "told.json").write_text(json.dumps({"runs": runs, **count}))


if __name__ == "__main__":
    main()
