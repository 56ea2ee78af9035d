"""The scores of `bench-plan`, given to another solver; its total and milliseconds as a line of JSON.

    peers.py scipy|lapx dense N SEED [HIGHEST]
    peers.py ortools sparse ADEPTS MENTORS SEED
    peers.py mentor-match people MENTORS.csv ADEPTS.csv
    peers.py people COUNT SEED FOLDER        writes mentors.csv and adepts.csv
"""

import csv
import json
import pathlib
import random
import sys
import time

import numpy as np


def mix(counter: np.ndarray) -> np.ndarray:
    """splitmix64 of a counter."""
    with np.errstate(over="ignore"):
        z = (counter + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def counters(count: int, start: int) -> np.ndarray:
    return np.arange(start, start + count, dtype=np.uint64)


def report(solve) -> None:
    start = time.perf_counter()
    answer = solve()
    milliseconds = (time.perf_counter() - start) * 1000
    print(json.dumps({"total": answer(), "ms": milliseconds}), flush=True)


def dense(solver: str, count: int, seed: int, highest: int = 1_000_000) -> None:
    if highest:
        scores = (mix(counters(count * count, seed)) % np.uint64(highest)).astype(np.int64).reshape(count, count) + 1
    else:
        scores = np.outer(np.arange(1, count + 1), np.arange(1, count + 1))
    as_floats = scores.astype(np.float64)
    rows = np.arange(count)
    if solver == "scipy":
        from scipy.optimize import linear_sum_assignment

        solve = lambda: linear_sum_assignment(as_floats, maximize=True)[1]
    else:
        import lap

        costs = as_floats.max() + 1 - as_floats
        solve = lambda: lap.lapjv(costs)[1]

    def timed():
        columns = solve()
        return lambda: int(scores[rows, columns].sum())

    report(timed)


def sparse(_: str, adepts: int, mentors: int, seed: int) -> None:
    from ortools.graph.python import min_cost_flow

    draws = mix(counters(adepts * 50, seed))
    adept = np.repeat(np.arange(adepts, dtype=np.int64), 50)
    mentor = ((draws >> np.uint64(32)) % np.uint64(mentors)).astype(np.int64)
    score = (draws & np.uint64(0xFFFFFFFF)).astype(np.int64) % 1_000 + 1
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
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
    flow.set_nodes_supplies(np.arange(sink + 1), supplies)

    # The network is made beforehand, as the scores are for ours.
    def solve():
        assert flow.solve() == flow.OPTIMAL
        return lambda: -flow.optimal_cost()

    report(solve)


# People: the files of `board plan --offline`, and the same in the words of mentor-match.

KOMMUNER = ["Stockholm", "Uppsala", "Göteborg", "Malmö", "Lund", "Umeå", "Kiruna", "Örebro", "Växjö", "Gävle"]
SECTORS = ["socialtjänst", "skola", "äldreomsorg", "funktionsstöd", "psykiatri", "kriminalvård"]
TOPICS = ["handledarrollen", "offentlig upphandling", "utveckla företaget", "prissättning", "avtal", "nätverk"]
HEADER = ["Namn", "E-post", "Kommun", "Roll", "Antal platser", "År", "Säljer handledning", "Firma", "Arbetar i",
          "Verksamhetsområden", "Upphandlingar", "Handleder på", "Ämnen", "Former", "Reser km", "Anmäld"]


def people(count: str, seed: str, folder: str) -> None:
    draw = random.Random(int(seed))

    def row(role: str, number: int) -> list:
        kommun = draw.choice(KOMMUNER)
        sells = draw.random() < 0.5
        return [
            f"{role.title()} Nummer {number}", f"{role}{number}@example.se", kommun, role, 1 if role == "mentor" else "",
            draw.randint(8, 30) if role == "mentor" else draw.randint(0, 7), "ja" if sells else "nej",
            f"Firma {role} {number}", ", ".join(draw.sample(KOMMUNER, 2)), ", ".join(draw.sample(SECTORS, 2)),
            f"UH {draw.randint(1, 400)}" if sells and draw.random() < 0.3 else "inga",
            draw.choice(["svenska", "svenska", "svenska, engelska"]), ", ".join(draw.sample(TOPICS, 3)),
            draw.choice(["video", "möte, video", "telefon, video"]), draw.choice([10, 30, 80]),
            f"2026-0{draw.randint(1, 8)}-15",
        ]

    for role in ("mentor", "adept"):
        with open(pathlib.Path(folder) / f"{role}s.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(HEADER)
            writer.writerows(row(role, number) for number in range(int(count)))


def mentor_match(mentors: str, adepts: str) -> None:
    """Its own reading, scoring and matching of as many people; what it can't know of them is left out."""
    from matching.mentee import Mentee
    from matching.mentor import Mentor
    from matching.process import process_data
    from matching.rules import rule

    def solve():
        def read(path, kind):
            with open(path, newline="", encoding="utf-8") as file:
                return [
                    kind(**{"grade": line["År"], "organisation": line["Firma"], "profession": line["Ämnen"].split(", ")[0],
                            "email": line["E-post"], "first name": line["Namn"], "last name": "", "role": line["Roll"]})
                    for line in csv.DictReader(file, delimiter=";")
                ]

        rules = [
            rule.Disqualify(lambda match: match.mentee.organisation == match.mentor.organisation),
            rule.Grade(target_diff=1, logical_operator=lambda a, b: a >= b, score_dict={True: 10, False: 0}),
            rule.Equivalent("profession", {True: 40, False: 0}),
        ]
        given, taken = process_data(read(mentors, Mentor), read(adepts, Mentee), [rules])
        return lambda: len([person for person in taken if person.mentors])

    start = time.perf_counter()
    matched = solve()
    print(json.dumps({"ms": (time.perf_counter() - start) * 1000, "matched": matched()}), flush=True)


if __name__ == "__main__":
    first, second, *rest = sys.argv[1:]
    if first == "people":
        people(second, *rest)
    elif second == "people":
        mentor_match(*rest)
    else:
        {"dense": dense, "sparse": sparse}[second](first, *map(int, rest))
