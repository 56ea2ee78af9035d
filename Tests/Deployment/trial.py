"""Tries deploy/ as an operator uses it: the real image and the real compose file on a real container engine.

CONTAINER_BUILD builds the image (docker build), COMPOSE runs the services (docker-compose). What is tried is a copy
of deploy/ in a folder of its own with a project name of its own, so a machine's real services are left alone.
"""

import contextlib
import json
import logging
import os
import pathlib
import re
import shlex
import shutil
import signal
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import time
import warnings

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = shlex.split(os.environ.get("CONTAINER_BUILD") or "docker build")
COMPOSE = shlex.split(os.environ.get("COMPOSE") or "docker-compose")
SERVICES = ["membership", "matching", "followup", "notification"]
VERSION = "trial"
# Where the runbook's `docker-compose` is found.
COMMANDS = pathlib.Path(tempfile.mkdtemp(prefix="hs-commands-"))
HEALTHY_SECONDS = 10
IDLE_MEGABYTES = 150
IMAGE_MEGABYTES = 350


class Failure(Exception):
    """What is not as it must be, in a sentence."""


def check(holds: bool, sentence: str) -> None:
    if not holds:
        raise Failure(sentence)


def run(command: list, seconds: int = 120, cwd: pathlib.Path = ROOT, may_fail: bool = False, **environment):
    """Runs a command to its end; a failure is told with what it printed."""
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds,
        env={**os.environ, "COMPOSE": shlex.join(COMPOSE), "PATH": f"{COMMANDS}:{os.environ['PATH']}",
             **{name: str(value) for name, value in environment.items()}})
    if done.returncode != 0 and not may_fail:
        raise Failure(f"{shlex.join(map(str, command))} ended with {done.returncode}:\n{(done.stdout + done.stderr)[-3000:]}")
    return done


