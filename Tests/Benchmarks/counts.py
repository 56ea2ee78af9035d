"""Instructions of the hot paths under callgrind, against the committed figures: counts.py BENCH-SERVICE [write].

Counts do not depend on how busy the machine is. A figure is the difference between a long and a short run, divided by
the difference in length, so that starting costs nothing. Fails where a path takes over 15 % more.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

KEPT = pathlib.Path(__file__).parent / "counts.json"
PATHS = {"request": (500, 2500), "delivery": (640, 5120)}


def instructions(program: str, path: str, count: int) -> int:
    done = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, "counts", path, str(count)],
        env=os.environ | {"SWIFT_DETERMINISTIC_HASHING": "1"}, capture_output=True, text=True, timeout=600)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not found:
        raise SystemExit(f"callgrind did not count {path}: {done.stderr[-400:]}")
    return int(found[1])


def main() -> int:
    figures = {}
    with tempfile.TemporaryDirectory(prefix="hs-counts-") as folder:
        # Without symbols: valgrind 3.19 can't read those of a program that carries Swift's library.
        program = f"{folder}/bench-service"
        subprocess.run(["strip", "-o", program, sys.argv[1]], check=True)
        for path, (short, long) in PATHS.items():
            counted = [instructions(program, path, count) for count in (short, long)]
            figures[path] = round((counted[1] - counted[0]) / (long - short))
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    worse = False
    for path, figure in figures.items():
        before = kept.get(path)
        change = f"{(figure / before - 1) * 100:+.1f} %" if before else "no committed figure"
        worse = worse or bool(before) and figure > 1.15 * before
        print(f"{path:10} {figure:>9,} instructions each  {change}")
    if sys.argv[2:] == ["write"]:
        KEPT.write_text(json.dumps(figures, indent=1) + "\n")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
