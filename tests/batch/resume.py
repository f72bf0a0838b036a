"""Checks what --resume goes on with."""

import json
import re
import shutil
import subprocess
import sys


def run(batch, captures, output, tshark):
    """Runs imshark-batch on one capture with --resume. Returns its status and the last line of what it says."""
    done = subprocess.run([sys.executable, str(batch), str(captures / "msn.pcap"), "-o", str(output), "--resume",
                           "--tshark", tshark], check=False, capture_output=True, text=True)
    return done.returncode, done.stderr.strip().splitlines()[-1]


def check_resume(batch, captures, work, tshark):
    """Resumes with other options, another imshark, another imshark-batch. Returns what was done."""
    output = work / "resumed"
    assert run(batch, captures, output, tshark)[0] == 0
    assert run(batch, captures, output, tshark)[0] == 0
    folder = output / "read"
    said = run(batch, captures, output, f"{tshark} -o gui.window_title:other")
    assert said == (1, f"imshark-batch: {folder} was read with another --tshark ({tshark}, and now {tshark} -o "
                       "gui.window_title:other): use another folder"), said
    noted = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert re.fullmatch(r"imshark.* [0-9a-f]{64}", noted["imshark"]), noted
    for name in noted:
        (folder / "run.json").write_text(json.dumps({**noted, name: "older"}), encoding="utf-8")
        status, said = run(batch, captures, output, tshark)
        assert status == 1 and f"was read with another {name}" in said, said
    (folder / "run.json").unlink()
    status, said = run(batch, captures, output, tshark)
    assert status == 1 and "did not note how" in said, said
    shutil.rmtree(folder)
    folder.mkdir()
    assert run(batch, captures, output, tshark)[0] == 0
    return "--resume refuses what something else has read"
