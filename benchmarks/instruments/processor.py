"""Processor time, which other work on the machine weighs on far less than on seconds."""

import os
import resource
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import process_time

HAS_STAT = Path("/proc/self/stat").exists()
"""Whether this system tells how much a process that runs has used."""
_TICKS = os.sysconf("SC_CLK_TCK")


def used_by(pid: int) -> float:
    """Seconds of processor time that a process has used so far, its threads together. Linux."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def used_here() -> float:
    """Seconds that this process and what it has started and waited for have used so far."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + ended.ru_utime + ended.ru_stime


def of_command(command: Sequence[str], *, env: Mapping[str, str], cwd: Path) -> float:
    """Seconds that a command uses from start to end. RuntimeError when it fails."""
    with (cwd / "told").open("w+b") as printed:
        process = subprocess.Popen(command, env=dict(env), cwd=cwd, stdout=printed, stderr=printed)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            printed.seek(0)
            output = printed.read()[-2000:].decode(errors="replace")
            raise RuntimeError(f"{command} ended with {process.returncode}: {output}")
    return usage.ru_utime + usage.ru_stime
