"""Measures the spine and its peers in one run: bench.py BUILD-FOLDER [ROW,ROW...].

Each row's competitors run one after the other, five rounds, so that whatever else the machine does falls on all
alike. A figure is the median of the rounds, with the least and the greatest. Nothing here fails on a time.
"""

import dataclasses
import json
import os
import pathlib
import platform
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
ROUNDS = int(os.environ.get("ROUNDS", "5"))
BACKLOG = int(os.environ.get("BACKLOG", "50000"))
BATCH = 256
OURS = "ours"


class Unavailable(Exception):
    """A peer that is not installed or not built, in a sentence."""


def run(command: list, env: dict | None = None, seconds: int = 300, whole: bool = False) -> dict:
    """Runs a program whose last line is JSON, or the whole of what it prints."""
    done = subprocess.run(
        [str(word) for word in command], env={**os.environ, **(env or {})}, capture_output=True, text=True,
        timeout=seconds)
    if done.returncode != 0 or not done.stdout.strip():
        raise RuntimeError(f"{' '.join(map(str, command))} ended with {done.returncode}: {done.stderr[-500:]}")
    return json.loads(done.stdout if whole else done.stdout.strip().splitlines()[-1])


class Child:
    """A server that runs while it is measured."""

    def __init__(self, command: list, env: dict | None = None, ready: str | None = None):
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [str(word) for word in command], env={**os.environ, **(env or {})}, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True)
        self.ready_after = None
        if ready:
            for line in self.process.stdout:
                if ready in line:
                    self.ready_after = time.monotonic() - self.started
                    return
            raise RuntimeError(f"{command[0]} did not start")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def memory(self) -> float:
        """Resident, in MB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


class Bench:
    def __init__(self, build: pathlib.Path):
        self.build = build
        self.release = build / "release"
        self.limits = build / "limits"
        self.plans = build.parent / ".build-bench-plan/release"
        self.python = build.parent / ".venv/bin/python"
        self.grpc = build.parent / ".build-bench-grpc/release/bench-grpc"

    # Ours

    def services(self, folder: pathlib.Path, *names: str, trace: bool = False) -> tuple[list[Child], list]:
        """Starts services with trivial handlers and real settings; with them the client's command so far."""
        env = {f"HANDSLAG_{key.upper()}": str(folder / key) for key in ("state", "sockets", "keys")}
        client = [self.release / "bench-client", folder / "sockets", folder / "keys"]
        subprocess.run([*client, "keys"], check=True)
        children = []
        for name in names:
            extra = {"BENCH_AS": name} | ({"BENCH_TRACE": str(folder / name)} if trace else {})
            children.append(Child([self.release / "bench-service"], env | extra,
                                  ready="membership ready" if name == "register" else f"{name} ready"))
        return children, client

    def ask(self, mode: str, count: int, in_flight: int) -> dict:
        with tempfile.TemporaryDirectory(prefix="hs-bench-") as name:
            children, client = self.services(pathlib.Path(name), "membership")
            try:
                return run([*client, mode, count, in_flight])
            finally:
                for child in children:
                    child.stop()

    def deliver(self, count: int, parts: int) -> dict:
        with tempfile.TemporaryDirectory(prefix="hs-bench-") as name:
            children, client = self.services(pathlib.Path(name), "matching", "membership")
            try:
                return run([*client, "deliver", count, parts])
            finally:
                for child in children:
                    child.stop()

    def register(self, count: int, searches: int = 0) -> dict:
        """Imports a register, and asks for lists of it."""
        with tempfile.TemporaryDirectory(prefix="hs-bench-") as name:
            children, client = self.services(pathlib.Path(name), "register")
            try:
                report = run([*client, "register", count])
                return run([*client, "search", searches]) if searches else report
            finally:
                for child in children:
                    child.stop()

    def paced(self, count: int, rate: int) -> dict:
        with tempfile.TemporaryDirectory(prefix="hs-bench-") as name:
            folder = pathlib.Path(name)
            children, client = self.services(folder, "matching", "membership", trace=True)
            try:
                run([*client, "paced", count, rate])
            finally:
                for child in children:
                    child.stop()
            moments = [dict(line.split() for line in (folder / end).read_text().splitlines())
                       for end in ("membership", "matching")]
            times = sorted((int(moments[1][key]) - int(at)) / 1000 for key, at in moments[0].items())
            return {"p50": times[len(times) // 2], "p99": times[int(len(times) * 0.99)], "count": len(times)}

    def backlog(self, count: int) -> dict:
        """Fills the outbox while the receiver is away, then starts it."""
        with tempfile.TemporaryDirectory(prefix="hs-bench-") as name:
            folder = pathlib.Path(name)
            children, client = self.services(folder, "membership")
            try:
                run([*client, "fill", count, BATCH])
                before = children[0].memory()
                env = {f"HANDSLAG_{key.upper()}": str(folder / key) for key in ("state", "sockets", "keys")}
                children.append(Child([self.release / "bench-service"], env | {"BENCH_AS": "matching"}, "matching ready"))
                drained = subprocess.Popen([str(w) for w in [*client, "drain", count]], stdout=subprocess.PIPE, text=True)
                peak = [0.0, 0.0]
                while drained.poll() is None:
                    peak = [max(old, child.memory()) for old, child in zip(peak, children)]
                    time.sleep(0.05)
                report = json.loads(drained.stdout.read())
                return report | {"before": before, "senderMB": peak[0], "receiverMB": peak[1]}
            finally:
                for child in children:
                    child.stop()

    def nightly(self, pairs: int) -> dict:
        return run([self.release / "bench-nightly", pairs], seconds=900)

    def mail(self, count: int, ours: bool) -> dict:
        """The notifier, or a bare client, before a server that takes everything."""
        server = subprocess.Popen([self.limits / "mail", "-", "serve"], stdout=subprocess.PIPE, text=True)
        try:
            port = server.stdout.readline().split()[1]
            if ours:
                return run([self.release / "bench-mail", port, count])
            return run([self.limits / "mail", "-", "send", port, count, 8, 7000])
        finally:
            server.kill()
            server.wait()

    # Peers and limits

    def limit(self, program: str, *arguments) -> dict:
        with tempfile.TemporaryDirectory(prefix="hs-bench-") as folder:
            return run([self.limits / program, folder, *arguments])

    def call_grpc(self, count: int, in_flight: int) -> dict:
        if not self.grpc.exists():
            raise Unavailable("gRPC is not built: make bench-deps")
        with tempfile.TemporaryDirectory(prefix="hs-bench-") as folder:
            server = Child([self.grpc, "serve", f"{folder}/grpc"], ready="ready")
            while not os.path.exists(f"{folder}/grpc"):
                time.sleep(0.01)
            try:
                return run([self.grpc, "call", f"{folder}/grpc", count, in_flight])
            finally:
                server.stop()

    def queue(self, kind: str, way: str, count: int, rate: int) -> dict:
        program = {"redis": "redis-server", "beanstalkd": "beanstalkd"}[kind]
        if not shutil.which(program) or not (self.limits / "queues").exists():
            raise Unavailable(f"{program} is not installed: make bench-deps")
        with tempfile.TemporaryDirectory(prefix="hs-bench-") as folder:
            address = f"{folder}/redis" if kind == "redis" else "11399"
            server = Child([word.format(folder=folder, address=address) for word in SERVERS[kind]])
            time.sleep(0.5)
            try:
                return run([self.limits / "queues", kind, address, folder, way, count, BATCH, rate])
            finally:
                server.stop()


    # Plans

    def plan(self, *arguments) -> dict:
        return run([self.plans / "plan-bench", *arguments], {"RUNS": "1"}, seconds=1200)

    def solver(self, name: str, *arguments) -> dict:
        try:
            return run([self.python, HERE / "plan/peers.py", name, *arguments], seconds=1200)
        except RuntimeError as error:
            if "ModuleNotFoundError" in str(error):
                raise Unavailable(f"{name} is not installed: make bench-deps") from error
            raise

    def people(self, who: str) -> dict:
        """The whole of a plan from two files, process and all."""
        with tempfile.TemporaryDirectory(prefix="hs-bench-") as folder:
            subprocess.run([self.python, HERE / "plan/peers.py", "people", "500", "1", folder], check=True)
            files = [f"{folder}/mentors.csv", f"{folder}/adepts.csv"]
            if who != OURS:
                return self.solver(who, "people", *files)
            begun = time.perf_counter()
            plan = run([self.plans / "board", "plan", "--offline", "--mentors", files[0], "--adepts", files[1], "--json"],
                       whole=True)
            taken = (time.perf_counter() - begun) * 1000
            pathlib.Path(f"{folder}/plan.json").write_text(json.dumps(plan))
            subprocess.run([self.plans / "board", "plan", "verify", f"{folder}/plan.json"], check=True, capture_output=True)
            return {"ms": taken, "matched": plan["matched"]}


SERVERS = {
    "redis": ["redis-server", "--port", "0", "--unixsocket", "{address}", "--appendonly", "yes", "--appendfsync",
              "always", "--save", "", "--dir", "{folder}"],
    "beanstalkd": ["beanstalkd", "-l", "127.0.0.1", "-p", "{address}", "-b", "{folder}", "-f0"],
}


@dataclasses.dataclass
class Row:
    title: str
    unit: str
    # The figure of each competitor's report that the row shows.
    figure: str
    # By name: a function of the bench that gives a report.
    competitors: dict
    # What ours is to be against whom: ("<=", 2, name).
    goals: list = dataclasses.field(default_factory=list)
    includes: str = ""


def rows() -> dict[str, Row]:
    queues = lambda count, rate: {
        f"{kind}, {way}": lambda b, kind=kind, way=way: b.queue(kind, way, count if kind == "redis" else count // 5, rate)
        for kind in SERVERS for way in ("alone", "boxed")}
    request = {
        OURS: lambda b: b.ask("query", 5_000, 1),
        "libzmq in C with CURVE": lambda b: b.limit("zeromq", 10_000, 1, 0),
        "gRPC": lambda b: b.call_grpc(3_000, 1),
        "raw Unix socket": lambda b: b.limit("socket", 20_000),
    }
    goals = [("<=", 2, "libzmq in C with CURVE"), ("<=", 0.2, "gRPC")]
    whole = ("512 bytes each way, client and service two processes, CURVE on; ours and gRPC encode and decode the"
             " envelope with Codable at both ends, libzmq and the socket move bytes. gRPC has no TLS.")
    return {
        "request": Row("query with a trivial handler, p50", "µs", "p50", request, goals, whole),
        "request-p99": Row("the same, p99", "µs", "p99", request, [], "The same runs as `request`."),
        "flight": Row(
            "queries a second, 64 in flight", "/s", "perSecond", {
                OURS: lambda b: b.ask("query", 40_000, 64),
                "gRPC": lambda b: b.call_grpc(20_000, 64),
                "libzmq in C with CURVE": lambda b: b.limit("zeromq", 100_000, 64, 0),
            }, [(">=", 3, "gRPC")], whole),
        "command": Row(
            "command with stored reply, p50", "µs", "p50", {
                OURS: lambda b: b.ask("command", 2_000, 1),
                "libzmq in C with one FULL commit": lambda b: b.limit("zeromq", 3_000, 1, 1),
            }, [("<=", 1.5, "libzmq in C with one FULL commit")],
            "Ours writes the handler's row, the stored reply and the audit in one FULL commit; C writes one row."),
        "command-flight": Row(
            "commands a second, 64 in flight", "/s", "perSecond", {
                OURS: lambda b: b.ask("command", 20_000, 64),
                "SQLite FULL commits": lambda b: b.limit("commits", 5_000),
                "libzmq in C with one FULL commit": lambda b: b.limit("zeromq", 10_000, 64, 1),
            }, [(">=", 2, "SQLite FULL commits")], "As `command`."),
        "deliveries": Row(
            "durable deliveries a second", "/s", "perSecond", {
                OURS: lambda b: b.deliver(40 * BATCH * 2, BATCH),
                "SQLite FULL commits": lambda b: b.limit("commits", 5_000),
            } | queues(50_000, 0), [(">=", 3, "SQLite FULL commits"), (">=", 1, "redis, boxed"), (">=", 1, "beanstalkd, boxed")],
            "From the command that fills the outbox (256 in a transaction) to the last acknowledgement, FULL at both"
            " ends. `boxed` puts the same outbox and inbox around the broker; `alone` has neither, and so repeats or"
            " loses an effect where a process dies."),
        "latency": Row(
            "delivery latency at 500/s, p99", "µs", "p99", {OURS: lambda b: b.paced(1_500, 500)} | queues(1_500, 500),
            [("<=", 10_000, None), ("<=", 1, "redis, boxed"), ("<=", 1, "beanstalkd, boxed")],
            "From the sender's commit to the receiver's."),
        "latency-p50": Row(
            "the same, p50", "µs", "p50", {OURS: lambda b: b.paced(1_500, 500)} | queues(1_500, 500), [],
            "The same runs as `latency`."),
        "backlog": Row(
            f"backlog of {BACKLOG} drained", "/s", "perSecond", {
                f"{OURS}": lambda b: b.backlog(BACKLOG),
                f"{OURS}, a quarter": lambda b: b.backlog(BACKLOG // 4),
            }, [(">=", 0.9, f"{OURS}, a quarter")], "The receiver is started when the outbox is full."),
        "backlog-memory": Row(
            "the same, sender's peak memory", "MB", "senderMB", {
                f"{OURS}": lambda b: b.backlog(BACKLOG),
                f"{OURS}, a quarter": lambda b: b.backlog(BACKLOG // 4),
            }, [("<=", 1.1, f"{OURS}, a quarter")], "The same runs as `backlog`."),
        "nightly": Row(
            "followup's longest night with 100,000 mentorships", "ms", "longestMS", {
                OURS: lambda b: b.nightly(100_000),
                f"{OURS}, a tenth": lambda b: b.nightly(10_000),
            }, [("<=", 5_000, None), ("<=", 11, f"{OURS}, a tenth")],
            "Twenty-eight nights of a programme in which nobody answers anything, so that all are reminded; the notifier is away."),
        "nightly-memory": Row(
            "the same, resident memory", "MB", "memoryMB", {
                OURS: lambda b: b.nightly(100_000),
                f"{OURS}, a tenth": lambda b: b.nightly(10_000),
            }, [("<=", 1.25, f"{OURS}, a tenth")], "The same runs as `nightly`."),
        "mail": Row(
            "10,000 queued mails to a server on this machine", "/s", "perSecond", {
                OURS: lambda b: b.mail(10_000, True),
                "bare client in C": lambda b: b.mail(10_000, False),
            }, [], "Ours marks each attempt and each outcome in FULL commits, over libcurl; the client writes bytes to"
            " sockets. Eight connections, about 7 kB a mail."),
        "mail-memory": Row(
            "the same, peak memory", "MB", "peakMB", {
                OURS: lambda b: b.mail(10_000, True),
                f"{OURS}, a quarter": lambda b: b.mail(2_500, True),
            }, [("<=", 1.15, f"{OURS}, a quarter")], "Of the notifier with the harness that fed it."),
        "register-import": Row(
            "import of 10,000 members", "s", "seconds", {OURS: lambda b: b.register(10_000)}, [("<=", 10, None)],
            "From the first uploaded part to the answer that all are written, in one transaction, with what matching"
            " and notification are to be told."),
        "register-search": Row(
            "lists and searches of 10,000 members, p99", "µs", "p99", {OURS: lambda b: b.register(10_000, 900)},
            [("<=", 50_000, None)],
            "At the socket: pages of at most a hundred by name, kommun, topic, role and status, and what finds nobody;"
            " each reading noted in the audit trail."),
        "idle": Row(
            "idle memory of a service", "MB", "memory", {OURS: start}, [("<=", 30, None)],
            "Resident, a second after it was ready; an empty store."),
        "start": Row(
            "start to ready", "ms", "ready", {OURS: start}, [("<=", 150, None)],
            "From fork to the line `ready`: an empty store made, CURVE, the self-check of the door."),
    } | plan_rows()


def plan_rows() -> dict[str, Row]:
    kinds = {"": ("scores to a million", 1_000_000), "-ties": ("ten different scores", 10), "-products": ("products", 0)}
    same = "One solve on the same scores in memory; every competitor must come to the same total."
    table = {}
    for kind, (words, highest) in kinds.items():
        for count in (500, 1_000, 3_000, 5_000):
            arguments = ["dense", count, 1, highest]
            table[f"plan{kind}-{count}"] = Row(
                f"plan, dense {count} × {count}, {words}", "ms", "ms", {
                    OURS: lambda b, arguments=arguments: b.plan(*arguments),
                    "SciPy": lambda b, arguments=arguments: b.solver("scipy", *arguments),
                    "lapx": lambda b, arguments=arguments: b.solver("lapx", *arguments),
                }, [("<=", 1, "SciPy"), ("<=", 2, "lapx")], same)
    sparse = ["sparse", 100_000, 20_000, 1]
    table["plan-sparse"] = Row(
        "plan, 100,000 adepts × 20,000 mentors, 50 eligible each, one to five places", "ms", "ms", {
            OURS: lambda b: b.plan(*sparse), "OR-tools": lambda b: b.solver("ortools", *sparse),
        }, [("<=", 1, "OR-tools")], same)
    table["plan-people"] = Row(
        "plan of 500 + 500 people from two files, explained and proved", "ms", "ms", {
            OURS: lambda b: b.people(OURS), "mentor-match": lambda b: b.people("mentor-match"),
        }, [("<=", 1_000, None), ("<=", 1, "mentor-match")],
        "Ours is the whole process with rules, scores, both objectives, explanations and proof as JSON; mentor-match reads,"
        " scores by three rules of its own, and matches.")
    return table


def start(bench: Bench) -> dict:
    with tempfile.TemporaryDirectory(prefix="hs-bench-") as name:
        children, _ = bench.services(pathlib.Path(name), "membership")
        try:
            time.sleep(1)
            return {"memory": children[0].memory(), "ready": children[0].ready_after * 1000}
        finally:
            children[0].stop()


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


def version(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20)
        return (done.stdout + done.stderr).strip().splitlines()[0]
    except (OSError, IndexError, subprocess.TimeoutExpired):
        return "not installed"


def package_version(name: str) -> str:
    return version("dpkg-query", "-W", "-f", "${Version}", name)


def measure(bench: Bench, chosen: dict[str, Row]) -> dict:
    """The reports of each competitor, round by round; rows that share a competitor's run share its report."""
    reports: dict = {}
    shared = lambda key: key if key == "command-flight" or key.startswith("plan") else key.split("-")[0]
    jobs = {}
    for key, row in chosen.items():
        family = "start" if key in ("idle", "start") else shared(key)
        for name, make in row.competitors.items():
            jobs.setdefault((family, name), make)
    failed: dict = {}
    for round_number in range(ROUNDS):
        for index, ((family, name), make) in enumerate(jobs.items()):
            if (family, name) in failed:
                continue
            print(f"\r\033[Kround {round_number + 1}/{ROUNDS}  {index + 1}/{len(jobs)}  {family}: {name}", end="", file=sys.stderr, flush=True)
            try:
                reports.setdefault((family, name), []).append(make(bench))
            except (Unavailable, RuntimeError, subprocess.SubprocessError, OSError) as error:
                failed[family, name] = str(error).splitlines()[0]
    print("\r\033[K", end="", file=sys.stderr)
    table = {}
    for key, row in chosen.items():
        family = "start" if key in ("idle", "start") else shared(key)
        table[key] = {"title": row.title, "unit": row.unit, "includes": row.includes, "figures": {}, "goals": []}
        for name in row.competitors:
            values = [report[row.figure] for report in reports.get((family, name), []) if row.figure in report]
            table[key]["figures"][name] = (
                {"median": statistics.median(values), "least": min(values), "greatest": max(values), "rounds": values}
                if values else {"missing": failed.get((family, name), "no figure")})
        totals = {name: {report.get("total") for report in reports.get((family, name), [])} for name in row.competitors}
        if len(set.union(*totals.values()) - {None}) > 1:
            raise SystemExit(f"{key}: the totals differ: {totals}")
        ours = table[key]["figures"][OURS].get("median")
        for sign, factor, other in row.goals:
            against = 1 if other is None else table[key]["figures"][other].get("median")
            if ours is None or against is None:
                continue
            holds = ours <= factor * against if sign == "<=" else ours >= factor * against
            table[key]["goals"].append({"sign": sign, "factor": factor, "against": other, "ratio": ours / against, "holds": holds})
    return table


def number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def show(table: dict) -> str:
    lines = []
    for key, row in table.items():
        lines += [f"### {key}: {row['title']} ({row['unit']})", "", "| | median | least | greatest | ours : it |", "|---|--:|--:|--:|--:|"]
        ours = row["figures"][OURS].get("median")
        for name, figure in row["figures"].items():
            if "missing" in figure:
                lines.append(f"| {name} | {figure['missing']} | | | |")
                continue
            ratio = f"{ours / figure['median']:.2f}" if ours and name != OURS else ""
            lines.append(f"| {name} | {number(figure['median'])} | {number(figure['least'])} | {number(figure['greatest'])} | {ratio} |")
        lines.append("")
        for goal in row["goals"]:
            words = f"{goal['sign']} {goal['factor']}" + (f" × {goal['against']}" if goal["against"] else f" {row['unit']}")
            lines.append(f"Goal {words}: {'met' if goal['holds'] else 'not met'} ({goal['ratio']:.2f}).  ")
        lines += [row["includes"], ""]
    return "\n".join(lines)


def settings(bench: Bench) -> dict:
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "")
    return {
        "date": time.strftime("%Y-%m-%d"), "machine": f"{os.cpu_count()} × {cpu}, Linux {platform.release()}",
        "fdatasync of a page, median, µs": round(fdatasync()), "rounds": ROUNDS,
        "swift": version("swift", "--version"), "libzmq": package_version("libzmq5"),
        "SQLite": package_version("libsqlite3-0"), "redis-server": package_version("redis-server"),
        "hiredis": package_version("libhiredis-dev"), "beanstalkd": package_version("beanstalkd"),
        "gRPC": "grpc-swift-2 2.4.3, grpc-swift-nio-transport 2.9.2",
        "redis command": " ".join(SERVERS["redis"]), "beanstalkd command": " ".join(SERVERS["beanstalkd"]),
        "C": "cc -O2", "batch": BATCH,
    }


def main() -> int:
    bench = Bench(pathlib.Path(sys.argv[1]).resolve())
    every = rows()
    asked = [name for name in (sys.argv[2] if len(sys.argv) > 2 else "").split(",") if name]
    # `plan` is all rows of plans.
    wanted = [row for name in asked for row in (plan_rows() if name == "plan" else [name])] or list(every)
    unknown = [name for name in wanted if name not in every]
    if unknown:
        print(f"There is no row {', '.join(unknown)}. There are: {', '.join(every)}.", file=sys.stderr)
        return 2
    about = settings(bench)
    table = measure(bench, {name: every[name] for name in wanted})
    text = show(table)
    print(text)
    if len(wanted) == len(every):
        head = "# Results of `make bench`\n\n" + "".join(f"- {key}: {value}\n" for key, value in about.items())
        (HERE / "RESULTS.md").write_text(head + "\n" + text)
    results = HERE / "results.json"
    kept = json.loads(results.read_text()) if results.exists() else {}
    results.write_text(json.dumps({"settings": about, "rows": kept.get("rows", {}) | table}, indent=1, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
