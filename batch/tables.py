"""Captures and the tables that are made of them: what imshark-batch and spark_job share."""

import errno
import hashlib
import os
import re
import secrets
import shlex
import stat
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SQL = HERE / "imshark.sql"
READ_CAPTURE = HERE / "read-capture"
# What names of captures end with: tcpdump -C adds digits.
CAPTURE = re.compile(r"\.(pcap|pcapng|cap|dmp)[0-9]*(\.gz)?$", re.IGNORECASE)
# Those that imshark.sql makes.
TABLES = ("pdus", "messages", "conversations", "accounts", "contacts", "files", "logins", "commands", "response_times")
# The last line of whatever is read completely.
END = b"end\t"


def is_capture(name):
    """Whether the name is that of a capture."""
    return bool(CAPTURE.search(name))


class Sources:
    """The captures that are named, and those in folders."""

    def __init__(self, sources):
        """Raises OSError if one that is named cannot be had."""
        self.captures = set()
        # Rows of the table failures.
        self.failed = []
        # Files in folders that have no name of a capture.
        self.others = 0
        self.seen = set()
        for source in sources:
            mode = os.stat(source).st_mode
            if stat.S_ISDIR(mode):
                self.add_folder(source)
            elif stat.S_ISREG(mode):
                self.add(source)
            else:
                raise OSError(errno.EINVAL, "neither a file nor a folder", str(source))
        self.captures = sorted(self.captures)

    def add(self, path):
        """Adds a capture."""
        self.captures.add(Path(os.path.realpath(path)))

    def refuse(self, error):
        """Adds what cannot be read."""
        self.failed.append((None, text(error.filename), str(error.strerror)))

    def add_folder(self, source):
        """Adds the captures of a folder, each folder once, whatever leads there."""
        for folder, folders, names in os.walk(source, onerror=self.refuse, followlinks=True):
            status = os.stat(folder)
            if (status.st_dev, status.st_ino) in self.seen:
                folders.clear()
                continue
            self.seen.add((status.st_dev, status.st_ino))
            for name in names:
                self.add_file(os.path.join(folder, name))

    def add_file(self, path):
        """Adds a file of a folder if it is a capture."""
        try:
            if is_capture(os.path.basename(path)) and stat.S_ISREG(os.stat(path).st_mode):
                self.add(path)
            else:
                self.others += 1
        except OSError as error:
            self.refuse(error)


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
    # Without imshark, a list of all reports follows.
    unknown = [line for line in lines if "Invalid -z argument" in line]
    return (unknown or lines)[-1].strip() if lines else None


def lacks_imshark(tshark):
    """What is wrong with a command that should run tshark with imshark; None if nothing is."""
    run = subprocess.run([*shlex.split(tshark), "-z", "help"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, check=False)
    said = run.stdout.decode(errors="replace")
    if "msnms,pdus" in said.split():
        return None
    if "wsp,stat" in said:
        return "tshark has no imshark, or one without -z msnms,pdus"
    return complaint(said) or f"{tshark} ended with {run.returncode}"


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
    with tempfile.NamedTemporaryFile(dir=output, prefix=".lines-") as lines:
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
    # Programs that read folders leave out names that begin with a dot.
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    database.execute(f"COPY {table} TO {quoted(part)} (FORMAT parquet, ROW_GROUP_SIZE 16384)")
    os.replace(part, target)
