"""A mail server under the tests' control: many ports, each of which misbehaves in its own way.

    smtp_server.py FOLDER PORTS

PORTS is a JSON list of objects, one a port:

    stage, action   at this stage (greeting, hello, startTLS, login, sender, recipient, data, content) do this: a code
                    such as 451 or 550 with a text; "hang"; "drop"; "take-and-drop" (take the mail and drop the
                    connection without a word); "take-and-die" (take it, say so, and drop the connection)
    times           only so often; always where it is absent
    chance          only with this probability
    rules           a list of more of these four
    refuse          recipients that begin with this are refused with 550
    tls             "starttls" or "smtps", with the certificate named by `certificate`: good, self-signed, expired, other
    login           [user, password]: required where it is there
    ascii           so many connections are offered no SMTPUTF8

It writes `authority.pem` into FOLDER, appends each MAIL that it is told to `senders.jsonl` and each mail that it takes to
`taken.jsonl` before it answers, prints the ports as a JSON list once all are open, and ends with whoever started it.
"""

import asyncio
import logging
import datetime
import email
import hashlib
import ipaddress
import json
import os
import pathlib
import random
import ssl
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

FOLDER = pathlib.Path(sys.argv[1])
NOW = datetime.datetime.now(datetime.timezone.utc)
DAY = datetime.timedelta(days=1)


def certificate(name, issuer=None, host="localhost", starts=NOW - DAY, ends=NOW + DAY):
    """Writes NAME.pem with its key; signed by itself where there is no issuer."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[1] if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(starts)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=name == "authority", path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if host:
        names = [x509.DNSName(host)] + ([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))] if host == "localhost" else [])
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    signed = builder.sign(issuer[0] if issuer else key, hashes.SHA256())
    pem = signed.public_bytes(serialization.Encoding.PEM)
    (FOLDER / f"{name}.pem").write_bytes(pem)
    (FOLDER / f"{name}.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return key, subject


def make_certificates():
    authority = certificate("authority", host=None, starts=NOW - 30 * DAY, ends=NOW + 30 * DAY)
    certificate("good", authority)
    certificate("other", authority, host="mail.example.org")
    certificate("expired", authority, starts=NOW - 20 * DAY, ends=NOW - DAY)
    certificate("self-signed")


def next_action(port, stage):
    """What the port does at this stage this time; nothing special mostly."""
    for rule in port.get("rules", []) + [port]:
        if rule.get("stage") == stage and rule.get("times", 1) > 0 and random.random() < rule.get("chance", 1):
            if "times" in rule:
                rule["times"] -= 1
            return rule["action"]
    return None


class Server(SMTP):
    """One connection of one port."""

    def __init__(self, port, *arguments, **options):
        self.port = port
        super().__init__(*arguments, **options)

    async def misbehaves(self, stage):
        """Does what the port does at this stage; True where that was the answer."""
        action = next_action(self.port, stage)
        match action:
            case None:
                return False
            case "hang":
                await asyncio.Event().wait()
            case "drop":
                self.transport.abort()
            case code:
                status = {"421": "4.3.2", "451": "4.7.1", "452": "4.2.2", "535": "5.7.8"}.get(code, "5.1.1")
                await self.push(f"{code} {status} told by the test")
        return True

    async def _handle_client(self):
        if await self.misbehaves("greeting"):
            self.transport.close()
            return
        await super()._handle_client()

    async def smtp_EHLO(self, argument):
        if not await self.misbehaves("hello"):
            await super().smtp_EHLO(argument)

    async def smtp_HELO(self, argument):
        if not await self.misbehaves("hello"):
            await super().smtp_HELO(argument)

    async def smtp_STARTTLS(self, argument):
        if not await self.misbehaves("startTLS"):
            await super().smtp_STARTTLS(argument)

    async def smtp_AUTH(self, argument):
        if not await self.misbehaves("login"):
            await super().smtp_AUTH(argument)

    async def smtp_MAIL(self, argument):
        with open(FOLDER / "senders.jsonl", "a") as log:
            log.write(json.dumps({"port": self.port["number"], "argument": argument}) + "\n")
        if not await self.misbehaves("sender"):
            await super().smtp_MAIL(argument)

    async def smtp_RCPT(self, argument):
        refused = self.port.get("refuse")
        if refused and f"<{refused}" in (argument or ""):
            await self.push("550 5.1.1 nobody of that name here")
        elif not await self.misbehaves("recipient"):
            await super().smtp_RCPT(argument)

    async def smtp_DATA(self, argument):
        if not await self.misbehaves("data"):
            await super().smtp_DATA(argument)


class Mailbox:
    """Takes what comes, and writes it down before it says so."""

    def __init__(self, port, log):
        self.port = port
        self.log = log

    async def handle_DATA(self, server, session, envelope):
        action = next_action(self.port, "content")
        if action is None or action.startswith("take"):
            self.take(envelope)
        match action:
            case None:
                return "250 2.0.0 taken"
            case "hang":
                await asyncio.Event().wait()
            case "drop" | "take-and-drop":
                server.transport.abort()
                raise ConnectionResetError
            case "take-and-die":
                await server.push("250 2.0.0 taken")
                server.transport.close()
                raise ConnectionResetError
            case code:
                return f"{code} {'4.3.0' if code < '5' else '5.6.0'} told by the test"

    def take(self, envelope):
        line = {
            "port": self.port["number"],
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "sha256": hashlib.sha256(envelope.content).hexdigest(),
            "id": email.message_from_bytes(envelope.content)["Message-ID"],
        }
        self.log.write(json.dumps(line) + "\n")
        self.log.flush()


async def main():
    ports = json.loads(sys.argv[2])
    parent = os.getppid()
    make_certificates()
    loop = asyncio.get_running_loop()
    log = open(FOLDER / "taken.jsonl", "a")
    servers = []
    for number, port in enumerate(ports):
        port["number"] = number
        context = None
        if "tls" in port:
            name = port.get("certificate", "good")
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(FOLDER / f"{name}.pem", FOLDER / f"{name}.key")

        def connection(port=port, context=context):
            options = {}
            offers = port.get("ascii", 0) <= 0
            port["ascii"] = port.get("ascii", 0) - 1
            if port.get("tls") == "starttls":
                options = {"tls_context": context, "require_starttls": True}
            if "login" in port:
                wanted = [word.encode() for word in port["login"]]

                def check(server, session, envelope, mechanism, data):
                    return AuthResult(success=[data.login, data.password] == wanted, handled=False)

                options |= {"authenticator": check, "auth_required": True, "auth_require_tls": "tls" in port}
            return Server(
                port, Mailbox(port, log), enable_SMTPUTF8=offers, hostname="localhost", timeout=60, loop=loop, **options
            )

        servers.append(
            await loop.create_server(
                connection, "127.0.0.1", 0, ssl=context if port.get("tls") == "smtps" else None, backlog=256
            )
        )
    print(json.dumps([server.sockets[0].getsockname()[1] for server in servers]), flush=True)
    while os.getppid() == parent:
        await asyncio.sleep(0.5)


# What a test breaks on purpose is not reported, and what hangs is not waited for.
warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
loop = asyncio.new_event_loop()
loop.set_exception_handler(lambda *_: None)
loop.run_until_complete(main())
os._exit(0)
