"""Runs imshark-batch on another machine: this one, by a server of SSH on a port of its own."""

import getpass
import os
import shutil
import socket
import subprocess
import sys
import time

from compare import TABLES, rows


def free_port():
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def check_remote(batch, captures, work, tshark):
    """Compares the tables of a run on two machines, one of them down, with `tables`. Returns what was done."""
    server = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    if server is None:
        return "skipped: there is no sshd"
    if os.geteuid() == 0:
        # Without it, sshd does not start. Where no sshd was started since the machine was, it is missing.
        os.makedirs("/run/sshd", mode=0o755, exist_ok=True)
    port = free_port()
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(work / name)], check=True)
    settings = [f"ListenAddress=127.0.0.1:{port}", f"HostKey={work}/host", f"AuthorizedKeysFile={work}/user.pub",
                "StrictModes=no", "PermitRootLogin=yes", "UsePAM=no", "PidFile=none"]
    options = [word for setting in settings for word in ("-o", setting)]
    running = subprocess.Popen([server, "-D", "-f", "/dev/null", *options], stderr=subprocess.DEVNULL)
    try:
        time.sleep(1)
        ssh = f"ssh -i {work}/user -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
        logins = [f"{ssh} -p {port} {getpass.getuser()}@127.0.0.1", f"{ssh} -p {free_port()} 127.0.0.1"]
        command = [sys.executable, str(batch), str(captures), "-o", str(work / "remote"), "--tshark", tshark]
        for login in logins:
            command += ["--sshlogin", f"2/{login}"]
        run = subprocess.run(command, check=False, capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        assert running.poll() is None, "sshd ended"
    finally:
        running.terminate()
    for table in TABLES:
        assert rows(work / "remote", table) == rows(work / "tables", table), table
    return "a run by SSH gives the same tables"
