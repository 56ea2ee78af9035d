"""How each competitor is run once: what it is given, and the report that it gives."""

import csv
import json
import os
import pathlib
import re
import shlex
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).parent
BATCH = 256
OURS = "ours"
SERVICES = ("membership", "matching", "followup", "notification")
SERVERS = {
    "redis": ["redis-server", "--port", "0", "--unixsocket", "{address}", "--appendonly", "yes", "--appendfsync",
              "always", "--save", "", "--dir", "{folder}"],
    "beanstalkd": ["beanstalkd", "-l", "127.0.0.1", "-p", "{address}", "-b", "{folder}", "-f0"],
}
# Every command since the last reading, as a person would type it.
commands: list[str] = []


class Unavailable(Exception):
    """A peer that is not installed or not built, in a sentence."""


def note(command: list, env: dict | None) -> list[str]:
    words = [str(word) for word in command]
    settings = " ".join(f"{key}={value}" for key, value in (env or {}).items())
    text = re.sub(r"[^\s=]*/hs-bench-\w+", "FOLDER", f"{settings} {shlex.join(words)}".strip())
    commands.append(text.replace(f"{HERE.parent.parent}/", ""))
    return words


def run(command: list, env: dict | None = None, seconds: int = 300, whole: bool = False) -> dict:
    """Runs a program whose last line is JSON, or the whole of what it prints."""
    done = subprocess.run(
        note(command, env), env={**os.environ, **(env or {})}, capture_output=True, text=True, timeout=seconds)
    if done.returncode != 0 or not done.stdout.strip():
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr[-500:]}")
    return json.loads(done.stdout if whole else done.stdout.strip().splitlines()[-1])


def folder() -> tempfile.TemporaryDirectory:
    return tempfile.TemporaryDirectory(prefix="hs-bench-", ignore_cleanup_errors=True)


class Child:
    """A server that runs while it is measured, and ends with the block."""

    def __init__(self, command: list, env: dict | None = None, ready: str | None = None):
        started = time.monotonic()
        self.process = subprocess.Popen(
            note(command, env), env={**os.environ, **(env or {})}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True)
        self.ready_after = None
        for line in self.process.stdout if ready else ():
            if ready in line:
                self.ready_after = time.monotonic() - started
                break
        if ready and self.ready_after is None:
            self.process.wait()
            raise RuntimeError(f"{command[0]} did not start")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def memory(self) -> float:
        """Resident, in MB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def processor(pid: int, of_children: bool = False) -> float:
    """The seconds of processor time that a process has used, or its ended children."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    first = 13 if of_children else 11
    return (int(fields[first]) + int(fields[first + 1])) / os.sysconf("SC_CLK_TCK")


class Spine:
    """Services with real settings in a folder of their own, and their client."""

    def __init__(self, release: pathlib.Path, path: str):
        self.release = release
        self.path = pathlib.Path(path)
        self.env = {f"HANDSLAG_{key.upper()}": f"{path}/{key}" for key in ("state", "sockets", "keys")}
        subprocess.run(note([*self.asking, "keys"], None), check=True)

    def client(self, *words) -> dict:
        return run([*self.asking, *words], seconds=900)

    @property
    def asking(self) -> list:
        return [self.release / "bench-client", self.path / "sockets", self.path / "keys"]

    def service(self, name: str, trace: bool = False) -> Child:
        """One with trivial handlers; `register` is the real membership service."""
        env = self.env | {"BENCH_AS": name} | ({"BENCH_TRACE": str(self.path / name)} if trace else {})
        return Child([self.release / "bench-service"], env, "membership ready" if name == "register" else f"{name} ready")

    def real(self, name: str) -> Child:
        return Child([self.release / name], self.env, f"{name} ready")

    def store(self, commands: int):
        """Makes a store in which so many commands are kept with their replies."""
        if commands:
            with self.service("membership"):
                self.client("command", commands, 256)


