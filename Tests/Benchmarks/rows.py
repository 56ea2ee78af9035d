"""What is measured: each row's competitors, its sizes, what its figures are to be, and how they may grow."""

import dataclasses
import typing

from running import OURS, SERVICES, Bench


@dataclasses.dataclass(frozen=True)
class Goal:
    sign: str
    factor: float
    # Another competitor, whose figure it is a factor of; else it is in the figure's unit.
    against: str | None = None
    whose: str = OURS


@dataclasses.dataclass(frozen=True)
class Growth:
    """The work whose logarithm is fitted against that of the size; the slope is the exponent."""

    words: str
    work: typing.Callable[[float, int], float]
    # The exponent may be this much; nil where it is only told.
    most: float | None = None

    def at_most(self, most: float) -> "Growth":
        return dataclasses.replace(self, most=most)


ITSELF = Growth("the figure itself", lambda value, size: value)
EACH = Growth("the time of one", lambda value, size: 1 / value)
ALL = Growth("the time of all", lambda value, size: size / value)
# What is measured twice differs by more than a perfect line would.
LINEAR, FLAT = 1.1, 0.1


@dataclasses.dataclass(frozen=True)
class Figure:
    # Its name in a competitor's report.
    key: str
    title: str
    unit: str
    growth: Growth
    goals: tuple[Goal, ...] = ()


@dataclasses.dataclass(frozen=True)
class Row:
    title: str
    # What a size is the number of.
    size: str
    # How many rounds each size has; what takes long has fewer.
    sizes: dict[int, int]
    # The sizes that the goals are for; at the others only ours runs.
    at: tuple[int, ...]
    # By name: runs the competitor once at a size, and gives its report.
    competitors: dict[str, typing.Callable[[Bench, int], dict]]
    figures: tuple[Figure, ...]
    includes: str
    # Competitors that have fewer rounds than the size.
    seldom: dict[str, int] = dataclasses.field(default_factory=dict)

    def only(self, size: int) -> "Row":
        """At one size alone, which need not be among its own."""
        return dataclasses.replace(self, sizes={size: self.sizes.get(size, 1)}, at=(size,))

    def runs(self) -> list[tuple[int, str, int]]:
        """Each size, competitor and number of rounds."""
        return [(size, name, min(rounds, self.seldom.get(name, rounds)))
                for size, rounds in self.sizes.items() for name in self.competitors if name == OURS or size in self.at]


