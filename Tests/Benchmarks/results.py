"""What the reports come to: medians, ratios, exponents, and the text of them."""

import math
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import tempfile
import time
import json

from rows import Figure, Goal, Row
from running import BATCH, HERE, OURS, Bench, fdatasync, folder, run


class Measured:
    """The reports of a row: by size and competitor, one a round, or why there is none.

    `runs[size][name]` is `{"reports": [...], "seconds": [...], "commands": [...]}`, or has `missing`.
    """

    def __init__(self, row: Row, runs: dict):
        self.row = row
        self.runs = runs

    def values(self, figure: Figure, size: int, name: str) -> list[float]:
        reports = self.runs.get(str(size), {}).get(name, {}).get("reports", [])
        return [report[figure.key] for report in reports if figure.key in report]

    def median(self, figure: Figure, size: int, name: str) -> float | None:
        values = self.values(figure, size, name)
        return statistics.median(values) if values else None

    def exponent(self, figure: Figure, name: str) -> float | None:
        """The least-squares slope over all sizes; nil for fewer than three."""
        points = [(math.log(size), math.log(figure.growth.work(value, size))) for size in self.row.sizes
                  if size > 0 and (value := self.median(figure, size, name))]
        if len(points) < 3:
            return None
        return statistics.linear_regression(*zip(*points)).slope

    def ratio(self, figure: Figure, size: int, goal: Goal) -> float | None:
        ours = self.median(figure, size, goal.whose)
        against = self.median(figure, size, goal.against) if goal.against else 1
        return ours / against if ours is not None and against else None

    def totals(self) -> list[str]:
        """Where competitors found different optima."""
        faults = []
        for size, runs in self.runs.items():
            found = {name: {report["total"] for report in run.get("reports", []) if "total" in report}
                     for name, run in runs.items()}
            if len(set().union(*found.values())) > 1:
                faults.append(f"{self.row.title} at {size}: the totals differ: {found}")
        return faults


def number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def table(head: list[str], lines: list[list[str]], words: int) -> str:
    """So many first columns are words, the others numbers."""
    rule = ["---"] * words + ["--:"] * (len(head) - words)
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [head, rule, *lines]) + "\n"


def goals(measured: dict[str, Measured]) -> str:
    lines = []
    for key, row in measured.items():
        for figure in row.row.figures:
            for goal in figure.goals:
                for size in row.row.at:
                    ratio = row.ratio(figure, size, goal)
                    if ratio is None:
                        continue
                    holds = ratio <= goal.factor if goal.sign == "<=" else ratio >= goal.factor
                    aim = f"{goal.sign} {goal.factor:,}" + (f" × {goal.against}" if goal.against else f" {figure.unit}")
                    who = "" if goal.whose == OURS else f" of {goal.whose}"
                    lines.append([
                        key, f"{figure.title}{who}", f"{size:,} {row.row.size}", aim, number(ratio), "met" if holds else "**not met**"])
    return table(["row", "figure", "at", "goal", "is", ""], lines, 4)


def growth(measured: dict[str, Measured]) -> str:
    lines = []
    for key, row in measured.items():
        for figure in row.row.figures:
            for name in row.row.competitors:
                exponent = row.exponent(figure, name)
                if exponent is None:
                    continue
                sizes = ", ".join(f"{size:,}" for size in row.row.sizes if size > 0)
                values = ", ".join(number(row.median(figure, size, name)) for size in row.row.sizes if size > 0)
                most = figure.growth.most if name == OURS else None
                lines.append([
                    key, name, f"{sizes} {row.row.size}", f"{figure.title}, {figure.unit}".rstrip(", "), values, figure.growth.words,
                    f"{exponent:.2f}", "–" if most is None else f"{most}" if exponent <= most else f"**{most}**"])
    return table(["row", "who", "sizes", "figure", "medians", "exponent of", "is", "at most"], lines, 6)


