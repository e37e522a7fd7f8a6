"""Rules about the terminal: its type, characters, colours and clipboard, and tmux around it."""

from collections.abc import Iterator, Mapping

from incident_tui.service.machine.characters import LOCALE, UTF_8, charset
from incident_tui.service.machine.facts import Machine
from incident_tui.service.machine.finding import Finding, State

INSIDE_TMUX = ("tmux-256color", "screen-256color")
PLAIN = ("xterm-256color",)
NAMES = (*INSIDE_TMUX, *PLAIN)
"""Terminal types that rules propose."""
MUTE = ("", "dumb", "unknown")
"""Types that say nothing of what the terminal can do."""
_MANY_COLOURS = ("truecolor", "24bit")
_SLOW_ESCAPE_MS = 100


def terminal_rules(machine: Machine) -> Iterator[Finding]:
    """What is found about the terminal."""
    yield _type(machine)
    yield _characters(machine)
    yield _colours(machine)
    yield _clipboard(machine)
    if machine.terminal.tmux is not None:
        yield _escape(machine.terminal.tmux)


def _proposed(machine: Machine) -> str:
    """The terminal type to set, of those that this machine can describe."""
    env, known = machine.terminal.env, machine.terminal.types
    wanted = INSIDE_TMUX if env.get("TMUX") else INSIDE_TMUX[1:] if env.get("STY") else PLAIN
    return next((name for name in wanted if known is None or name in known), wanted[-1])


def _type(machine: Machine) -> Finding:
    env, known = machine.terminal.env, machine.terminal.types
    term, mend = env.get("TERM", ""), f"export TERM={_proposed(machine)}"
    if term in MUTE:
        text = f"TERM is {term}" if term else "TERM is not set"
        cost = "no colours, and $EDITOR and pagers cannot draw"
        return Finding("terminal", State.PROBLEM, text, cost, mend)
    if known is not None and term not in known:
        cost = "$EDITOR and pagers refuse to start or draw wrongly, and colours are few"
        text = f"TERM is {term}, which this machine cannot describe"
        return Finding("terminal", State.PROBLEM, text, cost, mend)
    if env.get("TMUX") and not term.startswith(("tmux", "screen")):
        cost = "what other programs draw is off, since tmux is no such terminal"
        return Finding("terminal", State.WARNING, f"TERM is {term} inside tmux", cost, mend)
    if not machine.terminal.attached:
        cost = "the console does not open here; every other command works"
        return Finding("terminal", State.NOTE, "standard input or output is no terminal", cost)
    return Finding("terminal", State.WELL, f"{term}{' in tmux' if env.get('TMUX') else ''}")


def _characters(machine: Machine) -> Finding:
    env = machine.terminal.env
    shown = charset(env, machine.terminal.encoding)
    if shown == UTF_8:
        return Finding("characters", State.WELL, "UTF-8")
    name = next((name for name in LOCALE if env.get(name)), "LANG")
    text = f"{name} is {env[name]}" if env.get(name) else "no locale is set"
    best = "en_US.UTF-8" if machine.platform == "darwin" else "C.UTF-8"
    return Finding(
        "characters",
        State.WARNING,
        f"{text}: {shown} only",
        "frames and signs are drawn with letters, and of others' names and words there is a ?",
        f"export {name}={best}",
    )


def _colours(machine: Machine) -> Finding:
    env = machine.terminal.env
    term, many = env.get("TERM", ""), env.get("COLORTERM", "").lower() in _MANY_COLOURS
    if "NO_COLOR" in env:
        cost = "severity, flags and the cursor are told by words and signs alone"
        return Finding("colours", State.WARNING, "NO_COLOR is set", cost, "unset NO_COLOR")
    if term in MUTE:
        mend = f"export TERM={_proposed(machine)}"
        return Finding("colours", State.WARNING, "none", "all is in one colour", mend)
    if many or term.endswith(("-256color", "kitty", "-direct")):
        return Finding("colours", State.WELL, "16 million" if many else "256")
    cost = "severities and selected rows are told apart less well"
    return Finding(
        "colours", State.WARNING, f"16, by {term}", cost, f"export TERM={_proposed(machine)}"
    )


def _clipboard(machine: Machine) -> Finding:
    """Programs ask the terminal to copy (OSC 52); what lies between may drop that."""
    env, tmux = machine.terminal.env, machine.terminal.tmux
    cost = "what the console copies, a status update say, reaches no clipboard"
    to_tmux = r"tmux new-session \; set-option -s set-clipboard on"
    if tmux is not None:
        how = tmux.get("set-clipboard", "")
        if how == "on":
            return Finding("clipboard", State.WELL, "through tmux")
        text = f"tmux keeps to itself what is copied (set-clipboard {how or 'off'})"
        return Finding(
            "clipboard", State.WARNING, text, cost, "tmux set-option -s set-clipboard on"
        )
    if env.get("TMUX"):
        text = "TMUX is set, but no tmux answers there"
        return Finding("clipboard", State.WARNING, text, cost, "unset TMUX")
    if env.get("STY"):
        text = "GNU screen passes on no clipboard"
        return Finding("clipboard", State.WARNING, text, cost, f"env -u STY {to_tmux}")
    if _keeps_nothing(env):
        text = "this terminal has no clipboard that programs may fill"
        return Finding("clipboard", State.WARNING, text, cost, to_tmux)
    return Finding("clipboard", State.WELL, "by the terminal, where it allows that (OSC 52)")


def _keeps_nothing(env: Mapping[str, str]) -> bool:
    """Apple's Terminal and the consoles of Linux know no OSC 52."""
    return env.get("TERM_PROGRAM") == "Apple_Terminal" or env.get("TERM") in ("linux", "vt100")


def _escape(tmux: Mapping[str, str]) -> Finding:
    escape_time = tmux.get("escape-time", "")
    milliseconds = int(escape_time) if escape_time.isdecimal() else 0
    if milliseconds <= _SLOW_ESCAPE_MS:
        return Finding("escape key", State.WELL, f"tmux waits {milliseconds} ms")
    return Finding(
        "escape key",
        State.NOTE,
        f"tmux waits {milliseconds} ms before it passes Escape on",
        "leaving a screen by Escape is that much slower",
        "tmux set-option -s escape-time 10",
    )
