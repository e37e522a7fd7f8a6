"""Keys of a text field, acting in the order in which they were pressed.

A binding is usually run once its key has come up from the field to the application; letters that
were pressed after it have changed the text by then. Here it is run when its key is read.
"""

from copy import copy

from textual import events
from textual.widget import Widget


def hand_on(field: Widget, event: events.Key) -> bool:
    """Give a key to the widget that took the focus since it was pressed; false if none did."""
    focused = field.app.focused
    if focused is None or focused is field:
        return False
    handed = copy(event)
    event.stop().prevent_default()
    focused.post_message(handed)
    return True


async def act(field: Widget, event: events.Key) -> None:
    """Run what the key is bound to in the field, or in what it stands in, before the next key.

    What belongs to the application may take the field away: it is left to the application.
    """
    active = field.screen.active_bindings.get(event.key)
    if active is None or not active.enabled or active.node is field.app:
        return
    if await field.app.run_action(active.binding.action, active.node):
        event.stop()
