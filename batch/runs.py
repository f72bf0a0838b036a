"""What a run of imshark-batch leaves for --resume, and whether the next run may go on with it."""

import fcntl
import json
import multiprocessing
import os
import re
import shlex
import subprocess
import threading
from pathlib import Path

from tables import READ_CAPTURE, SQL, digest, is_read

NOTE = "run.json"


def cores():
    """The cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        # macOS has no such limits.
        return os.cpu_count() or 1


def workers(jobs):
    """How many processes convert for this --jobs of GNU parallel: at most one for each core."""
    count = cores()
    form = re.fullmatch(r"([+-]?)([0-9]+)(%?)", jobs)
    if form:
        sign, number, percent = form[1], int(form[2]), form[3]
        wanted = count * number // 100 if percent else number
        if sign:
            wanted = count + wanted if sign == "+" else count - wanted
        elif number == 0:
            wanted = count
        count = min(count, max(1, wanted))
    return count


def plugin(tshark):
    """imshark's line of `tshark -G plugins`, with the SHA-256 of the plugin; None if there is none."""
    words = shlex.split(tshark)
    # Until Wireshark 4.4, -G has to be the first option.
    place = 1 + next((at for at, word in enumerate(words) if Path(word).name.startswith("tshark")), 0)
    run = subprocess.run([*words[:place], "-G", "plugins", *words[place:]], stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    lines = run.stdout.decode(errors="replace").splitlines()
    line = next((line for line in lines if line.startswith("imshark")), None)
    if line is None:
        return None
    path = Path(line.split("\t")[-1])
    # tshark may be one of another root or container.
    return " ".join([*line.split(), *([digest(path)] if path.is_file() else [])])


def made_by(tshark, is_here):
    """What the output of a run depends on. `is_here`: whether this machine reads captures, too."""
    return {"read-capture": digest(READ_CAPTURE), "imshark.sql": digest(SQL), "--tshark": tshark,
            "imshark": plugin(tshark) if is_here else None}


def lock(folder):
    """Locks the folder for as long as the file descriptor is open somewhere; None if it is locked."""
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o666)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def end_with_parent():
    """Ends this process when its parent does: a process that converts would wait for more for ever."""
    def wait():
        multiprocessing.parent_process().join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def run_parallel(command, names, descriptor):
    """Runs GNU parallel, which keeps the lock, and ends it with this process. Returns its status."""
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, pass_fds=(descriptor,))
    try:
        running.communicate(os.fsencode(names))
    except BaseException:
        running.terminate()
        running.wait()
        raise
    return running.returncode


def note(folder, made):
    """Writes what the output in the folder depends on, all of it or nothing, unless that is written."""
    if (folder / NOTE).exists():
        return
    part = folder / f".{NOTE}.part"
    part.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    os.replace(part, folder / NOTE)


def difference(folder, made):
    """Why a run may not go on with what the folder has; None if it may."""
    try:
        before = json.loads((folder / NOTE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        if any(map(is_read, folder.iterdir())):
            return f"{folder} was read by an imshark-batch that did not note how: use another folder"
        return None
    except ValueError as error:
        return f"{folder / NOTE}: {error}"
    for name, now in made.items():
        then = before.get(name)
        # Of other machines, nothing is known.
        if then != now and None not in (then, now):
            which = "" if name in ("read-capture", "imshark.sql") else f" ({then}, and now {now})"
            return f"{folder} was read with another {name}{which}: use another folder"
    return None
