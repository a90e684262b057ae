#!/usr/bin/env python3
"""Weighs the agent: processor time while nothing happens, memory and loaded classes after start, many runs and many commits.

  agent/src/bench/agent.py --converge ./converge [--idle 600] [--runs 1000] [--commits 200] FOLDER

FOLDER is made for it, and all is made in there: a Git repository whose site has 1,000 files in 50 folders, and an agent that follows it
with the settings as they come (events on), a report file and metrics on a port. Runs are asked for by its control socket, so
nothing but the agent works. Wait for the idle part until nothing else presses on the processors; its figures are of the agent alone, though.
CPU is user and system time of the agent and of all processes that it has started and that have ended.
A row: what was done, processor seconds that it took, VmRSS, its anonymous part and VmHWM in MiB, threads, loaded classes.
CONVERGE_JAVA_HOME chooses the JDK.
"""

import argparse
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

FOLDERS, FILES = 50, 20
SITE = """\
for (int d = 0; d < %d; d++) {
    directory "%s/$d"
    for (int f = 0; f < %d; f++) {
        file("%s/$d/${f}.conf") {
            content "number $f in folder $d, as it is declared\\n"
            mode '0644'
        }
    }
}
file('%s/commit') { content 'commit %d' }
"""
TICKS = os.sysconf("SC_CLK_TCK")
GIT = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.com"]


class Agent:
    """One that was started here, with what the kernel and the JVM tell of it."""

    def __init__(self, converge, folder):
        self.state = folder / "state"
        environment = os.environ | {"CONVERGE_BUILD": "never"}
        command = [converge, "agent", "run", "--agent-file", folder / "agent.yaml"]
        self.process = subprocess.Popen(command, stdout=open(folder / "log", "w"), stderr=subprocess.STDOUT, env=environment)
        self.proc = Path("/proc") / str(self.process.pid)

    def ask(self, what):
        with socket.socket(socket.AF_UNIX) as control:
            control.connect(str(self.state / "agent/control"))
            control.sendall((json.dumps({"do": what}) + "\n").encode())
            return json.load(control.makefile())

    def await_idle(self, limit=120):
        end = time.monotonic() + limit
        while time.monotonic() < end and self.process.poll() is None:
            try:
                status = self.ask("status")
                if status["doing"] == "idle" and status.get("lastRun"):
                    return
            except OSError:
                pass
            time.sleep(0.1)
        sys.exit(f"the agent did not come to rest: see {self.state.parent}/log")

    def once(self):
        answer = self.ask("once")
        if answer["exit"] != 0 or answer["report"]["diagnostics"]:
            sys.exit(f"a run failed: {answer}")

    def seconds(self):
        return sum(map(int, (self.proc / "stat").read_text().rpartition(")")[2].split()[11:15])) / TICKS

    def memory(self):
        found = dict(re.findall(r"(\w+):\s+(\d+)", (self.proc / "status").read_text()))
        return [int(found[key]) / 1024 for key in ("VmRSS", "RssAnon", "VmHWM")] + [int(found["Threads"])]

    def classes(self):
        jcmd = Path(os.readlink(self.proc / "exe")).parent / "jcmd"
        told = subprocess.run([jcmd, str(self.process.pid), "VM.classloader_stats"], capture_output=True, text=True).stdout
        found = re.search(r"Total = \d+\s+(\d+)", told)
        return found.group(1) if found else "?"

    def row(self, what, since):
        seconds = self.seconds() - since
        rss, anonymous, peak, threads = self.memory()
        print(f"| {what} | {seconds:.2f} | {rss:.1f} | {anonymous:.1f} | {peak:.1f} | {threads} | {self.classes()} |", flush=True)
        return self.seconds()

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


def commit(folder, number):
    site = folder / "site"
    (site / "site.groovy").write_text(SITE % (FOLDERS, folder / "files", FILES, folder / "files", folder / "files", number))
    subprocess.run([*GIT, "-C", site, "add", "-A"], check=True)
    subprocess.run([*GIT, "-C", site, "commit", "-q", "-m", f"commit {number}"], check=True)


def prepare(folder):
    (folder / "files").mkdir(parents=True)
    subprocess.run([*GIT, "init", "-q", "-b", "main", folder / "site"], check=True)
    commit(folder, 0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "agent.yaml").write_text(
        f"source: {{ url: 'file://{folder}/site' }}\nstateDir: {folder}/state\n"
        f"reports: [ {{ type: file }}, {{ type: prometheus, listen: {port} }} ]\n"
    )
    os.chmod(folder / "agent.yaml", 0o600)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--converge", type=Path, required=True)
    parser.add_argument("--idle", type=int, default=600, help="seconds")
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--commits", type=int, default=200)
    wanted = parser.parse_args()
    folder = wanted.folder.absolute()
    prepare(folder)
    agent = Agent(wanted.converge.absolute(), folder)
    try:
        agent.await_idle()
        time.sleep(2)  # what a run leaves behind ends
        print("| | CPU s | RSS MiB | of it anonymous | peak | threads | classes |\n|---|--:|--:|--:|--:|--:|--:|")
        before = agent.row("started", 0)
        agent.once()
        time.sleep(2)
        before = agent.row("one run more", before)
        time.sleep(wanted.idle)
        before = agent.row(f"{wanted.idle} s in which nothing happened", before)
        for hundred in range(0, wanted.runs, max(1, wanted.runs // 4)):
            for _ in range(max(1, wanted.runs // 4)):
                agent.once()
            before = agent.row(f"{hundred + wanted.runs // 4} runs", before)
        for number in range(1, wanted.commits + 1):
            commit(folder, number)
            agent.once()
            if number % max(1, wanted.commits // 4) == 0:
                before = agent.row(f"{number} commits", before)
        time.sleep(60)
        agent.row("a minute later", before)
    finally:
        agent.end()


if __name__ == "__main__":
    main()
