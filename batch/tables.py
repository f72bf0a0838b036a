"""Captures and the tables that are made of them: what imshark-batch and spark_job share."""

import hashlib
import os
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SQL = HERE / "imshark.sql"
READ_CAPTURE = HERE / "read-capture"
SUFFIXES = (".pcap", ".pcapng", ".cap", ".dmp")
# Those that imshark.sql makes.
TABLES = ("pdus", "messages", "conversations", "accounts", "contacts", "files", "logins", "commands", "response_times")
# The last line of whatever is read completely.
END = b"end\t"


def is_capture(path):
    """Whether the name is that of a capture."""
    name = path.name.lower()
    name = name[:-3] if name.endswith(".gz") else name
    return path.is_file() and name.endswith(SUFFIXES)


def captures(sources):
    """The captures: those named, and those in folders. Raises FileNotFoundError."""
    found = set()
    for source in map(Path, sources):
        if source.is_dir():
            found.update(path for path in source.rglob("*") if is_capture(path))
        elif source.is_file():
            found.add(source)
        else:
            raise FileNotFoundError(source)
    return sorted({path.resolve() for path in found})


def digest(path):
    """The SHA-256 of a file."""
    sha256 = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            sha256.update(block)
    return sha256.hexdigest()


def digests(paths):
    """The SHA-256 and the size of each file that can be read, and for the others the rows of the table failures."""
    found, failed = {}, []
    for path in paths:
        try:
            found[path] = digest(path), path.stat().st_size
        except OSError as error:
            failed.append((None, text(path), str(error.strerror)))
    return found, failed


def is_read(path):
    """Whether a capture was read completely: of a run that was killed, the last line is missing."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 64))
        lines = file.read().split(b"\n")
        return len(lines) > 1 and lines[-1] == b"" and lines[-2].startswith(END)


def complaint(text):
    """The last line that tshark wrote to standard error, such as that a file is cut short; None if there is none."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("Running as user")]
    return lines[-1].strip() if lines else None


CAPTURES = "CREATE OR REPLACE TABLE captures (capture VARCHAR, path VARCHAR, bytes UBIGINT, complaint VARCHAR)"
FAILURES = "CREATE OR REPLACE TABLE failures (capture VARCHAR, path VARCHAR, reason VARCHAR)"


def text(path):
    """A path as text for a table: names need not be UTF-8."""
    return os.fsencode(path).decode(errors="replace")


def insert(database, table, rows):
    """Adds rows to a table."""
    if rows:
        database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def join_lines(read, target):
    """Writes what was read of captures into one file, each line with its capture."""
    with open(target, "wb") as out:
        for capture, path in read:
            start = capture.encode() + b"\t"
            with open(path, "rb") as lines:
                out.writelines(start + line for line in lines if not line.startswith(END))


def connect():
    """An empty database."""
    import duckdb  # pylint: disable=import-outside-toplevel

    database = duckdb.connect()
    database.execute("SET TimeZone = 'UTC'")
    # Several slices are converted at a time.
    database.execute("SET threads = 1")
    return database


def quoted(path):
    """A path as a string of SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def convert(read, output, name):
    """Makes OUTPUT/TABLE/NAME.parquet of what was read of captures."""
    with tempfile.NamedTemporaryFile(dir=output) as lines:
        join_lines(read, lines.name)
        database = connect()
        database.execute(
            f"""CREATE VIEW lines AS FROM read_csv({quoted(lines.name)}, delim='\t', quote='', escape='', header=false,
                auto_detect=false, max_line_size=268435456,
                columns={{'capture': 'VARCHAR', 'report': 'VARCHAR', 'line': 'VARCHAR'}})""")
        database.execute(SQL.read_text(encoding="utf-8"))
        for table in TABLES:
            write(database, table, Path(output) / table / f"{name}.parquet")
        database.close()


def write(database, table, target):
    """Writes a table as Parquet, all of it or nothing."""
    part = f"{target}.{os.getpid()}.part"
    database.execute(f"COPY {table} TO {quoted(part)} (FORMAT parquet, ROW_GROUP_SIZE 16384)")
    os.replace(part, target)
