"""The scores of `plan-bench`, given to SciPy, lapx and OR-tools: prints each one's total and milliseconds.

    pip install scipy lapx ortools
    python peers.py dense N SEED [HIGHEST]
    python peers.py sparse ADEPTS MENTORS SEED
"""

import sys
import time

import numpy as np

RUNS = 5


def mix(counter: np.ndarray) -> np.ndarray:
    """splitmix64 of a counter."""
    with np.errstate(over="ignore"):
        z = (counter + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def counters(count: int, start: int) -> np.ndarray:
    return np.arange(start, start + count, dtype=np.uint64)


def measure(name: str, solve) -> None:
    for _ in range(RUNS):
        start = time.perf_counter()
        answer = solve()
        seconds = time.perf_counter() - start
        print(f"{name} total={answer()} ms={seconds * 1000:.2f}", flush=True)


def dense(count: int, seed: int, highest: int = 1_000_000) -> None:
    import lap
    from scipy.optimize import linear_sum_assignment

    if highest:
        scores = (mix(counters(count * count, seed)) % np.uint64(highest)).astype(np.int64).reshape(count, count) + 1
    else:
        scores = np.outer(np.arange(1, count + 1), np.arange(1, count + 1))
    as_floats = scores.astype(np.float64)
    costs = as_floats.max() + 1 - as_floats
    rows = np.arange(count)

    def scipy():
        _, columns = linear_sum_assignment(as_floats, maximize=True)
        return lambda: int(scores[rows, columns].sum())

    def lapx():
        _, columns, _ = lap.lapjv(costs)
        return lambda: int(scores[rows, columns].sum())

    measure("scipy", scipy)
    measure("lapx", lapx)


def sparse(adepts: int, mentors: int, seed: int) -> None:
    from ortools.graph.python import min_cost_flow

    random = mix(counters(adepts * 50, seed))
    adept = np.repeat(np.arange(adepts, dtype=np.int64), 50)
    mentor = ((random >> np.uint64(32)) % np.uint64(mentors)).astype(np.int64)
    score = (random & np.uint64(0xFFFFFFFF)).astype(np.int64) % 1_000 + 1
    _, first = np.unique(adept * mentors + mentor, return_index=True)
    first.sort()
    adept, mentor, score = adept[first], mentor[first], score[first]
    places = (mix(counters(mentors, seed + 0x100000000)) % np.uint64(5)).astype(np.int64) + 1

    # Adepts, then mentors, then where the flow ends. An adept may be left out at no gain.
    sink = adepts + mentors
    tails = np.concatenate([adept, adepts + np.arange(mentors), np.arange(adepts)])
    heads = np.concatenate([adepts + mentor, np.full(mentors, sink), np.full(adepts, sink)])
    capacities = np.concatenate([np.ones(len(adept), np.int64), places, np.ones(adepts, np.int64)])
    costs = np.concatenate([-score, np.zeros(mentors + adepts, np.int64)])
    supplies = np.concatenate([np.ones(adepts, np.int64), np.zeros(mentors, np.int64), [-adepts]])

    def ortools():
        flow = min_cost_flow.SimpleMinCostFlow()
        flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
        flow.set_nodes_supplies(np.arange(sink + 1), supplies)
        start = time.perf_counter()
        assert flow.solve() == flow.OPTIMAL
        alone = time.perf_counter() - start
        return lambda: f"{-flow.optimal_cost()} (solve alone {alone * 1000:.0f} ms)"

    measure("ortools", ortools)


if __name__ == "__main__":
    {"dense": dense, "sparse": sparse}[sys.argv[1]](*map(int, sys.argv[2:]))
