"""Asks pyshark and wireshark-mcp for what imshark shows."""

import json
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pyshark

WORK = Path(sys.argv[1])
TSHARK = WORK / "tshark"


def packets(name, layer, **options):
    """The packets of a capture that have a layer."""
    capture = pyshark.FileCapture(str(WORK / name), tshark_path=str(TSHARK), display_filter=layer, **options)
    try:
        return list(capture)
    finally:
        capture.close()


def of_pyshark():
    """pyshark has fields as attributes, in each of its forms."""
    first = packets("msn.pcap", "msnms")[0].msnms
    assert (first.cmd, first.trid) == ("VER", "1"), first
    first = packets("msn.pcap", "msnms", use_json=True)[0].msnms
    assert (first.line_tree.cmd, first.line_tree.trid) == ("VER", "1"), first
    frames = packets("qq.pcap", "oicq")
    assert len(frames) > 40 and {frame.oicq.qqid for frame in frames} == {"12345678"}
    assert frames[0].oicq.command_name == "Touch (server and redirect query)"
    form = subprocess.run([TSHARK, "--version"], check=True, capture_output=True, text=True).stdout
    if tuple(map(int, re.search(r"([0-9]+)\.([0-9]+)", form).groups())) < (4, 6):
        assert packets("msn.pcap", "msnms", use_ek=True)[0].msnms.cmd == "VER"
        return "pyshark: XML, JSON and EK"
    return "pyshark: XML and JSON (skipped: EK of 4.6, which it does not know)"


class Server:
    """wireshark-mcp on its standard input and output."""

    def __init__(self):
        command = [str(Path(sys.executable).with_name("wireshark-mcp"))]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True, bufsize=1)
        self.count = 0
        self.ask("initialize", protocolVersion="2025-03-26", capabilities={},
                 clientInfo={"name": "test", "version": "1"})
        self.send({"method": "notifications/initialized", "params": {}})

    def send(self, message):
        """Sends a message."""
        self.process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
        self.process.stdin.flush()

    def ask(self, method, **params):
        """The result of a request."""
        self.count += 1
        self.send({"id": self.count, "method": method, "params": params})
        for line in self.process.stdout:
            answer = json.loads(line)
            if answer.get("id") == self.count:
                return answer["result"]
        raise AssertionError("wireshark-mcp ended")

    def tool(self, name, **arguments):
        """The text that a tool gives."""
        result = self.ask("tools/call", name=name, arguments=arguments)
        text = result["content"][0]["text"]
        assert not result["isError"] and json.loads(text)["success"], (name, text)
        return text


def of_mcp():
    """wireshark-mcp finds packets, fields and counts."""
    server = Server()
    try:
        msn, qq = str(WORK / "msn.pcap"), str(WORK / "qq.pcap")
        fields = server.tool("wireshark_extract_fields", pcap_file=qq, fields="frame.number,oicq.command.name,oicq.qqid",
                             display_filter="oicq", limit=3)
        assert "Touch (server and redirect query)" in fields and "12345678" in fields, fields
        listed = server.tool("wireshark_get_packet_list", pcap_file=msn, display_filter="msnms.text")
        assert "Hello Bob, how was the concert?" in listed, listed
        assert "msnms.cmd" in server.tool("wireshark_get_packet_details", pcap_file=msn, frame_number=52)
        counted = server.tool("wireshark_aggregate", pcap_file=msn, display_filter="msnms", group_by="msnms.cmd")
        assert {"key": {"msnms.cmd": "MSG"}, "count": 8} in json.loads(counted)["data"]["groups"], counted
        noted = server.tool("wireshark_stats_expert_info", pcap_file=msn)
        assert "Already on the list or in the session" in noted, noted
    finally:
        server.process.kill()
    return "wireshark-mcp: fields, packets, details, counts, expert notes"


def main():
    """Runs all checks."""
    for done in (of_pyshark(), of_mcp()):
        print(done)
    print(", ".join(f"{name} {version(name)}" for name in ("pyshark", "wireshark-mcp")))


main()
