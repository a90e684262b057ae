#!/usr/bin/env python3
"""Times Converge beside Puppet and CFEngine on the same desired state: whole processes, one after the other, in turns.

  agent/src/bench/peers.py --converge ./converge [--runs 5] [--peers puppet,cfengine] [--work DIR] [--markdown] [CASE ...]

A case is one of these, or one of these with -dry:
  empty        a manifest that declares nothing
  files-1000   1,000 files of 1 KiB, mode 0644, owner root; a loop where the language has one, else one by one
  files-10000  10,000 of them
  mixed        about 200 resources, one by one: 60 installed packages, 20 groups, 20 users, 100 files of 1 KiB with edges among them
Everything is put in place before it is timed, so what is timed is the run that has nothing to change.

Peers that are not installed are left out: apt-get install -y --no-install-recommends puppet-agent cfengine3 python3-apt
`sha256sum -c` over the same files is timed too: what reading them costs at least.
Needs root: it adds users and groups named peeru00… and peerg00…, which stay (remove them, and the work folder, with --clean).
A row: wall time (median, least and most), CPU time and peak memory (medians), exit codes, and the wall time as a multiple of Converge's, run by run.
"""

import argparse
import hashlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ACCOUNTS = 20
FIRST_ID = 7000
LINE = "x" * 63 + "\n"
CFENGINE_MODULE = Path("/usr/share/cfengine3/masterfiles/modules/packages/vendored/apt_get.mustache")
CFENGINE_MODULES = Path("/var/lib/cfengine3/modules/packages")


def text_of(number):
    """The 1 KiB that file NUMBER holds; the manifests with a loop build the same."""
    return (f"# file {number}\n" + LINE * 16)[:1023] + "\n"


def bundle(body, *bodies):
    return "bundle agent main\n{\n" + body + "}\n" + "".join(bodies)


CF_PERMS = 'body perms p\n{\n  mode => "0644";\n  owners => { "root" };\n  rxdirs => "false";\n}\n'
CF_APT = (
    'body package_module apt_get\n{\n  query_installed_ifelapsed => "0";\n'
    '  query_updates_ifelapsed => "14400";\n  interpreter => "/usr/bin/python3";\n}\n'
)


def cf_files(paths):
    rows = "".join(f'    "{path}" create => "true", content => "{text_of(i)}", perms => p;\n' for i, path in enumerate(paths))
    return "  files:\n" + rows


