"""Kills imshark-batch, and looks at what is left."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "batch"))
from runs import lock
from tables import is_read

SECONDS = 60


def until(what, happens):
    """Waits for something."""
    end = time.monotonic() + SECONDS
    while not happens():
        assert time.monotonic() < end, f"in {SECONDS} s, not {what}"
        time.sleep(0.02)


def is_free(output):
    """Whether nothing reads into the tables any more."""
    descriptor = lock(output / "read")
    if descriptor is not None:
        os.close(descriptor)
    return descriptor is not None


def runs_still(process):
    """Whether there is a process, other than one that nobody waits for."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


class Run:
    """A run whose tshark takes some seconds."""

    def __init__(self, batch, captures, work, tshark, name):
        slow, self.started, self.output = work / f"tshark-{name}", work / f"started-{name}", work / name
        slow.write_text(f'#!/bin/sh\ncase " $* " in *" -r "*) echo $$ >>{self.started}; sleep 4 ;; esac\n'
                        f'exec {tshark} "$@"\n')
        slow.chmod(0o755)
        self.command = [sys.executable, str(batch), str(captures / "msn.pcap"), str(captures / "qq.pcap"), "-j", "2",
                        "-o", str(self.output), "--resume", "--tshark", str(slow)]
        self.driver = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                       start_new_session=True)
        until("started", lambda: len(self.of_tshark()) == 2)

    def of_tshark(self):
        """The processes of tshark that were started."""
        return list(map(int, self.started.read_text().split())) if self.started.exists() else []

    def end(self, number):
        """Sends the driver, and nothing else, a signal. Returns its status."""
        self.driver.send_signal(number)
        return self.driver.wait(SECONDS)

    def again(self):
        """Runs it once more. Returns its status and what it says."""
        run = subprocess.run(self.command, check=False, capture_output=True, text=True)
        return run.returncode, run.stderr


def check_kills(batch, captures, work, tshark):
    """Kills a run, and ends one. Returns what was done."""
    killed = Run(batch, captures, work, tshark, "left")
    assert killed.end(signal.SIGKILL) == -signal.SIGKILL
    status, said = killed.again()
    assert status == 1 and "still reads into" in said, said
    assert len(killed.of_tshark()) == 2, "two read the same"
    until("free", lambda: is_free(killed.output))
    status, said = killed.again()
    assert status == 0, said
    assert sum(map(is_read, (killed.output / "read").iterdir())) == 2

    ended = Run(batch, captures, work, tshark, "ended")
    assert ended.end(signal.SIGTERM) == 128 + signal.SIGTERM
    assert not any(map(runs_still, ended.of_tshark())), "tshark goes on"
    assert not any(map(is_read, (ended.output / "read").iterdir()))
    status, said = ended.again()
    assert status == 0, said
    assert sum(map(is_read, (ended.output / "read").iterdir())) == 2
    return "no run goes on with what another still reads, and none leaves tshark behind when it is ended"
