"""Measures the spine and its peers in one run: bench.py BUILD-FOLDER [ROW[@SIZE],...].

The competitors of all rows run one after the other, round by round, so that whatever else the machine does falls on all
alike. A figure is the median of the rounds, with the least and the greatest. Nothing here fails on a time.

What was measured of all rows takes the place of RESULTS.md and results.json; of some rows it is printed, and with KEEP=1
takes their place there. ROUNDS=1 cuts the rounds short; DRY=1 only says what would be run, and how long it took last.
"""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

import results
from results import Measured
from rows import Row, rows
from running import HERE, OURS, Bench, Unavailable, commands

KEPT = HERE / "results.json"


def flag(name: str) -> bool:
    return os.environ.get(name, "") not in ("", "0")


def choose(words: str) -> dict[str, Row]:
    """The rows that are asked for; `plan` is all rows of plans. Leaves with what there is where there is no such row."""
    every = rows()
    chosen: dict[str, Row] = {}
    for word in words.split(","):
        name, _, size = word.strip().partition("@")
        keys = [key for key in every if key == name or name == "plan" and key.startswith("plan-")]
        if not keys or size and not size.isdecimal():
            raise SystemExit(f"There is no row {word}. There are: {', '.join(every)}; one at a size of its own: start@1000.")
        chosen |= {key: every[key].only(int(size)) if size else every[key] for key in keys}
    return chosen


def jobs(chosen: dict[str, Row]) -> list[tuple]:
    """Each row, size and competitor, round by round."""
    cap = int(os.environ.get("ROUNDS") or 1_000)
    every = [(key, *job) for key, row in chosen.items() for job in row.runs()]
    last = min(cap, max(rounds for *_, rounds in every))
    return [(number, key, size, name)
            for number in range(1, last + 1) for key, size, name, rounds in every if number <= min(rounds, cap)]


def kept() -> dict:
    return json.loads(KEPT.read_text()) if KEPT.exists() else {"settings": {}, "rows": {}}


def seconds(known: dict, key: str, size: int, name: str) -> float | None:
    """What it took the last time that it was kept."""
    times = known["rows"].get(key, {}).get(str(size), {}).get(name, {}).get("seconds")
    return statistics.median(times) if times else None


def plan(chosen: dict[str, Row]):
    """Says what would be run."""
    known = kept()
    taken: dict[tuple, list] = {}
    for _, *job in jobs(chosen):
        taken.setdefault(tuple(job), []).append(seconds(known, *job))
    for (key, size, name), times in taken.items():
        cost = "?" if None in times else f"{sum(times):.0f} s"
        print(f"{key:15} {size:>9,} {chosen[key].size:25} {name:32} {len(times)} rounds {cost:>8}")
    sums = [sum(times) for times in taken.values() if None not in times]
    unknown = len(taken) - len(sums)
    print(f"{sum(sums) / 60:.0f} minutes" + (f", and {unknown} that have not been timed" if unknown else ""))


def measure(bench: Bench, chosen: dict[str, Row]) -> dict[str, Measured]:
    measured = {key: Measured(row, {}) for key, row in chosen.items()}
    known, todo = kept(), jobs(chosen)
    for index, (number, key, size, name) in enumerate(todo):
        run = measured[key].runs.setdefault(str(size), {}).setdefault(name, {"reports": [], "seconds": []})
        if "missing" in run:
            continue
        left = sum(seconds(known, *job) or 0 for _, *job in todo[index:])
        print(f"\r\033[Kround {number}  {index + 1}/{len(todo)}  {key} at {size:,}: {name}  (about {left / 60:.0f} min left)",
              end="", file=sys.stderr, flush=True)
        commands.clear()
        begun = time.monotonic()
        try:
            run["reports"].append(chosen[key].competitors[name](bench, size))
            run["seconds"].append(round(time.monotonic() - begun, 1))
            run["commands"] = commands.copy()
        except (Unavailable, RuntimeError, subprocess.SubprocessError, OSError, ValueError, LookupError) as error:
            run["missing"] = (str(error).splitlines() or [type(error).__name__])[0][:120]
    print("\r\033[K", end="", file=sys.stderr)
    return measured


def keep(measured: dict[str, Measured], about: dict, isWhole: bool):
    earlier = {} if isWhole else kept()["rows"]
    runs = earlier | {key: row.runs for key, row in measured.items()}
    every = {key: Measured(row, runs[key]) for key, row in rows().items() if key in runs}
    KEPT.write_text(json.dumps(
        {"settings": about, "rows": {key: row.runs for key, row in every.items()}}, indent=1, ensure_ascii=False) + "\n")
    head = "".join(f"- {key}: {value}\n" for key, value in about.items())
    (HERE / "RESULTS.md").write_text(
        f"# Results of `make bench`\n\n{head}\n{results.text(every)}\n## Commands\n\n{results.commands(every)}")


def main() -> int:
    words = sys.argv[2] if len(sys.argv) > 2 else ""
    chosen = choose(words) if words else rows()
    if flag("DRY"):
        plan(chosen)
        return 0
    bench = Bench(pathlib.Path(sys.argv[1]).resolve())
    about = results.settings(bench)
    measured = measure(bench, chosen)
    print(results.text(measured))
    faults = [fault for row in measured.values() for fault in row.totals()]
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 1
    if not words or flag("KEEP"):
        keep(measured, about, isWhole=not words)
    return 0


if __name__ == "__main__":
    sys.exit(main())
