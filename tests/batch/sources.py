"""Checks which files of folders imshark-batch takes, and how many processes: without tshark."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

BATCH = Path(__file__).resolve().parents[2] / "batch"
sys.path.insert(0, str(BATCH))
import runs
from tables import Sources

NOBODY = 65534
CAPTURES = ("a.pcap", "b.PCAPNG.gz", "c.cap", "d.dmp", "e.pcap1", "f.pcap02.gz", "g.x.pcap")
OTHERS = ("pcap", "notes.txt", "h.pcap.txt", "i.gz", "j.pcap1x", "k.pcapnet")


def make(folder):
    """Folders with files, links, and what cannot be read."""
    for name in (*CAPTURES, *OTHERS):
        (folder / name).write_text(name)
    for name in ("closed", "listed", "outside"):
        (folder / name).mkdir()
        (folder / name / f"{name}.pcap").write_text(name)
        (folder / name / f"{name}.txt").write_text(name)
    (folder / "listed" / "below").mkdir()
    os.mkfifo(folder / "pipe.pcap")
    (folder / "gone.pcap").symlink_to(folder / "nowhere")
    (folder / "in").mkdir()
    for name, target in (("up", folder / "in"), ("out", folder / "outside"), ("again", folder / "outside")):
        (folder / "in" / name).symlink_to(target)
    (folder / "closed").chmod(0)
    (folder / "listed").chmod(0o744)


def as_nobody(check, folder):
    """Runs a check in a process that may not read everything. Returns whether it went well."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            check(folder)
            status = 0
        finally:
            sys.excepthook(*sys.exc_info()) if status else None
            os._exit(status)
    return os.waitpid(child, 0)[1] == 0


def check(folder):
    """What is found and what is not."""
    found = Sources([folder / "in", folder, folder / "notes.txt"])
    expected = {folder / name for name in (*CAPTURES, "notes.txt", "outside/outside.pcap")}
    assert set(found.captures) == expected, set(found.captures) ^ expected
    # Of folders that may be listed and not entered, there are names.
    failed = {(Path(path).name, reason) for _, path, reason in found.failed}
    assert failed == {("closed", "Permission denied"), ("listed.pcap", "Permission denied"),
                      ("below", "Permission denied"), ("gone.pcap", "No such file or directory")}, failed
    assert len(found.failed) == 4, found.failed
    # With outside.txt, listed.txt and pipe.pcap.
    assert found.others == len(OTHERS) + 3, found.others
    for wrong in (folder / "nowhere", folder / "pipe.pcap"):
        try:
            Sources([wrong])
        except OSError as error:
            assert str(wrong) in str(error), error
        else:
            raise AssertionError(wrong)


def check_spark_job(folder):
    """The job on Spark leaves nothing of a run that has no captures, and says so before it needs Spark."""
    (folder / "none").mkdir()
    for source, reason in (("nowhere", "No such file or directory"), ("none", "there is no capture")):
        command = [sys.executable, str(BATCH / "spark_job.py"), str(folder / source), "-o", str(folder / "out")]
        run = subprocess.run(command, check=False, capture_output=True, text=True)
        assert run.returncode == 1 and reason in run.stderr and "Traceback" not in run.stderr, run.stderr
        assert not (folder / "out").exists()


def check_workers():
    """--jobs counts for the conversion, too."""
    for has_affinity in (True, False):
        real = getattr(os, "sched_getaffinity", None), os.cpu_count
        if has_affinity:
            os.sched_getaffinity = lambda _: set(range(8))
        else:
            # As on macOS.
            os.__dict__.pop("sched_getaffinity", None)
            os.cpu_count = lambda: 8
        try:
            found = [runs.workers(jobs) for jobs in ("100%", "50%", "1%", "1", "0", "99", "+1", "-3", "-9", "file")]
        finally:
            os.cpu_count = real[1]
            if real[0]:
                os.sched_getaffinity = real[0]
        assert found == [8, 4, 1, 1, 8, 8, 8, 5, 1, 8], found


def check_sources():
    """Runs the checks. Returns what was done."""
    check_workers()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        folder.chmod(0o755)
        check_spark_job(folder)
        make(folder)
        try:
            if os.geteuid() != 0:
                check(folder)
            else:
                assert as_nobody(check, folder), "as another user"
        finally:
            (folder / "closed").chmod(0o700)
            (folder / "listed").chmod(0o700)
    return "folders, links and names are read, and what cannot be read is said"


if __name__ == "__main__":
    print(check_sources())
