"""Checks what imshark-batch says of a tshark without imshark."""

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "batch"))
from tables import complaint


def check_without(batch, captures, work, tshark):
    """Runs a tshark without imshark, and one whose options are wrong. Returns what was done."""
    (work / "empty").mkdir()
    script = Path(tshark).read_text(encoding="utf-8")
    (work / "bare").write_text(script.replace(os.environ["WIRESHARK_PLUGIN_DIR"], f"{work}/empty"), encoding="utf-8")
    (work / "bare").chmod(0o755)
    for command, reason in ((str(work / "bare"), "imshark-batch: tshark has no imshark, or one without -z msnms,pdus\n"),
                            (f"{tshark} -o no.such:1", "unknown preference"), ("false", "false ended with 1")):
        arguments = [str(captures), "-o", str(work / "without"), "--tshark", command]
        run = subprocess.run([sys.executable, str(batch), *arguments], check=False, capture_output=True, text=True)
        assert run.returncode == 1 and reason in run.stderr and "Traceback" not in run.stderr, run.stderr
        assert not (work / "without").exists()
    # Of another machine, there is what tshark said.
    read = subprocess.run([str(Path(batch).with_name("read-capture")), str(captures / "msn.pcap"), str(work / "bare")],
                          check=False, capture_output=True, text=True)
    assert read.returncode != 0 and 'Invalid -z argument "' in complaint(read.stderr), read.stderr[-400:]
    return "a tshark without imshark is refused"