def until(holds, what: str, seconds: float):
    """Asks again and again until there is an answer; gives it and the seconds that it took."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if answer := holds():
            return answer, time.monotonic() - began
        time.sleep(0.2)
    raise Failure(f"after {seconds:.0f} s still not: {what}")


@contextlib.contextmanager
def step(name: str):
    print(f"  {name} …", end="", flush=True)
    began = time.monotonic()
    yield
    print(f" {time.monotonic() - began:.1f} s", flush=True)


class Machine:
    """A copy of deploy/, with what an operator does to it."""

    def __init__(self):
        # The folder's name is the project's, with which the engine names what it makes.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="hs-")) / "deploy"
        shutil.copytree(ROOT / "deploy", self.folder, ignore=shutil.ignore_patterns("keys", "backup", ".env"))
        self.set(COMPOSE_PROJECT_NAME=self.folder.parent.name, IMAGE_VERSION=VERSION)

    def set(self, **settings: str) -> None:
        """Fills in settings of the sample; they count from the next `up` on."""
        env = self.folder / ".env"
        text = (env if env.exists() else self.folder / "sample.env").read_text()
        for name, value in settings.items():
            text, found = re.subn(rf"^#?{name}=.*$", f"{name}={value}", text, flags=re.M)
            check(found == 1, f"sample.env has no {name}")
        env.write_text(text)

    @contextlib.contextmanager
    def kept(self):
        """Takes all of it away at the end, and tells what the containers said where something failed."""
        try:
            yield self
        except (Failure, subprocess.TimeoutExpired) as failure:
            print(f"\n{failure}\n" + self.compose("ps", may_fail=True).stdout)
            print(self.compose("logs", "--tail", "20", may_fail=True).stdout[-4000:])
            raise SystemExit(1)
        finally:
            self.remove(*SERVICES)
            self.compose("down", "-v", "-t", "30", may_fail=True)
            shutil.rmtree(self.folder.parent)

    def compose(self, *words: str, seconds: int = 120, may_fail: bool = False):
        return run(COMPOSE + list(words), seconds, self.folder, may_fail)

    def board(self, *words: str, cwd: pathlib.Path = ROOT, may_fail: bool = False):
        return run([self.folder / "board", *words], 60, cwd, may_fail)

    def runbook(self, section: str) -> None:
        """Types what a section of the runbook types, and looks for what it says is printed."""
        text = (self.folder / "RUNBOOK.md").read_text()
        part = re.search(rf"^## {re.escape(section)}$(.*?)(?=^## |\Z)", text, re.M | re.S)
        blocks = re.findall(r"^```console\n(.*?)^```", part[1], re.M | re.S) if part else []
        check(bool(blocks), f"the runbook says nothing that can be tried under {section}")
        for command, printed in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", "".join(blocks), re.M):
            done = run(["bash", "-c", command], 180, self.folder, may_fail=True)
            said = done.stdout + done.stderr
            expected = [line for line in printed.splitlines() if line != "…"]
            check(bool(expected) or done.returncode == 0, f"the runbook's `{command}` fails:\n{said}")
            for line in expected:
                pattern = ".*".join(map(re.escape, line.split("…")))
                check(re.search(pattern, said) is not None, f"the runbook's `{command}` does not print `{line}` but:\n{said}")

    def typed(self, command: str, file: str = "RUNBOOK.md", given: dict = {}, **environment):
        """Types a command that stands in a page, with what is given instead of its examples."""
        check(command in (self.folder / file).read_text(), f"{file} does not say `{command}`")
        for example, value in given.items():
            command = command.replace(example, str(value))
        return run(["bash", "-c", "set -o pipefail; " + command], 180, self.folder, **environment)

    def cron(self, when: str, given: dict = {}, **environment) -> str:
        """Runs a line of the runbook as cron does, with what is given instead of its folders; what cron would mail."""
        line = re.search(rf"^{re.escape(when)} root cd /srv/handslag/deploy && (.*)$", (self.folder / "RUNBOOK.md").read_text(), re.M)
        check(line is not None, f"the runbook has no line for cron at {when}")
        command = line[1]
        for example, value in given.items():
            command = command.replace(example, str(value))
        done = run(["sh", "-c", command], 180, self.folder, **environment)
        return done.stdout + done.stderr

    def inside(self, service: str, script: str, may_fail: bool = False) -> str:
        done = self.compose("exec", "-T", service, "bash", "-c", script, may_fail=may_fail)
        return done.stdout.strip()

    def healthy(self, count: int = len(SERVICES)) -> bool:
        return self.compose("ps").stdout.count("(healthy)") == count

    def remove(self, *services: str) -> None:
        """Takes services' containers away. One that starts again and again is no running one in between for some
        engines (podman), and is missed then."""
        for _ in range(20):
            self.compose("rm", "-sf", *services, may_fail=True)
            if not self.compose("ps", "-q", *services, may_fail=True).stdout.strip():
                return

    def matches(self) -> list:
        return json.loads(self.board("match", "list", "--json").stdout)

    def mails(self) -> list[str]:
        return self.inside("notification", "ls /var/lib/handslag/notification/mail/new", may_fail=True).split()


def process_of(service: str) -> int:
    """The service's process id on this machine, found by its user's number in the image."""
    number = 5601 + SERVICES.index(service)
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            status = (folder / "status").read_text()
            if status.startswith(f"Name:\t{service}\n") and f"\nUid:\t{number}\t" in status:
                return int(folder.name)
    raise Failure(f"no process of {service} runs as user {number}")


def submit(machine: Machine, number: int) -> str:
    """A match of the sample register, as the board submits it; its id."""
    members = json.loads(machine.board("member", "list", "--json").stdout)
    mentors = [m for m in members if m["role"] == "mentor" and m["status"] == "active"]
    adepts = [m for m in members if m["role"] == "adept" and m["status"] == "active"]
    pairs = [
        (mentor["email"], adept["email"]) for mentor, adept in zip(mentors, adepts)
        if adept["years"] < mentor["years"] and adept.get("organisationNumber") != mentor.get("organisationNumber")]
    mentor, adept = pairs[number]

    def submitted():
        # Matching hears of the members a moment after membership.
        reply = machine.board(
            "--as", "chair", "match", "submit", "--mentor", mentor, "--adept", adept, "--json", may_fail=True)
        check(reply.returncode == 0 or "match/unknown" in reply.stderr, f"the match was refused: {reply.stderr}")
        return reply.stdout

    return json.loads(until(submitted, "the match is submitted", 20)[0])["match"]


# What a service's own user finds in its container, each finding on a line that begins with its name. Every folder and
# every mount is tried by writing; what belongs to the kernel and to processes is no file system.
LOOK_AROUND = r"""
echo "user $(id -un)"
awk '/^(CapBnd|CapEff|NoNewPrivs):/ {print $1, $2}' /proc/1/status
(find / -xdev -type d -not -path '/proc/*' -not -path '/sys/*'; awk '{print $2}' /proc/mounts) 2>/dev/null | sort -u |
  while read -r d; do
    case $d in /proc*|/sys*|/dev/mqueue) continue;; esac
    [ -d "$d" ] && (: >"$d/trial.$$") 2>/dev/null && rm "$d/trial.$$" && echo "writes $d"
  done
