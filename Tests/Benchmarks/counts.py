"""Instructions of the hot paths under callgrind, against the committed figures: counts.py RELEASE-FOLDER [write].

Counts do not depend on how busy the machine is. A figure is the difference between a long and a short run, divided by
the difference in length, so that starting costs nothing. Fails where a path takes over 15 % more.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

KEPT = pathlib.Path(__file__).parent / "counts.json"
# The program's words before the length, and the two lengths.
PATHS = {
    "request": (["bench-service", "counts", "request"], 200, 1_200),
    "command": (["bench-service", "counts", "command"], 100, 600),
    "delivery": (["bench-service", "counts", "delivery"], 320, 2_560),
    "plan-dense": (["bench-plan", "dense", 300, 1, 1_000_000], 1, 3),
    "plan-ties": (["bench-plan", "dense", 300, 1, 10], 1, 3),
    "plan-sparse": (["bench-plan", "sparse", 2_000, 400, 1], 1, 3),
}


def instructions(folder: str, path: str, length: int) -> int:
    program, *words = PATHS[path][0]
    done = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", f"{folder}/{program}", *map(str, words), str(length)],
        env=os.environ | {"SWIFT_DETERMINISTIC_HASHING": "1"}, capture_output=True, text=True, timeout=600)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not found:
        raise SystemExit(f"callgrind did not count {path}: {done.stderr[-400:]}")
    return int(found[1])


def count(folder: str) -> dict[str, int]:
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        counted = {path: [pool.submit(instructions, folder, path, length) for length in lengths]
                   for path, (_, *lengths) in PATHS.items()}
        figures = {}
        for path, (_, short, long) in PATHS.items():
            few, many = (result.result() for result in counted[path])
            figures[path] = round((many - few) / (long - short))
        return figures


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="hs-counts-") as folder:
        # Without symbols: valgrind 3.19 can't read those of a program that carries Swift's library.
        for program in {words[0] for words, *_ in PATHS.values()}:
            subprocess.run(["strip", "-o", f"{folder}/{program}", f"{sys.argv[1]}/{program}"], check=True)
        figures = count(folder)
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    worse = False
    for path, figure in figures.items():
        before = kept.get(path)
        change = f"{(figure / before - 1) * 100:+.1f} %" if before else "no committed figure"
        worse = worse or bool(before) and figure > 1.15 * before
        print(f"{path:12} {figure:>13,} instructions each  {change}")
    if sys.argv[2:] == ["write"]:
        KEPT.write_text(json.dumps(figures, indent=1) + "\n")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
