"""How bash, zsh and fish ask what a word can be: scripts for each, over click's completion.

click's own scripts split values at commas and blanks, expand them as patterns, and show what went
wrong in the middle of the line that is typed.
"""

from contextlib import suppress
from typing import ClassVar

from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
)

_BASH = r"""
%(complete_func)s() {
    local IFS=$'\n' type value word=${COMP_WORDS[COMP_CWORD]}
    COMPREPLY=()
    while IFS=, read -r type value; do
        case $type in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain)
                # Within quotation marks bash quotes by itself.
                [[ $word == [\"\']* ]] || printf -v value %%q "$value"
                COMPREPLY+=("$value") ;;
        esac
    done < <(COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD \
        %(complete_var)s=bash_complete "${1/#\~/$HOME}" 2>/dev/null)
}
complete -o nosort -F %(complete_func)s %(prog_name)s 2>/dev/null ||
    complete -F %(complete_func)s %(prog_name)s
"""

_ZSH = r"""#compdef %(prog_name)s

%(complete_func)s() {
    local type key about
    local -a plain told response
    response=("${(@f)$(COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT-1)) \
        %(complete_var)s=zsh_complete ${(Q)words[1]/#\~/$HOME} 2>/dev/null)}")
    for type key about in ${response}; do
        case $type in
            plain) if [[ $about == _ ]]; then plain+=($key); else told+=("$key:$about"); fi ;;
            dir) _path_files -/ ;;
            file) _path_files -f ;;
        esac
    done
    (( $#told )) && _describe -V unsorted told -U
    (( $#plain )) && compadd -U -V unsorted -a plain
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -u; }
    compdef %(complete_func)s %(prog_name)s
fi
"""

_FISH = r"""
function %(complete_func)s
    set -l tokens (commandline -cp)
    set -l program (commandline -opc)[1]
    for line in (env COMP_WORDS="$tokens" COMP_CWORD=(commandline -ct) \
            %(complete_var)s=fish_complete (string replace -r '^~' $HOME -- $program) 2>/dev/null)
        set -l parts (string split -m 1 , -- $line)
        switch $parts[1]
            case dir
                __fish_complete_directories $parts[2]
            case file
                __fish_complete_path $parts[2]
            case plain
                echo $parts[2]
        end
    end
end

complete --no-files --command %(prog_name)s --arguments '(%(complete_func)s)'
"""


class _Quiet(ShellComplete):
    """Offers nothing where it cannot tell: an error would stand in the line that is typed."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        # bash parts --option=value at the sign, and gives the sign as a word.
        args = [word for word in args if word != "="]
        option, sign, _ = incomplete.partition("=") if incomplete.startswith("--") else ("", "", "")
        items: list[CompletionItem[str]] = []
        with suppress(Exception):
            items = super().get_completions(args, incomplete)
        for item in items if sign else ():
            item.value = f"{option}={item.value}"  # the other shells have both in one word
        return items

    def format_completion(self, item: CompletionItem[str]) -> str:
        item.help = " ".join((item.help or "").split()) or None
        return super().format_completion(item)


class _Bash(_Quiet, BashComplete):
    source_template: ClassVar[str] = _BASH.lstrip()

    def source(self) -> str:
        return self.source_template % self.source_vars()  # which needs no bash to be found


class _Zsh(_Quiet, ZshComplete):
    source_template: ClassVar[str] = _ZSH


class _Fish(_Quiet, FishComplete):
    source_template: ClassVar[str] = _FISH.lstrip()


SHELLS: dict[str, type[ShellComplete]] = {"bash": _Bash, "zsh": _Zsh, "fish": _Fish}
"""Shell -> how it asks, and the script that makes it ask."""


def register() -> None:
    """Have click answer these shells by the classes above."""
    for name, asked in SHELLS.items():
        add_completion_class(asked, name)