for limit in memory pids; do
  for f in $limit.max $limit/memory.limit_in_bytes $limit/pids.max; do
    [ -r /sys/fs/cgroup/$f ] && echo "limit $limit $(cat /sys/fs/cgroup/$f)"
  done
done
for k in /etc/handslag/keys/*; do echo "key $(basename "$k") $(cat "$k/secret" 2>/dev/null | wc -l)"; done
awk -F: 'NR > 2 {print "link", $1}' /proc/net/dev
(exec 3<>/dev/tcp/192.0.2.1/80) 2>&1 | grep -q unreachable && echo "network unreachable"
echo end
"""


def confined(machine: Machine, service: str) -> None:
    """As the service's own user, inside its container: what it may not do fails."""
    found = [line.split() for line in machine.inside(service, LOOK_AROUND).splitlines()]
    check(found[-1] == ["end"], f"{service}: the look around its container did not end: {found[-3:]}")
    check(["user", service] in found, f"{service} does not run as its own user")
    for kind in ("CapEff:", "CapBnd:"):
        check([kind, "0" * 16] in found, f"{service} has capabilities, or could come to have some")
    check(["NoNewPrivs:", "1"] in found, f"{service} could gain privileges")
    for limit, value in (("memory", 256 << 20), ("pids", 64)):
        check(["limit", limit, str(value)] in found, f"{service} may take more {limit} than {value}: {found}")
    own = [f"/{folder}/handslag/{service}" for folder in ("var/lib", "run", "var/backups")]
    written = [words[1] for words in found if words[0] == "writes"]
    check(set(own) <= set(written), f"{service} can't write its own folders: {written}")
    others = [path for path in written if not any((path + "/").startswith(folder + "/") for folder in own)]
    check(not others, f"{service} wrote outside its volumes: {others}")
    keys = {words[1]: words[2] for words in found if words[0] == "key"}
    check(keys == {service: "1", "probe": "1", "public": "0"}, f"{service} sees other keys than its own and the probe's: {keys}")
    if service != "notification":
        links = [words[1] for words in found if words[0] == "link"]
        check(links == ["lo"], f"{service} has a network: {links}")
        check(["network", "unreachable"] in found, f"{service} tried the network and was not told that it is unreachable")


def memory(machine: Machine, service: str) -> float:
    """Megabytes of a container as `docker stats` counts them: all but the file pages that can go."""
    used = machine.inside(
        service,
        """cd /sys/fs/cgroup; if [ -e memory.current ]; then cat memory.current; grep '^inactive_file' memory.stat
        else cat memory/memory.usage_in_bytes; grep '^total_inactive_file' memory/memory.stat; fi""").split()
    return (int(used[0]) - int(used[2])) / 1_000_000


def with_process(service: str, other_than: int) -> bool:
    with contextlib.suppress(Failure):
        return process_of(service) != other_than
    return False


@contextlib.contextmanager
def mail_server(machine: Machine):
    """Sets a mail server that listens on this machine, outside every container; gives what it takes."""
    # The address of this machine as the notifier sees it: its gateway, in hexadecimal.
    route = machine.inside("notification", "awk '$2 == \"00000000\" {print $3}' /proc/net/route")
    address = socket.inet_ntoa(struct.pack("<L", int(route, 16)))
    folder = machine.folder / "keys/notification"
    run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-keyout", folder / "trial.key", "-out", folder / "smtp-ca.pem", "-subj", "/CN=trial",
         "-addext", f"subjectAltName=IP:{address}"])
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(folder / "smtp-ca.pem", folder / "trial.key")
    (folder / "smtp-password").write_text("a password\n")
    received: list[bytes] = []

    class Handler:
        async def handle_DATA(self, server, session, envelope):
            received.append(envelope.content)
            return "250 taken"

    def authenticate(server, session, envelope, mechanism, data):
        return AuthResult(success=(data.login, data.password) == (b"handslag", b"a password"))

    server = Controller(
        Handler(), hostname="0.0.0.0", port=0, ssl_context=tls, authenticator=authenticate, auth_required=True,
        # All of it is within TLS, which aiosmtpd does not count, and complains of.
        auth_require_tls=False)
    # Port 0 is asked for once, and named afterwards.
    with socket.socket() as free:
        free.bind(("0.0.0.0", 0))
        server.port = free.getsockname()[1]
    server.start()
    try:
        inside = "/etc/handslag/keys/notification"
        machine.set(
            HANDSLAG_SMTP_SERVER=f"smtps://{address}:{server.port}", HANDSLAG_SMTP_USER="handslag",
            HANDSLAG_SMTP_PASSWORD_FILE=f"{inside}/smtp-password", HANDSLAG_SMTP_CA_FILE=f"{inside}/smtp-ca.pem",
            HANDSLAG_QUIET_HOURS="none", HANDSLAG_DIGEST_MINUTES="0",
            HANDSLAG_MAIL_FROM="Mentorskapet <mentorskap@example.se>")
        machine.compose("up", "-d", "--no-build")
        until(machine.healthy, "all four healthy", 60)
        yield received
    finally:
        server.stop()


def damage(machine: Machine, service: str) -> None:
    """Overwrites pages in the middle of a store, as a dying disk does."""
    path = f"/var/lib/handslag/{service}/{service}.sqlite"
    machine.compose("stop", service)
    machine.compose(
        "run", "--rm", "-T", "--no-deps", service, "dd", "if=/dev/zero", f"of={path}", "bs=4096", "seek=1", "count=20",
        "conv=notrunc")
    machine.compose("up", "-d", "--no-build")
    said(machine, service, "is damaged")
    # And as a restore leaves it that lost its power just then.
    machine.compose("run", "--rm", "-T", "prepare", "touch", path + ".restoring")
    said(machine, service, "was interrupted")
    check(machine.board("status", "--timeout", "2", may_fail=True).returncode == 3, "the board reaches a damaged service")


def said(machine: Machine, service: str, words: str) -> None:
    until(lambda: words in machine.compose("logs", "--tail", "20", service).stdout, f"{service} says: {words}", 20)


def spoil_backups(machine: Machine, service: str) -> None:
    """A folder of backups that its service may not write, as a copying root leaves it; put right as the runbook says."""
    os.chown(machine.folder / "backup" / service, 0, 0)
    failed = machine.board("backup", may_fail=True)
    check(failed.returncode == 1 and service in failed.stderr, f"the backup is called good: {failed.stdout}")
    status = machine.board("status", "--lang", "en", may_fail=True)
    check(status.returncode == 4 and f"The latest backup of {service} failed" in status.stdout, f"no word of it: {status.stdout}")
    machine.compose("up", "-d", "--no-build")
    machine.board("backup")
    check(machine.board("status").returncode == 0, "all is not well again")


def send_away(machine: Machine, elsewhere: pathlib.Path) -> dict:
    """A backup, encrypted on its way to another place, by the night's line for cron; restic's settings."""
    elsewhere.mkdir()
    (elsewhere / "restic-password").write_text("a password\n")
    restic = {"RESTIC_REPOSITORY": elsewhere / "restic", "RESTIC_PASSWORD_FILE": elsewhere / "restic-password",
              "RESTIC_CACHE_DIR": elsewhere / "restic-cache"}
    machine.typed("restic init", **restic)
    said = machine.cron("15 3 * * *", **restic)
    check(said == "", f"cron mails a backup that went well: {said}")
    said = machine.cron("0 8 * * *")
    check(said == "", f"cron mails that all is well: {said}")
    said = machine.cron("* * * * *", given={"/var/lib/prometheus/node-exporter": elsewhere})
    check(said == "", f"cron mails that metrics were written: {said}")
    told = (elsewhere / "handslag.prom").read_text()
    check(all(f'handslag_up{{service="{service}"}} 1' in told for service in SERVICES), f"a service is missing: {told[:500]}")
    return restic


def by_age(machine: Machine, elsewhere: pathlib.Path) -> None:
    """The same by age, there and back."""
    key = elsewhere / "age.key"
    public = re.search(r"age1\w+", run(["age-keygen", "-o", key]).stderr)[0]
    packed = elsewhere / "handslag.tar.age"
    machine.typed(
        "tar -c --numeric-owner backup keys .env | age -r age1… >handslag.tar.age",
        given={"age1…": public, "handslag.tar.age": packed})
    back = Machine()
    try:
        back.typed(
            "age -d -i age.key handslag.tar.age | tar -x --numeric-owner", given={"age.key": key, "handslag.tar.age": packed})
        for part in ("backup", "keys"):
            for path in (machine.folder / part).rglob("*"):
                copy = back.folder / path.relative_to(machine.folder)
                check((copy.stat().st_uid, copy.stat().st_mode) == (path.stat().st_uid, path.stat().st_mode), f"{copy} is another's")
                check(path.is_dir() or copy.read_bytes() == path.read_bytes(), f"{copy} is another file")
    finally:
        shutil.rmtree(back.folder.parent)


def lose_all_keys(machine: Machine) -> None:
    """All keys are gone, and in no copy; what the mail server wants is put there again."""
    mail = machine.folder / "keys/notification"
    kept = {path.name: path.read_bytes() for path in mail.glob("smtp-*")}
    shutil.rmtree(machine.folder / "keys")
    mail.mkdir(parents=True)
    for name, content in kept.items():
        (mail / name).write_bytes(content)


def erase(machine: Machine, people: list[str]) -> str:
    """Erases somebody who is in no match; their address."""
    email = [m["email"] for m in json.loads(machine.board("member", "list", "--json").stdout) if m["id"] not in people][-1]

    def done():
        return "Klar." in machine.board("member", "erase", email, "--yes", may_fail=True).stdout

    until(done, f"{email} is erased from all four", 30)
    return email


def two_machines(first: Machine, second: Machine) -> None:
    """As TWO-MACHINES.md has it; both are this one, by an address that is not the loopback's."""
    page = "TWO-MACHINES.md"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
        own.connect(("192.0.2.1", 9))
        address = own.getsockname()[0]
    for one in (first, second):
        one.set(COMPOSE_FILE="docker-compose.yml:two-machines.yml", FIRST=address, SECOND=address)
    first.typed("docker-compose up --build prepare", page, {" --build": " --no-build"})
    first.typed(
        "rsync -a keys/public keys/followup keys/notification keys/probe root@10.0.0.2:/srv/handslag/deploy/keys/", page,
        {"root@10.0.0.2:/srv/handslag/deploy": second.folder})
    first.typed("docker-compose up -d membership matching", page)
    second.typed("docker-compose up -d followup notification", page)
    for one in (first, second):
        until(lambda: one.healthy(2), "two services healthy", 60)
    status = first.board("status", "--lang", "en", may_fail=True)
    check(status.returncode == 4, f"not all four are reached, or no backup is missed: {status.stdout}{status.stderr}")
    check(status.stdout.count("has no backup") == len(SERVICES), f"no backup is missed: {status.stdout}")
    first.board("member", "import", "Services/Programme/Sample/register.csv")
    match = submit(first, 0)
    mails, _ = until(second.mails, "a mail on the second machine", 20)
    first.typed("./board backup", page)
    second.typed("./restore latest followup notification", page)
    # The board's own keys are on the first machine alone.
    check([m["match"] for m in first.matches()] == [match], "a match is lost")
    status = first.board("status", "--lang", "en", may_fail=True)
    check("All is well" in status.stdout, f"all is not well on two machines: {status.stdout}{status.stderr}")
    check(set(mails) <= set(second.mails()), "mails are lost")


def trial(machine: Machine, afterwards: contextlib.ExitStack) -> None:
    """All that is tried, one after the other; what `afterwards` holds is ended by the caller."""
    with step("the compose file is sound"):
        machine.compose("config", "-q")
        image = int(machine.compose("run", "--rm", "-T", "prepare", "du", "-sxm", "/").stdout.split()[0])
    with step("up"):
        began = time.monotonic()
        machine.compose("up", "-d", "--no-build")
        until(machine.healthy, "all four healthy", 60)
        healthy = time.monotonic() - began
        machine.runbook("Install")
    with step("a match through deploy/board"):
        machine.board("member", "import", "Services/Programme/Sample/register.csv")
        matches = [submit(machine, 0)]

        def is_kept(where: Machine = machine) -> None:
            check(sorted(m["match"] for m in where.matches()) == sorted(matches), "a match is lost")

        is_kept()
    with step("a mail in the Maildir"):
        mails, _ = until(machine.mails, "a mail", 20)
        machine.runbook("Mail")
    with step("a person's key, with that role"):
        machine.runbook("First board member")
        machine.board("keys", "create", "vera", "--role", "viewer")
        check(machine.board("--as", "vera", "match", "list").returncode == 0, "vera may not look")
        refused = machine.board("--as", "vera", "match", "withdraw", matches[0], may_fail=True)
        check(refused.returncode == 1, f"vera may withdraw: {refused.stdout}")
    with step("nothing to write but its volumes, no network"):
        for service in SERVICES:
            confined(machine, service)
    with step("memory at rest"):
        megabytes = {service: memory(machine, service) for service in SERVICES}
    with step("matching is killed, and back"):
        before = process_of("matching")
        os.kill(before, signal.SIGKILL)
        until(lambda: with_process("matching", before), "a new process of matching", 30)
        until(machine.healthy, "all four healthy", 60)
        is_kept()
    with step("all started again, state kept"):
        machine.compose("restart", "-t", "30", seconds=180)
        until(machine.healthy, "all four healthy", 60)
        is_kept()
        check(set(mails) <= set(machine.mails()), "mails are lost")
    with step("lost keys"):
        for name in ("chair", "probe", "matching"):
            shutil.rmtree(machine.folder / "keys" / name)
        check("keys create" in machine.board("status", may_fail=True).stderr, "it is not said that the key is gone")
        machine.runbook("Lost key")
        until(machine.healthy, "all four healthy", 60)
        is_kept()
    with step("a mail by SMTP, encrypted and with a password"):
        received = afterwards.enter_context(mail_server(machine))
        matches.append(submit(machine, 1))
        until(lambda: len(received) >= 2, "mails to both of the match", 60)
        machine.board("mail", "retry", "--kept")
        until(lambda: len(received) >= 2 + len(mails), "what was kept before is sent", 60)
        is_kept()
    with step("a backup that fails is told"):
        spoil_backups(machine, "matching")
    with step("a backup, and all restored from it"):
        machine.runbook("Backup")
        machine.runbook("Restore")
        is_kept()
        check(set(mails) <= set(machine.mails()), "mails are lost")
    with step("a damaged store, restored"):
        damage(machine, "matching")
        machine.runbook("Damaged store")
        is_kept()
    with step("a new version, under its own tag"):
        run(BUILD + ["-f", ROOT / "deploy/Dockerfile", "-t", f"handslag:{VERSION}-next", ROOT], 1200)
        machine.set(IMAGE_VERSION=f"{VERSION}-next")
        machine.runbook("Upgrade")
        until(machine.healthy, "all four healthy", 60)
        is_kept()
    with step("sent away encrypted"):
        elsewhere = machine.folder.parent / "elsewhere"
        restic = send_away(machine, elsewhere)
        by_age(machine, elsewhere)
    with step("another machine, from what was sent away alone"), Machine().kept() as other:
        people = [m[party] for m in json.loads(machine.board("match", "list", "--json").stdout) for party in ("mentor", "adept")]
        erased = erase(machine, people)
        machine.typed("restic -q backup backup keys .env", **restic)
        machine.compose("down", "-v", "-t", "30")
        check(not machine.compose("ps", "-q").stdout.strip(), "containers are left")
        other.typed("restic restore latest --target .", **restic)
        # The dates of the files say nothing of which is the latest.
        for age, copy in enumerate(sorted((other.folder / "backup").glob("*/*.sqlite"), key=os.path.getmtime)):
            os.utime(copy, (1_000_000_000 - age,) * 2)
        other.runbook("Move to another machine")
        is_kept(other)
        check("member/unknown" in other.board("member", "show", erased, may_fail=True).stderr, "an erased person is back")
        lose_all_keys(other)
        other.runbook("All keys lost")
        is_kept(other)
        erase(other, people)
        listed = other.typed("""grep -o '"member":"[^"]*' backup/membership/erasures.lost""").stdout
        check(len(listed.splitlines()) == 1, f"the list does not name whom it erased: {listed}")
    with step("two machines, over TCP"), Machine().kept() as first, Machine().kept() as second:
        two_machines(first, second)
    print(f"image {image} MB; up → healthy {healthy:.1f} s; memory at rest {sum(megabytes.values()):.0f} MB: "
          + ", ".join(f"{name} {value:.0f}" for name, value in megabytes.items()))
    check(image < IMAGE_MEGABYTES, f"the image is too large: {image} MB")
    check(healthy < HEALTHY_SECONDS, f"healthy only after {healthy:.1f} s")
    check(sum(megabytes.values()) < IDLE_MEGABYTES, "too much memory at rest")


