"""What a run of imshark-batch leaves for --resume, and whether the next run may go on with it."""

import json
import os
import shlex
import subprocess
from pathlib import Path

from tables import READ_CAPTURE, SQL, digest, is_read

NOTE = "run.json"


def plugin(tshark):
    """imshark's line of `tshark -G plugins`; None if there is none."""
    words = shlex.split(tshark)
    # Until Wireshark 4.4, -G has to be the first option.
    place = 1 + next((at for at, word in enumerate(words) if Path(word).name.startswith("tshark")), 0)
    run = subprocess.run([*words[:place], "-G", "plugins", *words[place:]], stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    lines = run.stdout.decode(errors="replace").splitlines()
    return next((" ".join(line.split()) for line in lines if line.startswith("imshark")), None)


def made_by(tshark, is_here):
    """What the output of a run depends on. `is_here`: whether this machine reads captures, too."""
    return {"read-capture": digest(READ_CAPTURE), "imshark.sql": digest(SQL), "--tshark": tshark,
            "imshark": plugin(tshark) if is_here else None}


def note(folder, made):
    """Writes what the output in the folder depends on, all of it or nothing."""
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
