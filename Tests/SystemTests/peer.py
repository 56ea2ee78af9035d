"""A client of Handslag that is written from the published contracts alone.

    peer.py submit CONTRACTS STATE     submits a match over the real socket and reads the reply
    peer.py validate CONTRACTS GOLDEN  checks the contracts and the golden messages with public validators
"""

import copy
import datetime
import json
import pathlib
import sys
import uuid

import jsonschema
import zmq
from cloudevents.conversion import to_json
from cloudevents.http import CloudEvent, from_json


def load(path):
    return json.loads(pathlib.Path(path).read_text())


def validator(schema):
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


class Client:
    """Asks a service as AsyncAPI's description says: DEALER, CURVE, two frames out and two frames back."""

    def __init__(self, contracts, state, service, principal):
        self.contracts, self.service, self.principal = pathlib.Path(contracts), service, principal
        self.document = load(self.contracts / "asyncapi.json")
        keys = pathlib.Path(state) / "keys"
        lines = [line.split() for line in (keys / "public" / "authorized-keys").read_text().splitlines()]
        public = {words[1]: words[0] for words in lines if len(words) >= 3 and words[0] != "#"}
        self.socket = zmq.Context.instance().socket(zmq.DEALER)
        self.socket.setsockopt(zmq.LINGER, 0)
        self.socket.curve_serverkey = public[service].encode()
        self.socket.curve_publickey = public[principal].encode()
        self.socket.curve_secretkey = (keys / principal / "secret").read_text().strip().encode()
        address = self.document["channels"][service]["address"]
        self.socket.connect(f"ipc://{state}/sockets/{address}")

    def ask(self, type_, data, key=None):
        validator(load(self.contracts / "schemas" / f"{type_}.json")).validate(data)
        attributes = {"type": type_, "source": self.principal, "lang": "en"}
        if key:
            attributes["idempotencykey"] = key
        event = CloudEvent(attributes, data)
        body = to_json(event)
        validator(load(self.contracts / "schemas" / "envelope.json")).validate(json.loads(body))
        self.socket.send_multipart([b"request", body])
        if not self.socket.poll(10_000):
            raise SystemExit(f"{type_}: no reply in 10 s")
        kind, body = self.socket.recv_multipart()
        assert kind == b"reply", kind
        validator(load(self.contracts / "schemas" / "envelope.json")).validate(json.loads(body))
        reply = from_json(body)
        assert reply["correlationid"] == event["id"], "the reply answers another request"
        validator(load(self.contracts / "schemas" / f"{reply['type']}.json")).validate(reply.data)
        operation = self.document["operations"][f"{self.service}.{type_}"]
        allowed = [reference["$ref"].rsplit("/", 1)[1] for reference in operation["reply"]["messages"]]
        assert reply["type"] in allowed, reply["type"]
        return reply["type"], reply.data


def submit(contracts, state):
    membership = Client(contracts, state, "membership", "chair")
    matching = Client(contracts, state, "matching", "chair")
    _, page = membership.ask("membership.list-members.v1", {})
    free = [member for member in page["members"] if "organisationNumber" not in member]
    mentor = next(member for member in free if member["role"] == "mentor")
    adept = next(member for member in free if member["role"] == "adept")
    data = {"mentor": mentor["id"], "adept": adept["id"]}
    key = str(uuid.uuid4())
    type_, reply = "service.problem.v1", {}
    deadline = datetime.datetime.now() + datetime.timedelta(seconds=20)
    # Matching hears of the members a moment after membership.
    while type_ == "service.problem.v1" and datetime.datetime.now() < deadline:
        type_, reply = matching.ask("matching.submit-match.v1", data, key)
    assert type_ == "matching.match-accepted-for-answers.v1", reply
    assert matching.ask("matching.submit-match.v1", data, key) == (type_, reply), "a repeat got another reply"
    type_, problem = matching.ask("matching.submit-match.v1", {"mentor": mentor["id"], "adept": mentor["id"]}, "x")
    assert (type_, problem["type"]) == ("service.problem.v1", "match/self-match"), problem
    print(reply["match"])


def broken(schema, value, path="data"):
    """Every way to break one field that the schema speaks of."""
    if "properties" in schema:
        for name, inner in schema["properties"].items():
            if name in value:
                for what, variant in broken(inner, value[name], f"{path}.{name}"):
                    yield what, {**value, name: variant}
        for name in schema.get("required", []):
            yield f"{path}.{name} is missing", {key: item for key, item in value.items() if key != name}
    elif schema.get("type") == "array":
        for what, variant in broken(schema["items"], value[0], f"{path}[0]") if value else []:
            yield what, [variant]
        if "maxItems" in schema:
            yield f"{path} is too long", value * (schema["maxItems"] + 1)
    elif schema.get("type") == "integer":
        yield f"{path} is a text", "7"
        if "maximum" in schema:
            yield f"{path} is too large", schema["maximum"] + 1
            yield f"{path} is too small", schema["minimum"] - 1
    elif schema.get("type") == "boolean":
        yield f"{path} is a text", "yes"
    else:
        yield f"{path} is a number", 7
        if "enum" in schema:
            yield f"{path} is no such choice", "no-such-choice"
        if "maxLength" in schema:
            yield f"{path} is too long", "1" * (schema["maxLength"] + 1)
        if "pattern" in schema:
            yield f"{path} has a control character", "\x01" + value[1:]


def validate(contracts, golden):
    document = load(pathlib.Path(contracts) / "asyncapi.json")
    assert document["asyncapi"] == "3.0.0"
    refused = 0
    for path in sorted(pathlib.Path(golden).glob("*.json")):
        event = load(path)
        from_json(path.read_bytes())
        schema = load(pathlib.Path(contracts) / "schemas" / path.name)
        validator(load(pathlib.Path(contracts) / "schemas" / "envelope.json")).validate(event)
        check = validator(schema)
        check.validate(event["data"])
        message = document["components"]["messages"][event["type"]]
        whole = {**copy.deepcopy(message["payload"]), "components": document["components"]}
        validator(whole).validate(event)
        for what, data in broken(schema, event["data"]):
            assert not check.is_valid(data), f"{path.name}: taken although {what}"
            assert not validator(whole).is_valid({**event, "data": data}), f"AsyncAPI takes {path.name}: {what}"
            refused += 1
    resolve_references(document, document)
    print(f"{len(list(pathlib.Path(golden).glob('*.json')))} messages taken, {refused} broken ones refused")


def resolve_references(node, document):
    if isinstance(node, dict):
        if "$ref" in node:
            target = document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
        for item in node.values():
            resolve_references(item, document)
    elif isinstance(node, list):
        for item in node:
            resolve_references(item, document)


if __name__ == "__main__":
    {"submit": submit, "validate": validate}[sys.argv[1]](*sys.argv[2:])
