"""Runs spark_job on a local cluster of two workers, kills an executor on the way, and compares the tables."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pyspark

from compare import TABLES, files

CAPTURES, WORK, TSHARK = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
JOB = Path(__file__).resolve().parents[2] / "batch" / "spark_job.py"


def executors(group):
    """The executors of a process group, whose commands name their class."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if b"CoarseGrainedExecutorBackend" in (folder / "cmdline").read_bytes() \
                    and os.getpgid(int(folder.name)) == group:
                yield int(folder.name)
        except OSError:
            pass


def run(output):
    """Runs the job, and kills an executor once it has read a capture."""
    home = Path(pyspark.__file__).parent
    environment = {**os.environ, "SPARK_HOME": str(home), "PYSPARK_PYTHON": sys.executable}
    job = subprocess.Popen(
        [str(home / "bin" / "spark-submit"), "--master", "local-cluster[2,1,1024]", "--conf", "spark.executor.memory=512m",
         str(JOB), str(CAPTURES), "-o", str(output), "--tshark", TSHARK],
        env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=WORK)
    killed = False
    while job.poll() is None:
        done = len(list((output / "response_times").glob("*.parquet")))
        if not killed and done >= 3:
            victims = sorted(executors(job.pid))
            assert victims, "no executor is found"
            os.kill(victims[0], signal.SIGKILL)
            killed = True
        time.sleep(0.1)
    assert killed, "the job ended before an executor could be killed"
    assert job.returncode == 0, job.returncode


def rows(output, table):
    """The rows of a table, in an order that does not depend on files."""
    return sorted(map(repr, duckdb.connect().execute(f"SELECT * FROM {files(output, table)}").fetchall()))


def main():
    """Compares the tables with those of imshark-batch."""
    run(WORK / "spark")
    subprocess.run([sys.executable, str(JOB.parent / "imshark-batch"), str(CAPTURES), "-o", str(WORK / "alone"),
                    "--tshark", TSHARK], check=True, capture_output=True)
    for table in TABLES:
        found, expected = rows(WORK / "spark", table), rows(WORK / "alone", table)
        assert found == expected, (table, len(found), len(expected))
    print("the tables of a cluster that lost an executor are those of imshark-batch")


main()
