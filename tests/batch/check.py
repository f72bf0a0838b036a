"""Runs imshark-batch in the ways that people run it, and compares what it makes."""

import gzip
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from compare import TABLES, compare_csv, compare_pdml, compare_pdus, compare_reports, rows
from elastic import check_elastic
from kills import check_kills, is_free, until
from queries import compare_queries
from remote import check_remote
from resume import check_resume
from sources import check_sources
from without import check_without

CAPTURES, WORK, TSHARK = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
BATCH = Path(__file__).resolve().parents[2] / "batch" / "imshark-batch"
sys.path.insert(0, str(BATCH.parent))
from tables import is_read


def command(sources, output, *more):
    """The command that reads `sources`."""
    tshark = f"{TSHARK} -o 'gui.window_title:two words'"
    return [sys.executable, str(BATCH), *map(str, sources), "-o", str(output), "--tshark", tshark, *more]


def run_all():
    """All captures: in nested folders, one packed, one twice, one that is none."""
    sources = WORK / "sources"
    (sources / "a" / "b").mkdir(parents=True)
    for number, path in enumerate(sorted(CAPTURES.glob("*.pcap"))):
        target = sources / ("a" if number % 2 else "a/b") / path.name
        if number == 3:
            with gzip.open(f"{target}.gz", "wb") as packed:
                packed.write(path.read_bytes())
        else:
            shutil.copy(path, target)
    shutil.copy(CAPTURES / "msn.pcap", sources / "again.pcapng")
    (sources / "broken.pcap").write_bytes(b"no capture\n" * 9)
    (sources / "cut.pcap").write_bytes((CAPTURES / "msn-p2p.pcap").read_bytes()[:3000])
    (sources / "notes.txt").write_text("no capture")
    with open(os.fsencode(sources) + b"/\xc4\xe3.pcap", "wb") as named:
        named.write((CAPTURES / "qq.pcap").read_bytes())
    status = subprocess.run(command([sources], WORK / "all"), check=False, capture_output=True, text=True)
    assert status.returncode == 1, status.stderr
    count = len(list(CAPTURES.glob("*.pcap")))
    read = {Path(row["path"]).name: row for row in rows(WORK / "all", "captures")}
    assert len(read) == count + 4, status.stderr
    assert f"{count + 4} captures, {count + 2} of them different; other files: 1\n" in status.stderr, status.stderr
    assert "cut short" in read["cut.pcap"]["complaint"], read["cut.pcap"]
    assert read["again.pcapng"]["capture"] == read["msn.pcap"]["capture"]
    assert read["msn.pcap"]["complaint"] is None, read["msn.pcap"]
    failures = rows(WORK / "all", "failures")
    assert [Path(row["path"]).name for row in failures] == ["broken.pcap"], failures
    assert "format" in failures[0]["reason"], failures
    return sources


def read_completely(output):
    """The captures that were read completely, with the time of that."""
    return {path.name: path.stat().st_mtime_ns for path in (output / "read").glob("*") if is_read(path)}


def killed_and_resumed(sources):
    """A run that is killed and resumed makes the same tables, and reads nothing twice."""
    before = {}
    for _ in range(2):
        running = subprocess.Popen(command([sources], WORK / "killed", "--resume"), start_new_session=True,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while len(read_completely(WORK / "killed")) <= len(before):
            assert running.poll() is None, "the run ended before it could be killed"
            time.sleep(0.02)
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        # What tshark was at when its parent was killed ends by itself.
        until("free", lambda: is_free(WORK / "killed"))
        before = read_completely(WORK / "killed")
        assert 0 < len(before) < len(read_completely(WORK / "all")), f"{len(before)} were read when it was killed"
    subprocess.run(command([sources], WORK / "killed", "--resume"), check=False, capture_output=True)
    after = read_completely(WORK / "killed")
    assert {capture: after[capture] for capture in before} == before, "captures were read twice"
    assert after.keys() == read_completely(WORK / "all").keys()
    for table in TABLES:
        assert rows(WORK / "killed", table) == rows(WORK / "all", table), table


def has_ek():
    """Whether `-T ek` of this version has numbers as numbers: until Wireshark 4.4, some are hexadecimal."""
    version = subprocess.run([TSHARK, "--version"], check=True, capture_output=True, text=True).stdout
    return tuple(map(int, re.search(r"([0-9]+)\.([0-9]+)", version).groups())) >= (4, 6)


def main():
    """Runs all checks."""
    of_sources = check_sources()
    sources = run_all()
    output = WORK / "all"
    values, cells = compare_pdus(output), compare_reports(output)
    names = {path.name for path in CAPTURES.glob("*.pcap")}
    paths = {row["capture"]: row["path"] for row in rows(output, "captures") if Path(row["path"]).name in names}
    in_pdml, in_csv = compare_pdml(output, paths, [TSHARK]), compare_csv(output, paths, [TSHARK])
    plain = [sys.executable, str(BATCH), str(CAPTURES), "-o", str(WORK / "tables"), "--tshark", TSHARK]
    subprocess.run(plain, check=True, capture_output=True)
    queries = compare_queries(WORK)
    documents = check_elastic(CAPTURES, [TSHARK]) if has_ek() else None
    without = check_without(BATCH, CAPTURES, WORK, TSHARK)
    resumed = check_resume(BATCH, CAPTURES, WORK, TSHARK)
    by_ssh = check_remote(BATCH, CAPTURES, WORK, TSHARK)
    kills = check_kills(BATCH, CAPTURES, WORK, TSHARK)
    killed_and_resumed(sources)
    again = subprocess.run(command([sources], WORK / "all"), check=False, capture_output=True, text=True)
    assert "--resume" in again.stderr, again.stderr
    print(f"{values} values of PDUs and {cells} cells of reports are those of tshark",
          f"{in_pdml} values are those of PDML, and {in_csv} cells those of CSV",
          f"{queries} queries of the documentation give the results that are shown there",
          f"{documents} values of -T ek fit the index template" if documents else "skipped: -T ek needs Wireshark 4.6",
          by_ssh, of_sources, without, resumed, kills, sep="\n")


main()
