"""Compares tables with what tshark prints: JSON, which they were made of, and PDML and CSV, which they were not."""

import csv
import datetime
import io
import json
import re
import subprocess
import xml.etree.ElementTree as xml

import duckdb

# The tables of reports, by what follows the comma in the name of the report.
REPORTS = {"chat": "messages", "chats": "conversations", "accounts": "accounts", "contacts": "contacts",
           "files": "files", "logins": "logins", "commands": "commands", "srt": "response_times"}
TABLES = ("captures", "failures", "pdus", *REPORTS.values())


def files(output, table):
    """Where a table is, as SQL has it."""
    return f"'{output}/{table}.parquet'" if table in ("captures", "failures") else f"'{output}/{table}/*.parquet'"


def rows(output, table):
    """The rows of a table as dictionaries."""
    database = duckdb.connect()
    database.execute("SET TimeZone = 'UTC'")
    result = database.execute(f"SELECT * FROM {files(output, table)}")
    names = [column[0] for column in result.description]
    return [dict(zip(names, row)) for row in result.fetchall()]


def types(output, table):
    """The types of the columns of a table."""
    described = duckdb.connect().execute(f"DESCRIBE SELECT * FROM {files(output, table)}").fetchall()
    return {row[0]: row[1] for row in described}


# ---- JSON ----

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
    """Whether a cell has the value that tshark printed, in its type."""
    if isinstance(value, list):
        return isinstance(expected, list) and len(value) == len(expected) and all(map(same, value, expected))
    if isinstance(value, dict):
        return isinstance(expected, dict) and value.keys() == expected.keys() \
            and all(same(value[key], expected[key]) for key in value)
    if isinstance(value, bytes):
        return value == bytes.fromhex(expected)
    if hasattr(value, "isoformat"):
        # Times have microseconds here; time_ns has the rest.
        return value.strftime("%Y-%m-%dT%H:%M:%S.%f") == expected[:26]
    return type(value) is type(expected) and value == expected


def compare_pdus(output):
    """Compares every value of every PDU with its line of JSON."""
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
    """Compares every cell of every report with its line of JSON."""
    compared = 0
    for name, table in REPORTS.items():
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


# ---- PDML ----

def blank(text):
    """A text with spaces for what parsers of XML replace in attributes, and up to a NUL, which ends it in PDML."""
    escaped = (f"\\x{ord(c):x}" if (c < " " and c not in "\t\n\r") or c == "\x7f" else c for c in text.split("\0")[0])
    return re.sub("\r\n|[\r\n\t]", " ", "".join(escaped))


def of_pdml(show, kind):
    """The value of a field with this attribute `show`, in the type of a column."""
    if kind == "BLOB[]":
        return bytes.fromhex(show.replace(":", ""))
    if kind == "BOOLEAN[]":
        # A field without a value shows nothing.
        return show in ("1", "True", "")
    if kind == "VARCHAR[]":
        return blank(show)
    if re.fullmatch(r"-?[0-9]+\.[0-9]{9}", show):
        return int(show.replace(".", ""))
    if kind == "BIGINT[]" and not re.fullmatch("-?[0-9]+", show):
        return moment(show)
    return int(show, 16) if show.startswith("0x") else int(show)


def moment(show):
    """Nanoseconds since 1970: of 2001-09-09T01:46:40.000000000Z, before Wireshark 4.4 Sep  9, 2001 01:46:40.0 UTC."""
    whole, part = re.fullmatch(r"(?:\(0\))?(.*)\.([0-9]+)(?:Z| UTC)", show).groups()
    form = "%Y-%m-%dT%H:%M:%S" if "T" in whole else "%b %d, %Y %H:%M:%S"
    since = datetime.datetime.strptime(" ".join(whole.split()), form) - datetime.datetime(1970, 1, 1)
    return (since.days * 86400 + since.seconds) * 10**9 + int(part.ljust(9, "0"))


def of_cell(value, kind):
    """A value of a cell, in the form of `of_pdml`."""
    return blank(value) if kind == "VARCHAR[]" else value


def compare_pdml(output, paths, tshark):
    """Compares every value of every field of the captures with PDML. `paths` are by capture."""
    kinds = {name: kind for name, kind in types(output, "pdus").items() if "." in name}
    found = {}
    for row in rows(output, "pdus"):
        for name, kind in kinds.items():
            if row[name] is not None and row["capture"] in paths:
                values = found.setdefault((row["capture"], row["frame"], name), [])
                values += [of_cell(value, kind) for value in row[name]]
    compared = 0
    for capture, path in paths.items():
        run = subprocess.run([*tshark, "-n", "-2", "-r", str(path), "-T", "pdml"], check=True, capture_output=True)
        # 3.4 has control characters as they are, which are no XML.
        text = re.sub("[\0-\x08\x0b\x0c\x0e-\x1f\x7f]", lambda it: f"\\x{ord(it[0]):x}", run.stdout.decode())
        for packet in xml.fromstring(text).iter("packet"):
            values = {}
            for field in packet.iter("field"):
                name = field.get("name")
                if name == "num" and "frame" not in values:
                    values["frame"] = int(field.get("show"))
                elif name in kinds:
                    values.setdefault(name, []).append(of_pdml(field.get("show", ""), kinds[name]))
            frame = values.pop("frame")
            for name, expected in values.items():
                cells = found.pop((capture, frame, name), None)
                assert cells == expected, (path, frame, name, kinds[name], cells, expected)
                compared += len(expected)
    assert not found, f"not in PDML: {list(found)[:9]}"
    assert compared > 20_000, compared
    return compared


# ---- CSV ----

def text_of(value, expected):
    """Whether a text of a report in CSV says the value of a cell."""
    if value is None:
        return expected == ""
    if isinstance(value, list):
        texts = ["\u2026" if item is None else str(item) for item in value]
        return expected in (", ".join(texts), " | ".join(texts))
    if isinstance(value, dict):
        parts = [f"{name}: {' | '.join(values)}" for name, values in value.items()]
        return len("; ".join(parts)) == len(expected) and all(part in expected for part in parts)
    if isinstance(value, float):
        return f"{value:.9f}"[:-3] == expected
    if hasattr(value, "isoformat"):
        return value.strftime("%Y-%m-%dT%H:%M:%S.%f") == expected[:26]
    return str(value) == expected


def compare_csv(output, paths, tshark):
    """Compares every cell of every report of the captures with CSV."""
    compared = 0
    tables = {name: rows(output, table) for name, table in REPORTS.items()}
    names = [(family, name) for family in ("msnms", "oicq") for name in REPORTS]
    for capture, path in paths.items():
        wanted = [word for family, name in reversed(names) for word in ("-z", f"{family},{name},csv")]
        run = subprocess.run([*tshark, "-n", "-q", "-2", "-r", str(path), *wanted], check=True, capture_output=True)
        lines = list(csv.reader(io.StringIO(run.stdout.decode(), newline="")))
        for family, name in names:
            found = [row for row in tables[name]
                     if row["capture"] == capture and row["family"] == {"msnms": "MSN", "oicq": "QQ"}[family]]
            titles = lines.pop(0)
            for row in found:
                cells = {key: value for key, value in row.items() if key not in ("capture", "family")}
                expected = lines.pop(0)
                assert [re.sub("[ -]", "_", title.lower()) for title in titles] == list(cells), (path, name, titles)
                for (key, value), text in zip(cells.items(), expected):
                    assert text_of(value, text), (path, family, name, key, value, text)
                    compared += value is not None
        assert not lines, (path, lines[0])
    assert compared > 10_000, compared
    return compared
