"""An app with the keys that its user has set, as far as they can be."""

from collections.abc import Mapping

from textual.app import ReturnType
from textual.binding import Binding

from incident_tui.screens.panes.arranged_app import ArrangedApp
from incident_tui.screens.terminal.keymap import checked, shown
from incident_tui.screens.terminal.plain_keys import ALT_DIGITS


class KeyedApp(ArrangedApp[ReturnType]):
    """Every action with a name has the keys that are set for it, and its own where none are."""

    wanted_keys: Mapping[str, object] = {}
    """What the user has set, before it is looked at."""

    def on_mount(self) -> None:
        """Take the keys that the user wants; what is wrong with some is said, and those stay."""
        if not self.wanted_keys:
            return
        # All screens are loaded for it, which only whoever changes keys waits for.
        from incident_tui.screens.war_room.key_places import every_action

        accepted = checked(self.wanted_keys, every_action(type(self)))
        self.set_keymap({action: ",".join(keys) for action, keys in accepted.keys.items()})
        if accepted.problems:
            text = "\n".join(["Some of your keys are not as you set them:", *accepted.problems])
            self.notify(text, severity="warning", markup=False, timeout=20)

    def action_jump(self) -> None:
        """Give every place on the screen letters that lead there; pressed again, take them away."""
        from incident_tui.screens.widgets.chrome.jump import JumpScreen

        if isinstance(self.screen, JumpScreen):
            self.screen.dismiss()
        else:
            self.push_screen(JumpScreen(self.screen))

    def get_key_display(self, binding: Binding) -> str:
        """A key as people write it."""
        alone = binding.key in ALT_DIGITS and not binding.key_display
        return shown(binding.key) if alone else super().get_key_display(binding)
