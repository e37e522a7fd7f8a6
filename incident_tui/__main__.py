"""The front door: the only place that reads the clock, the environment and makes ids.

It hands the console to the command line as a function, so that no command loads it.
"""

import gc
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from incident_tui.service import Service
    from incident_tui.store.user_settings import Settings, UserSettings


def main() -> None:
    """Run the program with the process's arguments and end the process."""
    # Nothing that is imported becomes garbage: looking for some takes a tenth of a short command,
    # once while it starts and once more when it ends.
    gc.disable()
    from incident_tui.cli import Outside, root
    from incident_tui.service import World

    gc.freeze()
    gc.enable()
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character is no reason to fail.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    _keep_standard_streams()
    world = World(
        clock=lambda: datetime.now(UTC),
        new_id=_new_id,
        env=dict(os.environ),
        cwd=_cwd(),
        login=_login,
    )
    try:
        outside = Outside(world, _data_dir, _open_console, _check_keys)
        root.main(prog_name="incident-tui", obj=outside)
    finally:
        gc.freeze()


def _keep_standard_streams() -> None:
    """Where a standard stream was closed before the start, have nothing else take its number.

    What is written to that number, by us or by a program that is started, would land in the file.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)


def _new_id() -> str:
    """Twelve hexadecimal characters, of which no two are alike."""
    return os.urandom(6).hex()


def _cwd() -> Path:
    try:
        return Path.cwd()
    except OSError:
        return Path(os.environ.get("PWD", "/"))  # the folder was removed under our feet


def _login() -> str:
    """The user's name as the system has it; of one that has none, the number."""
    import pwd

    try:
        user = pwd.getpwuid(os.geteuid())
    except (KeyError, OSError):
        return f"user {os.geteuid()}"
    return user.pw_gecos.partition(",")[0] or user.pw_name


def _data_dir() -> Path:
    from platformdirs import user_data_path

    return user_data_path("incident-tui", appauthor=False)


def _open_console(
    service: "Service",
    incident: str | None,
    offer_demo: "Callable[[], Service]",
    begin_with_demo: bool,
) -> int:
    gc.disable()  # as while the command line is imported
    from incident_tui.app import make_app
    from incident_tui.service.machine.characters import charset
    from incident_tui.store.files.user_folders import config_root
    from incident_tui.store.user_settings import UserSettings

    # A long log is many small objects, none of which becomes garbage: looking for some less often
    # is a fifth of the way to the first frame.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()
    settings = UserSettings(config_root(service.world.env))
    app = make_app(
        service,
        incident=incident,
        offer_demo=offer_demo,
        begin_with_demo=begin_with_demo,
        encoding=charset(os.environ, sys.stderr.encoding),
        settings=_kept(settings),
        keep=settings.remember,
    )
    app.run()
    return app.return_code or 0


def _check_keys(wanted: "Mapping[str, object]") -> "Sequence[str]":
    """What is wrong with keys that a user has set; all screens are loaded for it."""
    from incident_tui.app import IncidentApp
    from incident_tui.screens.terminal.keymap import checked
    from incident_tui.screens.war_room.key_places import every_action

    return checked(wanted, every_action(IncidentApp)).problems


def _kept(settings: "UserSettings") -> "Settings":
    """What was set before; nothing where the file is wrong, which is told elsewhere."""
    from incident_tui.store.files.errors import StoreError
    from incident_tui.store.user_settings import DEFAULTS

    try:
        return settings.read()
    except StoreError:
        return DEFAULTS


if __name__ == "__main__":
    main()