class Bench:
    def __init__(self, build: pathlib.Path):
        self.build = build
        self.release = build / "release"
        self.limits = build / "limits"
        self.python = build.parent / ".venv/bin/python"
        self.grpc = build.parent / ".build-bench-grpc/release/bench-grpc"

    # Ours

    def ask(self, mode: str, count: int, in_flight: int, size: int = 512, stored: int = 0) -> dict:
        """Requests to a service that already keeps so many replies; `size` is a query's reply in bytes."""
        with folder() as path:
            spine = Spine(self.release, path)
            spine.store(stored)
            with spine.service("membership"):
                return spine.client(mode, count, in_flight, size)

    def deliver(self, count: int) -> dict:
        with folder() as path:
            spine = Spine(self.release, path)
            with spine.service("matching"), spine.service("membership"):
                return spine.client("deliver", count, BATCH)

    def paced(self, count: int, rate: int) -> dict:
        with folder() as path:
            spine = Spine(self.release, path)
            with spine.service("matching", trace=True), spine.service("membership", trace=True):
                spine.client("paced", count, rate)
            ends = [dict(line.split() for line in (spine.path / name).read_text().splitlines())
                    for name in ("membership", "matching")]
            times = sorted((int(ends[1][key]) - int(at)) / 1000 for key, at in ends[0].items())
            return {"p50": times[len(times) // 2], "p99": times[int(len(times) * 0.99)], "count": len(times)}

    def backlog(self, count: int) -> dict:
        """Fills the outbox while the receiver is away, then starts it."""
        with folder() as path:
            spine = Spine(self.release, path)
            with spine.service("membership") as sender:
                spine.client("fill", count, BATCH)
                with spine.service("matching") as receiver:
                    drained = subprocess.Popen(
                        note([*spine.asking, "drain", count], None), stdout=subprocess.PIPE, text=True)
                    peaks = [0.0, 0.0]
                    while drained.poll() is None:
                        peaks = [max(old, child.memory()) for old, child in zip(peaks, (sender, receiver))]
                        time.sleep(0.05)
                    return json.loads(drained.stdout.read()) | {"senderMB": peaks[0], "receiverMB": peaks[1]}

    def start(self, name: str, stored: int) -> dict:
        """A real service, or ours with trivial handlers and a store of so many commands."""
        with folder() as path:
            spine = Spine(self.release, path)
            spine.store(stored)
            with spine.service("membership") if name == OURS else spine.real(name) as service:
                time.sleep(1)
                return {"memory": service.memory(), "ready": service.ready_after * 1000}

    def register(self, count: int) -> dict:
        """Imports a register, and asks for lists of it."""
        with folder() as path:
            spine = Spine(self.release, path)
            with spine.service("register"):
                imported = spine.client("register", count)
                return spine.client("search", 900) | {"importSeconds": imported["seconds"]}

    def nightly(self, pairs: int) -> dict:
        return run([self.release / "bench-nightly", pairs], seconds=1800)

    def mail(self, name: str, count: int) -> dict:
        """The notifier, or a bare client, before a server that takes everything."""
        server = subprocess.Popen(
            note([self.limits / "mail", "-", "serve"], None), stdout=subprocess.PIPE, text=True)
        try:
            port = server.stdout.readline().split()[1]
            if name == OURS:
                return run([self.release / "bench-mail", port, count])
            return run([self.limits / "mail", "-", "send", port, count, 8, 7000])
        finally:
            server.kill()
            server.wait()

    def year(self, mentorships: int) -> dict:
        """The demonstration with a register of its own: wall and processor time, and what was committed."""
        first_port = 19_417
        with folder() as path:
            register = pathlib.Path(path) / "register.csv"
            # Two of the first five pairs come to nothing.
            write_register(register, mentorships + 2)
            state = f"{path}/year"
            command = [self.release / "programme", "demo", "--state", state, "--register", register, "--seed", 1]
            env = {"HANDSLAG_METRICS_PORT": str(first_port)}
            begun = time.monotonic()
            with open(f"{path}/errors", "w") as errors:
                demo = subprocess.Popen(
                    note(command, env), env={**os.environ, **env}, stdout=subprocess.DEVNULL, stderr=errors)
            report: dict = {}
            scraped = 0.0
            while demo.poll() is None:
                # While all are there: afterwards the services are among the ended children too.
                try:
                    used = {name: processor(int(pathlib.Path(f"{state}/{name}/pid").read_text())) for name in SERVICES}
                    report |= used | {"programme": processor(demo.pid), "board": processor(demo.pid, of_children=True)}
                except (OSError, ValueError, IndexError):
                    pass
                if time.monotonic() - scraped > 2:
                    report |= committed(first_port) or {}
                    scraped = time.monotonic()
                time.sleep(0.1)
            if demo.returncode != 0:
                raise RuntimeError(f"programme ended with {demo.returncode}: {pathlib.Path(path, 'errors').read_text()[-500:]}")
            seconds = time.monotonic() - begun
            used = sum(report[name] for name in (*SERVICES, "programme", "board"))
            return report | {"seconds": seconds, "processors": used / seconds}

    # Peers and limits

    def limit(self, program: str, *arguments) -> dict:
        with folder() as path:
            return run([self.limits / program, path, *arguments])

    def call_grpc(self, count: int, in_flight: int) -> dict:
        if not self.grpc.exists():
            raise Unavailable("gRPC is not built: make bench-deps")
        with folder() as path, Child([self.grpc, "serve", f"{path}/grpc"], ready="ready"):
            while not os.path.exists(f"{path}/grpc"):
                time.sleep(0.01)
            return run([self.grpc, "call", f"{path}/grpc", count, in_flight])

    def queue(self, kind: str, way: str, count: int, rate: int) -> dict:
        if not shutil.which(SERVERS[kind][0]) or not (self.limits / "queues").exists():
            raise Unavailable(f"{SERVERS[kind][0]} is not installed: make bench-deps")
        with folder() as path:
            address = f"{path}/redis" if kind == "redis" else "11399"
            with Child([word.format(folder=path, address=address) for word in SERVERS[kind]]):
                time.sleep(0.5)
                return run([self.limits / "queues", kind, address, path, way, count, BATCH, rate])

    # Plans

    def plan(self, *arguments) -> dict:
        return run([self.release / "bench-plan", *arguments], seconds=1200)

    def solver(self, name: str, *arguments) -> dict:
        try:
            return run([self.python, HERE / "plan/peers.py", name, *arguments], seconds=1200)
        except RuntimeError as error:
            if "ModuleNotFoundError" in str(error):
                raise Unavailable(f"{name} is not installed: make bench-deps") from error
            raise

    def people(self, who: str, count: int) -> dict:
        """The whole of a plan from two files, process and all."""
        with folder() as path:
            subprocess.run(note([self.python, HERE / "plan/peers.py", "people", count, 1, path], None), check=True)
            files = [f"{path}/mentors.csv", f"{path}/adepts.csv"]
            if who != OURS:
                return self.solver(who, "people", *files)
            begun = time.perf_counter()
            plan = run([self.release / "board", "plan", "--offline", "--mentors", files[0], "--adepts", files[1], "--json"],
                       whole=True)
            taken = (time.perf_counter() - begun) * 1000
            pathlib.Path(f"{path}/plan.json").write_text(json.dumps(plan))
            subprocess.run([self.release / "board", "plan", "verify", f"{path}/plan.json"], check=True, capture_output=True)
            return {"ms": taken, "matched": plan["matched"]}


def write_register(path: pathlib.Path, pairs: int):
    """So many mentors with a place each, and as many adepts; nobody competes with anybody."""
    kommuner = ["Stockholm", "Göteborg", "Malmö", "Uppsala", "Lund", "Umeå"]
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Namn", "E-post", "Kommun", "Roll", "Antal platser", "År som handledare", "Språk", "Ämnen",
                         "Säljer handledning", "Firma"])
        for role, years in (("mentor", 15), ("adept", 3)):
            for number in range(pairs):
                writer.writerow([f"{role.title()} Nummer {number}", f"{role}{number}@example.se", kommuner[number % 6], role,
                                 1 if role == "mentor" else "", years, "svenska", "handledarrollen, avtal", "nej", f"Firma {role} {number}"])


def committed(first_port: int) -> dict | None:
    """Commits of all four services and the seconds that they took; nil while they start or end."""
    sums = {"count": 0.0, "sum": 0.0}
    try:
        for number in range(len(SERVICES)):
            with urllib.request.urlopen(f"http://127.0.0.1:{first_port + number}/metrics", timeout=2) as answer:
                text = answer.read().decode()
            for key in sums:
                sums[key] += float(re.search(rf"^handslag_commit_seconds_{key}\S* (\S+)$", text, re.M)[1])
    except (OSError, TypeError):
        return None
    return {"commits": sums["count"], "commitSeconds": sums["sum"]}


def fdatasync() -> float:
    """The median of 500, in µs, of a page appended."""
    with tempfile.NamedTemporaryFile(prefix="hs-bench-") as file:
        times = []
        for _ in range(500):
            os.write(file.fileno(), b"x" * 4096)
            begun = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append((time.perf_counter() - begun) * 1e6)
        return statistics.median(times)
