"""Measures imshark-batch and spark_job against one tshark that reads the same captures one after the other.

    rate.py CAPTURES WORK TSHARK [ROUNDS]

Rounds alternate, so that other load of the machine meets all alike. CPU is what the work took on whatever cores it
got: the ratio of CPU to that of tshark alone says what imshark-batch adds, however busy the machine is.
"""

import os
import re
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
BATCH = HERE.parents[1] / "batch"
CAPTURES, WORK, TSHARK = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
ROUNDS = int(sys.argv[4]) if len(sys.argv) > 4 else 3
REPORTS = [f"{family},{report},json" for family in ("msnms", "oicq")
           for report in ("chat", "chats", "accounts", "contacts", "files", "logins", "commands", "srt")]
CORES = sorted(os.sched_getaffinity(0))


def peak(pid):
    """The largest memory of a process so far, in MB."""
    try:
        found = re.search(r"VmHWM:\s+([0-9]+)", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
        return int(found[1]) >> 10 if found else 0
    except OSError:
        return 0


def measure(name, command, cores):
    """Runs a command on some cores. Returns seconds and seconds of CPU."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
    load, memory = os.getloadavg()[0], 0
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                           preexec_fn=lambda: os.sched_setaffinity(0, cores))
    while run.poll() is None:
        memory = max(memory, peak(run.pid))
        time.sleep(0.05)
    assert run.returncode == 0, (name, run.returncode)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    seconds = time.time() - start
    print(f"{name:24} {seconds:7.1f} s  CPU {cpu:7.1f} s  driver {memory} MB  load before {load:.1f}", flush=True)
    return seconds, cpu


def one_tshark():
    """One tshark after the other, with the same reports as imshark-batch asks for."""
    script = 'for file in "$0"/*; do "$@" -r "$file" >/dev/null 2>&1; done; true'
    wanted = [word for report in ("msnms,pdus", "oicq,pdus", *REPORTS) for word in ("-z", report)]
    return ["sh", "-c", script, str(CAPTURES), TSHARK, "-n", "-q", "-2", *wanted]


def batch(cores):
    """imshark-batch, from the beginning, with as many jobs as it runs on so many cores by itself."""
    shutil.rmtree(WORK / "rate", ignore_errors=True)
    return [sys.executable, str(BATCH / "imshark-batch"), str(CAPTURES), "-o", str(WORK / "rate"), "-j", str(cores + 1),
            "--tshark", TSHARK]


def spark(cores):
    """The job on a cluster on this machine with a worker for each core."""
    import pyspark  # pylint: disable=import-outside-toplevel

    home = Path(pyspark.__file__).parent
    os.environ.update(SPARK_HOME=str(home), PYSPARK_PYTHON=sys.executable)
    shutil.rmtree(WORK / "rate", ignore_errors=True)
    return [str(home / "bin" / "spark-submit"), "--master", f"local-cluster[{cores},1,1024]", "--conf",
            "spark.executor.memory=512m", str(BATCH / "spark_job.py"), str(CAPTURES), "-o", str(WORK / "rate"),
            "--tshark", TSHARK]


def main():
    """Runs all rounds."""
    count = len(list(CAPTURES.iterdir()))
    print(f"{count} captures, {len(CORES)} cores")
    ratios = {}
    for _ in range(ROUNDS):
        alone = measure("one tshark, 1 core", one_tshark(), CORES[:1])
        print(f"{'':24} {count / alone[0]:.1f} captures a second")
        ways = [("imshark-batch, 1 core", batch, 1), (f"imshark-batch, {len(CORES)} cores", batch, len(CORES)),
                (f"Spark, {len(CORES)} cores", spark, len(CORES))]
        for name, make, cores in ways:
            seconds, cpu = measure(name, make(cores), CORES[:cores])
            rate = alone[0] / seconds / cores
            ratios.setdefault(name, []).append((rate, alone[1] / cpu))
            print(f"{'':24} {rate:.2f} of cores x one tshark by the clock, {alone[1] / cpu:.2f} by CPU")
    for name, pairs in ratios.items():
        clock, cpu = zip(*pairs)
        print(f"{name}: by the clock {min(clock):.2f} to {max(clock):.2f}, by CPU {min(cpu):.2f} to {max(cpu):.2f}")


main()