class Inputs:
    """The work folder: the manifests in each language, and the host in the state that they ask for."""

    def __init__(self, work):
        self.work = work
        self.manifests = work / "in"
        self.manifests.mkdir(parents=True, exist_ok=True)

    def manifest(self, case, extension):
        return str(self.manifests / f"{case}.{extension}")

    def prepare(self, cases):
        if "empty" in cases:
            self._write("empty", groovy="", pp="", cf=bundle(""))
        for count in (1000, 10000):
            if f"files-{count}" in cases:
                self._files(count)
        if "mixed" in cases:
            self._mixed()

    def _write(self, case, **by_language):
        for extension, source in by_language.items():
            path = Path(self.manifest(case, extension))
            path.write_text(source)
            path.chmod(0o600)

    def _put_files(self, case, count):
        folder = self.work / case
        folder.mkdir(exist_ok=True)
        paths = [folder / f"f{i:05d}" for i in range(count)]
        for i, path in enumerate(paths):
            if not path.exists():
                path.write_text(text_of(i))
                path.chmod(0o644)
        return paths

    def _files(self, count):
        case = f"files-{count}"
        paths = self._put_files(case, count)
        pattern = f"{self.work}/{case}/f%05d"
        groovy = (
            "def filler = ('x' * 63 + '\\n') * 16\n"
            f"for (int i = 0; i < {count}; i++) {{\n"
            "    def text = ('# file ' + i + '\\n' + filler).substring(0, 1023) + '\\n'\n"
            f"    file(String.format('{pattern}', i)) {{\n"
            "        content text\n        owner 'root'\n        mode '0644'\n    }\n}\n"
        )
        filler = (LINE * 16).replace("\n", "\\n")
        pp = (
            f'$filler = "{filler}"\n'
            f"Integer[0,{count - 1}].each |$i| {{\n"
            '  $text = "# file ${i}\\n${filler}"\n'
            f"  file {{ sprintf('{pattern}', $i):\n"
            "    ensure => file, owner => 'root', mode => '0644',\n"
            '    content => "${text[0,1023]}\\n",\n  }\n}\n'
        )
        sums = "".join(f"{hashlib.sha256(text_of(i).encode()).hexdigest()}  {path}\n" for i, path in enumerate(paths))
        self._write(case, groovy=groovy, pp=pp, cf=bundle(cf_files(paths), CF_PERMS), sum=sums)

    def _mixed(self):
        paths = self._put_files("mixed", 100)
        packages = installed_packages(60)
        users = [f"peeru{i:02d}" for i in range(ACCOUNTS)]
        groups = [f"peerg{i:02d}" for i in range(ACCOUNTS)]
        groovy = [f"pkg '{name}'\n" for name in packages]
        pp = [f"package {{ '{name}': ensure => installed }}\n" for name in packages]
        for number, (user, group) in enumerate(zip(users, groups), FIRST_ID):
            groovy.append(f"group('{group}') {{ gid {number} }}\n")
            groovy.append(
                f"user('{user}') {{\n    uid {number}\n    gid '{group}'\n    home '/nonexistent'\n    shell '/usr/sbin/nologin'\n}}\n"
            )
            pp.append(f"group {{ '{group}': ensure => present, gid => {number} }}\n")
            pp.append(
                f"user {{ '{user}': ensure => present, uid => {number}, gid => '{group}', "
                "home => '/nonexistent', shell => '/usr/sbin/nologin' }\n"
            )
        for i, path in enumerate(paths):
            needs = [("pkg", "Package", packages[i % len(packages)]), ("user", "User", users[i % ACCOUNTS])]
            if i % 10:
                needs.append(("file", "File", paths[i - 1]))
            words = ", ".join(f"{word}['{name}']" for word, _, name in needs)
            groovy.append(
                f"file('{path}') {{\n    content '''{text_of(i)}'''\n    owner 'root'\n    mode '0644'\n    requires {words}\n}}\n"
            )
            words = ", ".join(f"{word}['{name}']" for _, word, name in needs)
            pp.append(
                f"file {{ '{path}':\n  ensure => file, owner => 'root', mode => '0644', content => '{text_of(i)}',\n"
                f"  require => [{words}],\n}}\n"
            )
        self._write("mixed", groovy="".join(groovy), pp="".join(pp), cf=self._mixed_cf(packages, users, groups, paths))
        add_accounts(users, groups)
        if CFENGINE_MODULE.exists():
            CFENGINE_MODULES.mkdir(parents=True, exist_ok=True)
            shutil.copy(CFENGINE_MODULE, CFENGINE_MODULES / "apt_get")
            (CFENGINE_MODULES / "apt_get").chmod(0o755)

    @staticmethod
    def _mixed_cf(packages, users, groups, paths):
        rows = ["  packages:\n"]
        rows += [f'    "{name}" policy => "present", package_module => apt_get;\n' for name in packages]
        rows.append("  classes:\n")
        rows += [f'    "have_{group}" expression => groupexists("{group}");\n' for group in groups]
        rows.append("  commands:\n")
        rows += [
            f'    "/usr/sbin/groupadd -g {number} {group}" if => "!have_{group}";\n'
            for number, group in enumerate(groups, FIRST_ID)
        ]
        rows.append("  users:\n")
        rows += [
            f'    "{user}" policy => "present", uid => "{number}", group_primary => "{number}", '
            'home_dir => "/nonexistent", shell => "/usr/sbin/nologin";\n'
            for number, user in enumerate(users, FIRST_ID)
        ]
        return bundle("".join(rows) + cf_files(paths), CF_PERMS, CF_APT)

    def clean(self):
        for i in range(ACCOUNTS):
            subprocess.run(["userdel", f"peeru{i:02d}"], stderr=subprocess.DEVNULL, check=False)
            subprocess.run(["groupdel", f"peerg{i:02d}"], stderr=subprocess.DEVNULL, check=False)
        shutil.rmtree(self.work)


def installed_packages(count):
    """The first COUNT installed packages that are no libraries: the same on every run of one machine."""
    listing = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n"], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split() for line in listing.splitlines()]
    names = {row[0] for row in rows if row[1:] == ["installed"] and not row[0].startswith("lib")}
    return sorted(names)[:count]


def add_accounts(users, groups):
    for number, (user, group) in enumerate(zip(users, groups), FIRST_ID):
        for command in (
            ["groupadd", "-g", str(number), group],
            ["useradd", "-u", str(number), "-g", group, "-d", "/nonexistent", "-M", "-s", "/usr/sbin/nologin", user],
        ):
            subprocess.run(command, stderr=subprocess.DEVNULL, check=False)


