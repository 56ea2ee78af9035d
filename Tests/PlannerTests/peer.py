"""Solves every problem of a file again with SciPy and OR-tools, and prints each one whose answer differs.

Each line of the file is a problem with the planner's answers. Scores are whole numbers of at most 10^12 and problems are
small, so that the doubles in which SciPy computes hold every sum exactly.
"""

import json
import sys

import numpy as np
from ortools.graph.python import min_cost_flow
from scipy.optimize import linear_sum_assignment


def scipy_answer(problem: dict, step: int) -> tuple[int, int]:
    """Each place a column, and for each adept a column of being left out."""
    slots = [mentor for mentor, places in enumerate(problem["places"]) for _ in range(min(places, problem["adepts"]))]
    worth = np.full((problem["adepts"], len(slots) + problem["adepts"]), 0.0)
    allowed = {(a, m): s for a, m, s in problem["pairs"] if step or s > 0}
    for column, mentor in enumerate(slots):
        for adept in range(problem["adepts"]):
            score = allowed.get((adept, mentor))
            # What is not allowed is worse than being left out.
            worth[adept, column] = -1.0 if score is None else score + step
    rows, columns = linear_sum_assignment(worth, maximize=True)
    chosen = [allowed[a, slots[c]] for a, c in zip(rows, columns) if c < len(slots)]
    return len(chosen), sum(chosen)


def ortools_answer(problem: dict, step: int) -> tuple[int, int]:
    adepts, mentors = problem["adepts"], len(problem["places"])
    sink = adepts + mentors
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = {}
    for adept, mentor, score in problem["pairs"]:
        if step or score > 0:
            arcs[flow.add_arc_with_capacity_and_unit_cost(adept, adepts + mentor, 1, -score - step)] = score
    for mentor, places in enumerate(problem["places"]):
        flow.add_arc_with_capacity_and_unit_cost(adepts + mentor, sink, min(places, adepts), 0)
    for adept in range(adepts):
        flow.add_arc_with_capacity_and_unit_cost(adept, sink, 1, 0)
        flow.set_node_supply(adept, 1)
    flow.set_node_supply(sink, -adepts)
    assert flow.solve() == flow.OPTIMAL
    chosen = [score for arc, score in arcs.items() if flow.flow(arc)]
    return len(chosen), sum(chosen)


def main() -> int:
    faults = solved = 0
    for line in open(sys.argv[1]):
        problem = json.loads(line)
        if not problem["adepts"]:
            continue
        greatest = max((abs(s) for _, _, s in problem["pairs"]), default=0)
        step = 2 * (problem["adepts"] + 1) * greatest + 1
        for objective, weight in (("bestScore", 0), ("mostAdepts", step)):
            expected = tuple(problem[objective])
            solvers = [scipy_answer]
            # OR-tools scales costs by the number of nodes and must not overflow.
            if max(problem["places"], default=0) > 1 and step * 64 * 64 < 2**62:
                solvers.append(ortools_answer)
            for solver in solvers:
                matched, total = solver(problem, weight)
                solved += 1
                agrees = total == expected[1] and (not weight or matched == expected[0])
                if not agrees:
                    faults += 1
                    print(f"SEED={problem['seed']} {objective}: {solver.__name__} {(matched, total)}, planner {expected}")
    print(f"{solved} answers compared, {faults} differ")
    return 1 if faults or not solved else 0


if __name__ == "__main__":
    sys.exit(main())