def section(key: str, measured: Measured) -> str:
    row = measured.row
    parts = [f"### {key}: {row.title}\n\n{row.includes}\n"]
    lines = []
    for figure in row.figures:
        for size, name, _ in row.runs():
            values, ours = measured.values(figure, size, name), measured.median(figure, size, OURS)
            said = [f"{figure.title}, {figure.unit}".rstrip(", "), f"{size:,}", name]
            run = measured.runs.get(str(size), {}).get(name, {})
            if not values:
                # A peer need not have every figure.
                if not run.get("reports"):
                    lines.append([*said, run.get("missing", "not measured"), "", "", "", ""])
                continue
            median = statistics.median(values)
            ratio = f"{ours / median:.2f}" if ours and median and name != OURS and OURS in row.competitors else ""
            lines.append([*said, number(median), number(min(values)), number(max(values)), str(len(values)), ratio])
    parts.append(table(["figure", row.size, "", "median", "least", "greatest", "rounds", "ours : it"], lines, 3))
    return "\n".join(parts)


def commands(measured: dict[str, Measured]) -> str:
    """How each competitor was run at the size that the goals are for."""
    parts = []
    for key, row in measured.items():
        lines = []
        for name, run in row.runs.get(str(row.row.at[-1]), {}).items():
            lines += [f"# {name}", *run.get("commands", [])]
        if not lines:
            continue
        parts.append(f"`{key}` at {row.row.at[-1]:,}:\n\n```\n" + "\n".join(lines) + "\n```\n")
    return "\n".join(parts)


def text(measured: dict[str, Measured]) -> str:
    return "\n".join(
        ["## Goals\n", goals(measured), "## Growth\n",
         "The exponent is the slope of the least-squares line through the logarithms of the medians: 1 is linear, 0 does"
         " not grow. Bold is what it may be at most where it is more.\n", growth(measured), "## Figures\n"]
        + [section(key, row) for key, row in measured.items()])


# What a reader needs to repeat it


def version(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20)
        return (done.stdout + done.stderr).strip().splitlines()[0]
    except (OSError, IndexError, subprocess.TimeoutExpired):
        return "not installed"


def debian(*names: str) -> str:
    return ", ".join(f"{name} {version('dpkg-query', '-W', '-f', '${Version}', name)}" for name in names)


def python(bench: Bench, *names: str) -> str:
    code = ("import sys, importlib.metadata as m\n"
            "for n in sys.argv[1:]:\n"
            "  try: print(n, m.version(n), end=', ')\n"
            "  except m.PackageNotFoundError: print(n, 'not installed', end=', ')")
    return version(str(bench.python), "-c", code, *names).rstrip(", ")


def swift_packages(folder: pathlib.Path) -> str:
    resolved = folder / "Package.resolved"
    if not resolved.exists():
        return "not built"
    pins = json.loads(resolved.read_text())["pins"]
    return ", ".join(f"{pin['identity']} {pin['state'].get('version', '')}" for pin in pins)


def settings(bench: Bench) -> dict:
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    with folder() as path:
        store = run([bench.limits / "commits", path, 1])["settings"]
    return {
        "date": time.strftime("%Y-%m-%d"),
        "commit": version("git", "-C", str(HERE), "describe", "--always", "--dirty"),
        "machine": f"{os.cpu_count()} × {cpu}, {memory:.0f} GB, {platform.system()} {platform.release()}",
        "load before the run": f"{os.getloadavg()[0]:.2f}",
        "fdatasync of a page, median, µs": round(fdatasync()),
        "disk": version("findmnt", "-n", "-o", "FSTYPE,OPTIONS", "-T", tempfile.gettempdir()),
        "Swift": version("swift", "--version") + ", -c release --static-swift-stdlib",
        "ours is built with": swift_packages(HERE),
        "Debian": debian("libzmq5", "libsqlite3-0", "libsodium23", "libcurl4", "redis-server", "beanstalkd", "libhiredis0.14"),
        "C": version("cc", "--version") + ", -O2",
        "stores of the limits and of the boxes around the brokers": store,
        "stores of ours": "the same SQLite and settings, read back at each start (Shared/Store/Store.swift)",
        "Python": version(str(bench.python), "--version") + ": " + python(bench, "numpy", "scipy", "lapx", "ortools", "mentor-match"),
        "gRPC": swift_packages(HERE / "grpc"),
        "messages in a batch": BATCH,
        "what stands before FOLDER": "a new folder in " + tempfile.gettempdir(),
    }
