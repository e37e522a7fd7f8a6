"""Checks what `make release` built; `check_release.py VERSION FOLDER` says what is wrong, if so.

Metadata is held against the rules that package indexes apply, by the library they use; whether the
files are complete, and whether both archives give the same wheel, tests/house/test_packaging.py
says.
"""

import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from packaging.metadata import Metadata
from packaging.utils import parse_sdist_filename, parse_wheel_filename
from packaging.version import Version


def problems(folder: Path, version: Version) -> Iterator[str]:
    """What is wrong with the archives of a folder, one sentence each."""
    wheels, archives = sorted(folder.glob("*.whl")), sorted(folder.glob("*.tar.gz"))
    if len(wheels) != 1 or len(archives) != 1 or len(list(folder.iterdir())) != 2:
        yield f"{folder} should hold one wheel and one source archive, and nothing else"
        return
    (wheel,), (archive,) = wheels, archives
    named = {parse_wheel_filename(wheel.name)[1], parse_sdist_filename(archive.name)[1]}
    if named != {version}:
        yield f"{wheel.name} and {archive.name} are not named after version {version}"
    for path, data in ((wheel, _of_wheel(wheel)), (archive, _of_archive(archive))):
        metadata = Metadata.from_email(data, validate=True)
        if metadata.version != version:
            yield f"{path.name} says that it is version {metadata.version}"
        if metadata.description_content_type != "text/markdown" or not metadata.description:
            yield f"{path.name} has no Markdown description: is README.md there?"


def _of_wheel(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return archive.read(name)


def _of_archive(path: Path) -> bytes:
    with tarfile.open(path) as archive:
        found = archive.extractfile(f"{path.name.removesuffix('.tar.gz')}/PKG-INFO")
        assert found is not None
        return found.read()


def main(version: str, folder: str) -> int:
    """Say what is wrong with the archives in `folder`; 1 if anything is."""
    found = list(problems(Path(folder), Version(version)))
    sys.stderr.writelines(f"{problem}\n" for problem in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
