"""Checks that each target imports only what Package.swift declares for it, and that dependencies point down.

SwiftPM lets an undeclared import of a sibling compile on an incremental build; a clean one then fails, or worse,
a service comes to use another service's code.
"""

import json
import pathlib
import re
import subprocess
import sys

LAYERS = [
    {"CSodium", "CZeroMQ", "CCurl", "Messaging", "Planner", "PlanCheck"},
    {"ZeroMQ", "SMTP", "Contracts", "Store"},
    {"MessagingZeroMQ", "Texts"},
    {"Settings", "Register", "Rules"},
    {"ServiceRuntime", "BoardClient"},
    {"MembershipService", "MatchingService", "FollowUpService", "NotificationService"},
    {"membership", "matching", "followup", "notification", "board", "programme", "handslag"},
]
ONLY_IMPORTER = {"CZeroMQ": "ZeroMQ", "CCurl": "SMTP", "CSodium": "Store"}
FOR_TESTS = {"TestSupport", "planted-fault", "Simulation"}
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
IMPORT = re.compile(r"^\s*(?:@testable\s+)?(?:public\s+|internal\s+|private\s+)?import\s+(?:struct\s+|class\s+|enum\s+|func\s+)?(\w+)", re.M)


def main() -> int:
    package = json.loads(subprocess.check_output(["swift", "package", "dump-package"]))
    targets = {target["name"]: target for target in package["targets"]}
    faults = []
    for name, target in targets.items():
        declared = {next(iter(d.values()))[0] for d in target["dependencies"]}
        for source in sorted(pathlib.Path(target["path"]).rglob("*.swift")):
            for imported in IMPORT.findall(source.read_text()):
                if imported in targets and imported != name and imported not in declared:
                    faults.append(f"{source}: imports {imported}, which Package.swift does not declare for {name}")
                if name != ONLY_IMPORTER.get(imported, name):
                    faults.append(f"{source}: only {ONLY_IMPORTER[imported]} may import {imported}")
        for dependency in declared:
            if name in LEVEL and dependency in LEVEL and LEVEL[dependency] >= LEVEL[name]:
                faults.append(f"Package.swift: {name} depends on {dependency}, which is not below it")
        if target["type"] != "test" and name not in FOR_TESTS and name not in LEVEL:
            faults.append(f"Package.swift: {name} stands in no layer of Tests/lint_layers.py")
    for fault in faults:
        print(fault)
    print(f"layers: {len(targets)} targets, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
