"""Copying a text out of the console: by tmux, by the terminal, and always with its file."""

import asyncio
from typing import Any

from textual.app import App

from incident_tui.screens.session.controller import IncidentController
from incident_tui.service.runtime.clipboard import copied_by_tmux


async def put_into_clipboard(app: App[Any], controller: IncidentController, text: str) -> str:
    """Copy a text; says how that went, which nobody can know of a terminal."""
    app.copy_to_clipboard(text)
    through_tmux = await asyncio.to_thread(copied_by_tmux, controller.session.world, text)
    return "copied, by tmux" if through_tmux else "copied, where the terminal lets it"


async def copy(
    app: App[Any], controller: IncidentController, text: str, path: str = "", also: str = ""
) -> str:
    """Copy a text; says how that went, and which file of the incident holds it.

    That is the document at `path`, which is written where it is not there yet, and what `also` says
    beside it; without a path it is the log.
    """
    world = controller.session.world
    how = await put_into_clipboard(app, controller, text)
    place = controller.session.file.path
    if path:
        from incident_tui.service.git.commit_message import write_documents

        try:
            await asyncio.to_thread(write_documents, controller.session)
        except OSError as problem:
            reason = problem.strerror or problem
            return f"{how} · its files follow with the next commit: {reason}"
        place = controller.session.folder / path
    return f"{how} · it stands in {world.shown(place)}{also}"