def commands(case, args, inputs):
    """What to time for CASE: {who: argument list}."""
    name = case.removesuffix("-dry")
    dry = case != name
    found = {}
    if args.converge:
        found["converge"] = [os.path.abspath(args.converge), *(["--dry-run"] if dry else []), inputs.manifest(name, "groovy")]
    if "puppet" in args.peers.split(",") and shutil.which("puppet"):
        found["puppet"] = ["puppet", "apply", "--color=false", f"--vardir={inputs.work}/puppet-{name}"]
        found["puppet"] += ["--noop"] if dry else []
        found["puppet"].append(inputs.manifest(name, "pp"))
    if "cfengine" in args.peers.split(",") and shutil.which("cf-agent"):
        found["cfengine"] = ["cf-agent", "-K", "-f", inputs.manifest(name, "cf"), *(["--dry-run"] if dry else [])]
    if name.startswith("files-"):
        found["sha256sum"] = ["sha256sum", "--quiet", "-c", inputs.manifest(name, "sum")]
    return found


def run_child(argv):
    """Runs ARGV and prints its figures. In a small process of its own: a child's peak memory starts at that of its parent."""
    started = time.monotonic()
    silent = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1, 2)]
    child = os.posix_spawnp(argv[0], argv, os.environ, file_actions=silent)
    _, status, usage = os.wait4(child, 0)
    wall = time.monotonic() - started
    print(json.dumps([wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)]))


def timed(argv):
    child = [sys.executable, "-S", "-E", os.path.abspath(__file__), "--child", *argv]
    return json.loads(subprocess.run(child, capture_output=True, text=True, check=True).stdout)


def measure(case, args, inputs):
    found = commands(case, args, inputs)
    for argv in found.values():
        timed(argv)  # warms the caches, and repairs what is not in place
    runs = {who: [] for who in found}
    for _ in range(args.runs):
        for who, argv in found.items():
            runs[who].append(timed(argv))
    return runs


def report(case, runs, markdown):
    for who, figures in runs.items():
        walls, cpus, peaks, exits = zip(*figures)
        times = ""
        if who != "converge" and "converge" in runs:
            ratio = statistics.median(mine / ours[0] for mine, ours in zip(walls, runs["converge"]))
            times = f"{ratio:.2f}"
        codes = ",".join(map(str, sorted(set(exits))))
        wall, cpu, peak = map(statistics.median, (walls, cpus, peaks))
        if markdown:
            print(f"| {case} | {who} | {wall:.3f} | {min(walls):.3f}–{max(walls):.3f} | {cpu:.3f} | {peak:.0f} | {codes} | {times} |")
        else:
            print(
                f"{case:16} {who:10} wall {wall:7.3f} s ({min(walls):.3f}-{max(walls):.3f})  cpu {cpu:7.3f} s  "
                f"peak {peak:6.1f} MiB  exit {codes}" + (f"  x{times} of converge" if times else "")
            )
        sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--converge", help="the launcher to time; without it, the peers alone")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--work", default=os.path.join(tempfile.gettempdir(), "converge-peers"))
    parser.add_argument("--peers", default="puppet,cfengine")
    parser.add_argument("--markdown", action="store_true", help="rows of a table, for docs/benchmarks.md")
    parser.add_argument("--generate", action="store_true", help="only write the inputs and put the state in place")
    parser.add_argument("--clean", action="store_true", help="remove the users, the groups and the work folder")
    parser.add_argument("cases", nargs="*", default=["empty", "files-1000", "mixed", "mixed-dry"])
    args = parser.parse_args()
    known = ["empty", "files-1000", "files-10000", "mixed"]
    names = {case.removesuffix("-dry") for case in args.cases}
    if not names <= set(known):
        parser.error(f"no such case: {', '.join(sorted(names - set(known)))}; there are {', '.join(known)}, each also with -dry")
    if os.geteuid() != 0:
        parser.error("needs root, for the users and groups of the mixed case")
    inputs = Inputs(Path(args.work).resolve())
    if args.clean:
        inputs.clean()
        return
    inputs.prepare(names)
    if args.generate:
        return
    if args.markdown:
        print("| case | who | wall s | least–most | CPU s | peak MiB | exit | × Converge |\n|---|---|--:|--:|--:|--:|--:|--:|")
    for case in args.cases:
        report(case, measure(case, args, inputs), args.markdown)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        run_child(sys.argv[2:])
    else:
        main()