INSTALL = """{}
Install a container engine and compose (on Debian: apt-get install docker.io docker-compose) and see that it runs,
or name others in CONTAINER_BUILD and COMPOSE."""


def main() -> int:
    for command in (BUILD, COMPOSE):
        if shutil.which(command[0]) is None:
            print(INSTALL.format(f"{command[0]} is missing."))
            return 1
    if os.geteuid() != 0:
        print("A service is killed from outside its container, which only root may: run this as root.")
        return 1
    # Ended from outside, it takes away what it started too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended by a signal"))
    with Machine().kept() as machine:
        # From a folder that stays: an engine that is started by this keeps it as its own.
        run(COMPOSE + ["version"], may_fail=True)
        answer = machine.compose("ps", may_fail=True)
        if answer.returncode != 0:
            print(INSTALL.format(f"No container engine answers: {answer.stderr.strip().splitlines()[-1]}"))
            return 1
        link = COMMANDS / "docker-compose"
        # With the path as it was, since COMPOSE may call docker-compose itself.
        link.write_text(f'#!/bin/sh\nPATH={shlex.quote(os.environ["PATH"])}\nexec {shlex.join(COMPOSE)} "$@"\n')
        link.chmod(0o755)
        with step("the image"):
            run(BUILD + ["-f", ROOT / "deploy/Dockerfile", "-t", f"handslag:{VERSION}", ROOT], 1200)
        with contextlib.ExitStack() as afterwards:
            trial(machine, afterwards)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    finally:
        shutil.rmtree(COMMANDS)
