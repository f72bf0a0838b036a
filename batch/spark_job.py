"""The tables of imshark-batch, made on a cluster of Apache Spark.

    spark-submit batch/spark_job.py CAPTURE-OR-FOLDER... -o OUT

Captures and OUT are on a file system that all machines share, and so is this folder; each machine has tshark with
imshark, and DuckDB's module for Python. A task reads some captures and writes OUT/NAME/NUMBER.parquet, all of it or
nothing: a task that Spark runs again, because its machine is gone, writes the same. OUT/captures.parquet and
OUT/failures.parquet are written in the end.
"""

import argparse
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = str(Path(__file__).resolve().parent)
sys.path.insert(0, HERE)
from tables import (CAPTURES, FAILURES, READ_CAPTURE, TABLES, Sources, complaint, connect, convert, digests, insert,
                    is_read, text, write)

# Captures of a task, unless there are too few for all cores.
CAPTURES_OF_TASK = 32


def arguments():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", type=Path, metavar="CAPTURE-OR-FOLDER")
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="OUT")
    parser.add_argument("--tshark", default="tshark", help="command that runs tshark, with options if need be")
    return parser.parse_args()


def read(number, files, output, tshark):
    """Reads captures into tables. Yields each with its path, whether it could be read, and what tshark complained of."""
    with tempfile.TemporaryDirectory() as folder:
        good = []
        for capture, path in files:
            lines = Path(folder) / capture
            with lines.open("wb") as out:
                run = subprocess.run([str(READ_CAPTURE), path, *shlex.split(tshark)], stdout=out,
                                     stderr=subprocess.PIPE, check=False)
            said = complaint(run.stderr.decode(errors="replace"))
            if is_read(lines):
                good.append((capture, lines))
                yield capture, path, True, said
            else:
                yield capture, path, False, said or "tshark ended early"
        if good:
            convert(good, output, f"{number:06}")


def report(failed):
    """Says what could not be read."""
    for _, path, reason in failed:
        print(f"spark_job: {path}: {reason}", file=sys.stderr)


def main():
    """Runs the job."""
    options = arguments()
    output = options.output.resolve()
    if output.exists() and any(output.iterdir()):
        sys.exit(f"spark_job: {output} is not empty")
    try:
        sources = Sources(options.sources)
    except OSError as error:
        sys.exit(f"spark_job: {error}")
    found, failed = digests(sources.captures)
    failed += sources.failed
    if not found:
        report(failed)
        sys.exit("spark_job: there is no capture (pcap, pcapng, also gzipped)")
    from pyspark.sql import SparkSession  # pylint: disable=import-outside-toplevel

    for table in TABLES:
        (output / table).mkdir(parents=True, exist_ok=True)
    different = sorted({capture: str(path) for path, (capture, _) in reversed(found.items())}.items())
    spark = SparkSession.builder.appName("imshark").config("spark.executorEnv.PYTHONPATH", HERE).getOrCreate()
    context = spark.sparkContext
    size = max(1, min(CAPTURES_OF_TASK, len(different) // (4 * context.defaultParallelism)))
    parts = list(enumerate(different[start:start + size] for start in range(0, len(different), size)))
    tshark = options.tshark
    tasks = context.parallelize(parts, len(parts))
    results = tasks.flatMap(lambda part: read(part[0], part[1], str(output), tshark)).collect()
    spark.stop()
    failed += [(capture, text(path), said) for capture, path, is_good, said in results if not is_good]
    complaints = {capture: said for capture, _, _, said in results}
    database = connect()
    database.execute(CAPTURES)
    database.execute(FAILURES)
    insert(database, "captures", [(capture, text(path), size, complaints[capture])
                                  for path, (capture, size) in found.items()])
    insert(database, "failures", failed)
    for table in ("captures", "failures"):
        write(database, table, output / f"{table}.parquet")
    report(failed)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
