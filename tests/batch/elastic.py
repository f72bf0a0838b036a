"""Checks documents of `tshark -T ek` against the index template, by the rules of Elasticsearch and OpenSearch."""

import datetime
import ipaddress
import json
import re
import shlex
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "batch" / "imshark-template.json"
DOCUMENT = ROOT / "docs" / "batch.md"
RANGES = {"short": (-2**15, 2**15 - 1), "integer": (-2**31, 2**31 - 1), "long": (-2**63, 2**63 - 1),
          "unsigned_long": (0, 2**64 - 1)}


def is_date(value):
    """Whether a text is a date in the default format, strict_date_optional_time."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", value):
        return False
    datetime.datetime.fromisoformat(value[:19])
    return True


def fits(value, mapping):
    """Whether a field with this mapping takes the value: with coercion, as both do by default."""
    kind = mapping["type"]
    if value is None:
        return True
    if isinstance(value, list):
        return all(fits(item, mapping) for item in value)
    if isinstance(value, dict):
        return False
    if kind == "boolean":
        return value in (True, False, "true", "false", "")
    if isinstance(value, bool):
        return kind == "keyword"
    if kind == "keyword":
        return "ignore_above" in mapping or len(str(value).encode()) <= 32766
    try:
        if kind in RANGES:
            least, most = RANGES[kind]
            return bool(re.fullmatch(r"-?\d+", str(value))) and least <= int(value) <= most
        if kind == "double":
            float(value)
            return True
        if kind == "ip":
            ipaddress.ip_address(value)
            return True
        return kind == "date" and is_date(str(value))
    except ValueError:
        return False


def problems(document, layers):
    """What is wrong in the layers of a document, and how many values are right."""
    wrong, right = [], 0
    for layer, mappings in layers.items():
        found = document["layers"].get(layer, [])
        for fields in found if isinstance(found, list) else [found]:
            for name, value in (fields or {}).items():
                mapping = mappings["properties"].get(name)
                if mapping is None:
                    # Other names are Wireshark's: texts, expert notes, and what is handed to other dissectors.
                    if re.match(f"{layer}_(msn|oicq)", name):
                        wrong.append(f"{name} is not in the template")
                elif not fits(value, mapping):
                    wrong.append(f"{name} is {value!r:.80}, and no {mapping['type']}")
                else:
                    right += 1
    return wrong, right


def check_that_wrong_types_are_found(document, layers):
    """Plants a value of a wrong type for each type of the mapping."""
    name = next(name for name in layers if name in document["layers"])
    planted = {"boolean": "yes", "short": "32768", "integer": "0x10", "long": "1.5", "unsigned_long": "-1",
               "double": "a second", "ip": "192.0.2.256", "date": "yesterday", "keyword": {"an": "object"}}
    types = set()
    for layer, mappings in layers.items():
        for field, mapping in mappings["properties"].items():
            if mapping["type"] not in types:
                wrong, _ = problems({"layers": {layer: {field: planted[mapping["type"]]}}}, {layer: layers[layer]})
                assert len(wrong) == 1, (field, mapping, wrong)
                types.add(mapping["type"])
    assert types == set(planted), types
    stranger = {"layers": {**document["layers"], name: {f"{name}_{name}_no_such_field": "1"}}}
    assert problems(stranger, {name: layers[name]})[0] == [f"{name}_{name}_no_such_field is not in the template"]


def documented_options():
    """The options of the documented command that writes documents."""
    return shlex.split(re.search(r"\ntshark -2 -n -r FILE (.*) > packets.json\n", DOCUMENT.read_text(encoding="utf-8"))[1])


def check_elastic(captures, tshark):
    """Checks the documents of captures. Returns the number of values."""
    mappings = json.loads(TEMPLATE.read_text(encoding="utf-8"))["template"]["mappings"]
    layers = mappings["properties"]["layers"]["properties"]
    values, kept, all_documents = 0, 0, 0
    for path in sorted(captures.glob("*.pcap")):
        run = subprocess.run([*tshark, "-n", "-2", "-r", str(path), "-T", "ek"], check=True, capture_output=True)
        kept += subprocess.run([*tshark, "-n", "-2", "-r", str(path), *documented_options()], check=True,
                               capture_output=True).stdout.count(b'{"timestamp":')
        for line in filter(None, run.stdout.decode().split("\n")):
            document = json.loads(line)
            if "layers" not in document:
                continue
            assert re.fullmatch(r"\d+", document["timestamp"]), document["timestamp"]
            wrong, right = problems(document, layers)
            assert not wrong, (path, wrong[:9])
            values += right
            all_documents += any(layer in document["layers"] for layer in layers)
            if right:
                last = document
    assert kept == all_documents, f"the documented filter keeps {kept} packets of {all_documents}"
    check_that_wrong_types_are_found(last, layers)
    assert values > 20_000, values
    return values