def queues(count, rate) -> dict:
    """Both brokers; beanstalkd, which is slower, gets a fifth of the messages where they go as fast as they can."""
    def competitor(kind, way):
        return lambda b, size: b.queue(
            kind, way, count(size) if kind == "redis" or rate(size) else count(size) // 5, rate(size))
    return {f"{kind}, {way}": competitor(kind, way) for kind in ("redis", "beanstalkd") for way in ("alone", "boxed")}


def rows() -> dict[str, Row]:
    zeromq, committing, commits = "libzmq in C with CURVE", "libzmq in C with one FULL commit", "SQLite FULL commits"
    whole = ("512 bytes each way, client and service two processes, CURVE on; ours and gRPC encode and decode the"
             " envelope with Codable at both ends, libzmq and the socket move bytes. gRPC has no TLS.")
    seconds = lambda name, title: Figure(name, title, "s", ITSELF.at_most(LINEAR))
    memory = lambda name, title: Figure(name, title, "MB", ITSELF.at_most(FLAT))
    return {
        "request": Row(
            "query with a trivial handler", "bytes in the reply", {512: 5, 4_096: 5, 16_384: 5}, (512,), {
                OURS: lambda b, size: b.ask("query", 5_000 if size == 512 else 1_000, 1, size),
                zeromq: lambda b, size: b.limit("zeromq", 10_000, 1, 0),
                "gRPC": lambda b, size: b.call_grpc(3_000, 1),
                "raw Unix socket": lambda b, size: b.limit("socket", 20_000),
            }, (Figure("p50", "p50", "µs", ITSELF.at_most(1), (Goal("<=", 2, zeromq), Goal("<=", 0.2, "gRPC"))),
                Figure("p99", "p99", "µs", ITSELF)),
            f"{whole} A longer reply is a page of members."),
        "flight": Row(
            "queries a second", "in flight", {16: 5, 64: 5, 256: 5}, (64,), {
                OURS: lambda b, size: b.ask("query", 40_000, size),
                "gRPC": lambda b, size: b.call_grpc(20_000, size),
                zeromq: lambda b, size: b.limit("zeromq", 100_000, size, 0),
            }, (Figure("perSecond", "rate", "/s", EACH.at_most(FLAT), (Goal(">=", 3, "gRPC"),)),
                Figure("p99", "p99", "µs", ITSELF.at_most(LINEAR))), whole),
        "command": Row(
            "command with stored reply", "replies stored before", {1_000: 5, 10_000: 5, 100_000: 1}, (1_000,), {
                OURS: lambda b, size: b.ask("command", 2_000, 1, stored=size),
                committing: lambda b, size: b.limit("zeromq", 3_000, 1, 1),
            }, (Figure("p50", "p50", "µs", ITSELF.at_most(FLAT), (Goal("<=", 1.5, committing),)),
                Figure("p99", "p99", "µs", ITSELF)),
            "Ours writes the handler's row, the stored reply and the audit in one FULL commit; C writes one row."),
        "command-flight": Row(
            "commands a second", "in flight", {16: 5, 64: 5, 256: 5}, (64,), {
                OURS: lambda b, size: b.ask("command", 20_000, size),
                commits: lambda b, size: b.limit("commits", 5_000),
                committing: lambda b, size: b.limit("zeromq", 10_000, size, 1),
            }, (Figure("perSecond", "rate", "/s", EACH.at_most(FLAT), (Goal(">=", 2, commits),)),), "As `command`."),
        "deliveries": Row(
            "durable deliveries a second", "messages", {12_500: 5, 50_000: 5, 200_000: 1}, (50_000,), {
                OURS: lambda b, size: b.deliver(size),
                commits: lambda b, size: b.limit("commits", 5_000),
            } | queues(lambda size: size, lambda size: 0),
            (Figure("perSecond", "rate", "/s", ALL.at_most(LINEAR), (
                Goal(">=", 3, commits), Goal(">=", 1, "redis, boxed"), Goal(">=", 1, "beanstalkd, boxed"))),),
            "From the command that fills the outbox (256 in a transaction) to the last acknowledgement, FULL at both"
            " ends. `boxed` puts the same outbox and inbox around the broker; `alone` has neither, and so repeats or"
            " loses an effect where a process dies."),
        "latency": Row(
            "delivery latency", "deliveries a second", {250: 3, 500: 5, 1_000: 3}, (500,), {
                OURS: lambda b, size: b.paced(3 * size, size),
            } | queues(lambda size: 3 * size, lambda size: size),
            (Figure("p99", "p99", "µs", ITSELF, (
                Goal("<=", 10_000), Goal("<=", 1, "redis, boxed"), Goal("<=", 1, "beanstalkd, boxed"))),
             Figure("p50", "p50", "µs", ITSELF.at_most(FLAT))),
            "From the sender's commit to the receiver's."),
        "backlog": Row(
            "backlog drained after the receiver's outage", "messages", {12_500: 3, 50_000: 3, 200_000: 1, 1_000_000: 1},
            (1_000_000,), {OURS: lambda b, size: b.backlog(size)},
            (Figure("perSecond", "rate", "/s", ALL.at_most(LINEAR)), memory("senderMB", "sender's peak memory"),
             memory("receiverMB", "receiver's peak memory")),
            "The receiver is started when the outbox is full."),
        "nightly": Row(
            "followup's nightly work", "mentorships", {10_000: 1, 31_600: 1, 100_000: 1}, (100_000,),
            {OURS: lambda b, size: b.nightly(size)},
            (Figure("longestMS", "longest night", "ms", ITSELF.at_most(LINEAR), (Goal("<=", 5_000),)),
             Figure("nightMS", "median night", "ms", ITSELF.at_most(LINEAR)),
             Figure("memoryMB", "resident memory", "MB", ITSELF.at_most(0.25))),
            "A week of a programme in which nobody answers anything, so that all are reminded; starts spread over a year,"
            " rhythms over four weeks; the notifier is away."),
        "mail": Row(
            "queued mails to a server on this machine", "mails", {2_500: 3, 5_000: 3, 10_000: 2}, (10_000,), {
                OURS: lambda b, size: b.mail(OURS, size),
                "bare client in C": lambda b, size: b.mail("bare client in C", size),
            }, (Figure("perSecond", "rate", "/s", ALL.at_most(LINEAR)),
                memory("peakMB", "peak memory, with the harness that fed it")),
            "Ours marks each attempt and each outcome in FULL commits, over libcurl; the client writes bytes to"
            " sockets. Eight connections, about 7 kB a mail."),
        "register": Row(
            "register imported and searched", "members", {1_000: 5, 3_160: 5, 10_000: 5}, (10_000,),
            {OURS: lambda b, size: b.register(size)},
            (Figure("importSeconds", "import", "s", ITSELF.at_most(LINEAR), (Goal("<=", 10),)),
             Figure("p50", "list or search, p50", "µs", ITSELF.at_most(1)),
             Figure("p99", "list or search, p99", "µs", ITSELF.at_most(1), (Goal("<=", 50_000),))),
            "Import: from the first uploaded part to the answer that all are written, in one transaction, with what"
            " matching and notification are to be told. Search, at the socket: pages of at most a hundred by name,"
            " kommun, topic, role and status, and what finds nobody; each reading noted in the audit trail."),
        "start": Row(
            "start to ready, and idle memory", "commands in the store", {0: 5, 1_000: 3, 10_000: 3, 100_000: 1}, (0,),
            {OURS: lambda b, size: b.start(OURS, size)}
            | {name: lambda b, size, name=name: b.start(name, 0) for name in SERVICES},
            (Figure("memory", "resident, idle", "MB", ITSELF.at_most(FLAT),
                    tuple(Goal("<=", 30, whose=name) for name in SERVICES)),
             Figure("ready", "start to ready", "ms", ITSELF.at_most(LINEAR),
                    tuple(Goal("<=", 150, whose=name) for name in SERVICES))),
            "From fork to the line `ready`: the store opened and checked, or made; CURVE, the self-check of the door."
            " Memory a second later. Ours is the service with trivial handlers; the four are the product's."),
        "year": Row(
            "a programme year through all four processes", "mentorships", {30: 1, 180: 1, 1_000: 1}, (1_000,),
            {OURS: lambda b, size: b.year(size)},
            (seconds("seconds", "wall time"), Figure("processors", "processors in use", "", ITSELF),
             *(seconds(name, f"processor time of {name}") for name in (*SERVICES, "programme")),
             seconds("board", "processor time of the board programs that submit"),
             Figure("commits", "commits of all four", "", ITSELF.at_most(LINEAR)),
             seconds("commitSeconds", "in transactions, commits included")),
            "`programme demo` with a register of so many pairs: people answer their mails, nights go by one at a time, and"
            " a day begins only when nothing waits anywhere. The services are the product's, on a virtual calendar."),
    } | plan_rows()


def plan_rows() -> dict[str, Row]:
    few = {500: 5, 1_000: 5, 3_000: 5, 5_000: 3}
    # Products take everybody minutes at 5,000: plan-products@5000.
    kinds = {"plan-dense": ("scores to a million", 1_000_000, few), "plan-ties": ("ten different scores", 10, few),
             "plan-products": ("products", 0, {500: 5, 1_000: 5, 3_000: 1})}
    same = "One solve on the same scores in memory; every competitor must come to the same total."
    table = {}
    for key, (words, highest, sizes) in kinds.items():
        table[key] = Row(
            f"plan, dense n × n, {words}", "people on each side", sizes, tuple(sizes), {
                OURS: lambda b, size, highest=highest: b.plan("dense", size, 1, highest),
                "SciPy": lambda b, size, highest=highest: b.solver("scipy", "dense", size, 1, highest),
                "lapx": lambda b, size, highest=highest: b.solver("lapx", "dense", size, 1, highest),
            }, (Figure("ms", "one solve", "ms", ITSELF.at_most(3), (Goal("<=", 1, "SciPy"), Goal("<=", 2, "lapx"))),), same)
    table["plan-sparse"] = Row(
        "plan, a fifth as many mentors as adepts, 50 eligible each, one to five places", "adepts",
        {10_000: 5, 31_600: 3, 100_000: 3}, (100_000,), {
            OURS: lambda b, size: b.plan("sparse", size, size // 5, 1),
            "OR-tools": lambda b, size: b.solver("ortools", "sparse", size, size // 5, 1),
        }, (Figure("ms", "one solve", "ms", ITSELF.at_most(1.5), (Goal("<=", 1, "OR-tools"),)),), same)
    table["plan-people"] = Row(
        "plan of n + n people from two files, explained and proved", "people on each side", {125: 5, 250: 5, 500: 5},
        (500,), {OURS: lambda b, size: b.people(OURS, size), "mentor-match": lambda b, size: b.people("mentor-match", size)},
        (Figure("ms", "whole", "ms", ITSELF.at_most(2), (Goal("<=", 1_000), Goal("<=", 1, "mentor-match"))),),
        "Ours is the whole process with rules, scores, both objectives, explanations and proof as JSON; mentor-match reads,"
        " scores by three rules of its own, and matches.", seldom={"mentor-match": 1})
    return table
