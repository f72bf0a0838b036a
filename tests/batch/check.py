"""Runs imshark-batch in the ways that people run it, and compares what it makes."""

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb

CAPTURES, WORK, TSHARK = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
BATCH = Path(__file__).resolve().parents[2] / "batch" / "imshark-batch"
TABLES = ("captures", "failures", "pdus", "messages", "conversations", "accounts", "files", "logins", "response_times")


def command(sources, output, *more):
    """The command that reads `sources`."""
    tshark = f"{TSHARK} -o 'gui.window_title:two words'"
    return [sys.executable, str(BATCH), *map(str, sources), "-o", str(output), "--tshark", tshark, *more]


def rows(output, table):
    """The rows of a table as dictionaries, with times as text."""
    database = duckdb.connect()
    database.execute("SET TimeZone = 'UTC'")
    result = database.execute(f"SELECT * FROM '{output}/{table}.parquet'")
    names = [column[0] for column in result.description]
    return [dict(zip(names, row)) for row in result.fetchall()]


def expected_rows(output, report):
    """What tshark printed for a report, by capture."""
    for path in sorted((output / "read").glob("*")):
        if path.suffix:
            continue
        for line in path.read_text().splitlines():
            name, text = line.split("\t", 1)
            if name == report:
                yield path.name, json.loads(text)


def same(value, expected):
    """Whether a cell has the value that tshark printed."""
    if isinstance(value, list):
        return isinstance(expected, list) and len(value) == len(expected) and all(map(same, value, expected))
    if isinstance(value, bytes):
        return value == bytes.fromhex(expected)
    if hasattr(value, "isoformat"):
        # Times have microseconds here; time_ns has the rest.
        return value.strftime("%Y-%m-%dT%H:%M:%S.%f") == expected[:26]
    return type(value) is type(expected) and value == expected


def compare_pdus(output):
    """Compares every value of every PDU."""
    compared = 0
    expected = list(expected_rows(output, "pdus"))
    found = rows(output, "pdus")
    assert len(found) == len(expected), (len(found), len(expected))
    for row, (capture, pdu) in zip(found, expected):
        values = {**{key: value for key, value in pdu.items() if key != "fields"}, **pdu["fields"], "capture": capture}
        for name, value in row.items():
            assert (value is None) == (name not in values), (capture, pdu["frame"], name, value)
            if value is not None:
                assert same(value, values[name]), (capture, pdu["frame"], name, value, values[name])
                compared += 1
        assert set(values) <= set(row), set(values) - set(row)
    assert compared > 40_000, compared
    return compared


def compare_reports(output):
    """Compares every cell of every report."""
    compared = 0
    for name, table in (("chat", "messages"), ("chats", "conversations"), ("accounts", "accounts"), ("files", "files"),
                        ("logins", "logins"), ("srt", "response_times")):
        found = rows(output, table)
        expected = [(capture, row) for capture, row in expected_rows(output, f"msnms,{name}")]
        expected += [(capture, row) for capture, row in expected_rows(output, f"oicq,{name}")]
        expected.sort(key=lambda it: it[0])
        assert len(found) == len(expected) > 0, (table, len(found), len(expected))
        for row, (capture, values) in zip(found, expected):
            assert row.pop("capture") == capture
            row.pop("family")
            for key, value in row.items():
                assert (value is None) == (key not in values), (table, key, value, values)
                assert value is None or same(value, values[key]), (table, key, value, values[key])
                compared += value is not None
            assert set(values) <= set(row)
    return compared


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
    assert "cut short" in read["cut.pcap"]["complaint"], read["cut.pcap"]
    assert read["again.pcapng"]["capture"] == read["msn.pcap"]["capture"]
    assert read["msn.pcap"]["complaint"] is None, read["msn.pcap"]
    failures = rows(WORK / "all", "failures")
    assert [Path(row["path"]).name for row in failures] == ["broken.pcap"], failures
    assert "format" in failures[0]["reason"], failures
    return sources


def killed_and_resumed(sources):
    """A run that is killed and resumed makes the same tables."""
    for seconds in (1.5, 3):
        running = subprocess.Popen(command([sources], WORK / "killed", "--resume"), start_new_session=True,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(seconds)
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
    read = [path for path in (WORK / "killed" / "read").glob("*") if not path.suffix]
    assert 0 < len(read) < len(list((WORK / "all" / "read").glob("*"))), "killed too early or too late"
    subprocess.run(command([sources], WORK / "killed", "--resume"), check=False, capture_output=True)
    for table in TABLES:
        assert rows(WORK / "killed", table) == rows(WORK / "all", table), table


def main():
    """Runs all checks."""
    sources = run_all()
    values, cells = compare_pdus(WORK / "all"), compare_reports(WORK / "all")
    killed_and_resumed(sources)
    again = subprocess.run(command([sources], WORK / "all"), check=False, capture_output=True, text=True)
    assert "--resume" in again.stderr, again.stderr
    print(f"{values} values of PDUs and {cells} cells of reports are those of tshark")


main()
