#!/usr/bin/env python3
"""Loads converge serve as a data centre does that is powered on at once; a commit arrives in the middle.

  agent/src/bench/serve.py --converge ./converge [--hosts 1000] [--seconds 20] [--connections 64] [--commits N] FOLDER

FOLDER is made for it: a Git repository with a site of HOSTS hosts, each of which gets user-data of its own (25 resources). Needs git and wrk.
Cold: the server is started anew, with nothing compiled, and each host asks once as soon as it listens, CONNECTIONS at a time.
Warm: wrk asks for hosts in turn, over connections that stay, and never says what it has already (no ETag matches).
With --commits N instead: so many commits, one after the other, each asked for by 50 hosts; what the process holds after 5, 25, 50, ... of them.
Prints a row each: requests a second, latency in ms, answers that were not 200. CONVERGE_JAVA_HOME chooses the JDK.
"""

import argparse
import http.client
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

GIT = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
SITE = """\
hostName facts.hostname
pkg 'nginx-light'
for (int i = 0; i < 20; i++) {
    file("/etc/shop/part-${i}.conf") {
        content "host ${facts.fqdn}, rack ${facts['rack']}, part $i of %s\\n"
        owner 'root'
        group 'root'
        mode '0644'
    }
}
user('shop') { shell '/bin/bash' }
service('nginx') {
    running true
    enabled true
    subscribes file['/etc/shop/part-0.conf']
}
notice "${facts.fqdn} serves ${lookup('shop', String)}"
"""
WRK = """\
local next = 0
request = function()
  next = (next + 1) % HOSTS
  return wrk.format("GET", "/web-" .. next .. ".example.com/user-data")
end
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format('{"requests": %d, "seconds": %f, "p50": %f, "p99": %f, "max": %f, "bad": %d}\\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
"""


def commit(site, what):
    (site / "site.groovy").write_text(SITE % what)
    subprocess.run([*GIT, "-C", site, "add", "-A"], check=True)
    subprocess.run([*GIT, "-C", site, "commit", "-q", "-m", what], check=True)


def prepare(folder, hosts):
    site = folder / "site"
    (site / "data").mkdir(parents=True)
    rows = [f"    web-{i}.example.com: {{ mac: '52:54:00:00:{i // 256:02x}:{i % 256:02x}', facts: {{ rack: {i // 40} }} }}" for i in range(hosts)]
    facts = "{ os: { family: debian, name: debian, release: '12', codename: bookworm, architecture: x86_64 }, cpus: 2, memory: 4294967296, virtual: kvm }"
    (site / "data/common.yaml").write_text("shop: books\nserve:\n  facts: " + facts + "\n  hosts:\n" + "\n".join(rows) + "\n")
    subprocess.run([*GIT, "init", "-q", "-b", "main", site], check=True)
    commit(site, "the first commit")
    (folder / "hosts.lua").write_text(WRK.replace("HOSTS", str(hosts)))


class Server:
    """One that was started here."""

    def __init__(self, converge, folder, state):
        command = [converge, "serve", f"file://{folder}/site", "--state-dir", folder / state, "--listen", "127.0.0.1:0", "--interval", "1s", "--quiet"]
        self.begun = time.monotonic()
        environment = os.environ | {"CONVERGE_BUILD": "never"}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
        line = self.process.stdout.readline()
        if " at http://" not in line:
            sys.exit(f"the server did not start: {line}{self.process.stdout.read()}")
        self.port = int(line.strip().rsplit(":", 1)[1])
        self.ready = time.monotonic() - self.begun

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path)
        return connection.getresponse().read().decode()

    def commit(self):
        return json.loads(self.get("/healthz"))["commit"]

    def memory(self, what="VmHWM"):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split(f"{what}:")[1].split()[0]) / 1024

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait(60) != 0:
            sys.exit("the server did not end well")


def storm(server, hosts, connections):
    """Each host asks once, over a connection of its own."""
    waiting, times, bad = queue.SimpleQueue(), [], []
    for i in range(hosts):
        waiting.put(f"/web-{i}.example.com/user-data")

    def ask():
        while True:
            try:
                path = waiting.get_nowait()
            except queue.Empty:
                return
            begun = time.monotonic()
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            connection.close()
            times.append(time.monotonic() - begun)
            if answer.status != 200:
                bad.append(answer.status)

    begun = time.monotonic()
    threads = [threading.Thread(target=ask) for _ in range(connections)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    took = time.monotonic() - begun
    times.sort()
    row("cold, each host once", hosts / took, times[len(times) // 2] * 1e3, times[int(len(times) * 0.99)] * 1e3, times[-1] * 1e3, len(bad))


def follow(server, folder, commits):
    """Commit after commit: does memory stay the same?"""
    print("| commits | MiB held |\n|--:|--:|")
    for done in range(1, commits + 1):
        before = server.commit()
        commit(folder / "site", f"commit {done}")
        while server.commit() == before:
            time.sleep(0.05)
        for i in range(50):
            server.get(f"/web-{i}.example.com/user-data")
        if done == 5 or done % 25 == 0:
            print(f"| {done} | {server.memory('VmRSS'):.0f} |", flush=True)
    print(f"\npeak {server.memory():.0f} MiB")


def wrk(server, folder, wanted, seconds):
    command = ["wrk", "-t1", f"-c{wanted.connections}", f"-d{seconds}s", "-s", folder / "hosts.lua", f"http://127.0.0.1:{server.port}"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def told(what, process):
    said = json.loads(process.communicate()[0].strip().splitlines()[-1])
    row(what, said["requests"] / said["seconds"], said["p50"], said["p99"], said["max"], said["bad"])


def row(what, rate, median, high, most, bad):
    print(f"| {what} | {rate:.0f} | {median:.1f} | {high:.1f} | {most:.0f} | {bad} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--converge", type=Path, required=True)
    parser.add_argument("--hosts", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--commits", type=int, default=0)
    wanted = parser.parse_args()
    folder = wanted.folder.absolute()
    prepare(folder, wanted.hosts)
    if wanted.commits:
        server = Server(wanted.converge.absolute(), folder, "state")
        try:
            follow(server, folder, wanted.commits)
        finally:
            server.end()
        return
    print("| | requests/s | median ms | p99 ms | longest ms | not 200 |\n|---|--:|--:|--:|--:|--:|")
    server = Server(wanted.converge.absolute(), folder, "state")
    try:
        storm(server, wanted.hosts, wanted.connections)
        size = len(server.get("/web-1.example.com/user-data"))
        wrk(server, folder, wanted, 5).communicate()
        told("warm", wrk(server, folder, wanted, wanted.seconds))
        before = server.commit()
        running = wrk(server, folder, wanted, wanted.seconds)
        time.sleep(wanted.seconds / 4)
        commit(folder / "site", "the second commit")
        begun = time.monotonic()
        while server.commit() == before:
            time.sleep(0.05)
        in_force = time.monotonic() - begun
        if running.poll() is not None:
            sys.exit("the commit came into force too late to be in the middle")
        told("warm, and a commit in the middle", running)
        print(f"\nlistens after {server.ready:.1f} s; the commit was in force {in_force:.1f} s after it was made; {size} bytes each; peak {server.memory():.0f} MiB")
    finally:
        server.end()


if __name__ == "__main__":
    main()
