"""Searches every file of a folder for texts, however their bytes are written: both normal forms, in any case, as
UTF-8, UTF-16 or Latin-1; in JSON escapes, encoded words, quoted-printable, base64 and compressed streams.

Usage: raw_search.py FOLDER [--except FOLDER-BELOW] TEXT...
Prints "FILE: TEXT (how)" for each file and text that was found.
"""

import base64
import os
import re
import sys
import unicodedata
import zlib

DEPTH = 3


def json_unescaped(data: bytes):
    if b"\\" not in data:
        return

    def character(match):
        return chr(int(match.group(1), 16)).encode("utf-8", "surrogatepass")

    def pair(match):
        high, low = int(match.group(1), 16), int(match.group(2), 16)
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)).encode()

    text = re.sub(rb"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})", pair, data)
    text = re.sub(rb"\\u([0-9a-fA-F]{4})", character, text)
    yield "json", re.sub(rb"\\([\"\\/])", rb"\1", text)


def unquoted(data: bytes):
    if b"=" not in data:
        return
    joined = re.sub(rb"\?=\s+=\?[^?\s]+\?[qQ]\?", b"", data)
    for text in {data, joined}:
        text = re.sub(rb"=\r?\n", b"", text)
        text = re.sub(rb"=([0-9A-Fa-f]{2})", lambda match: bytes([int(match.group(1), 16)]), text)
        yield "quoted-printable", text
        yield "encoded words", text.replace(b"_", b" ")


def unbased(data: bytes):
    for match in re.finditer(rb"[A-Za-z0-9+/_-]{8,}(?:\r?\n[A-Za-z0-9+/_-]+)*={0,2}", data):
        code = re.sub(rb"\s", b"", match.group(0)).rstrip(b"=")
        for start in range(4):
            part = code[start:]
            try:
                yield "base64", base64.b64decode(part + b"=" * (-len(part) % 4), altchars=b"-_" if b"_" in part else None)
            except ValueError:
                pass


def inflated(data: bytes):
    for pattern, window in ((rb"\x1f\x8b\x08", 31), (rb"\x78[\x01\x5e\x9c\xda]", 15)):
        for match in re.finditer(pattern, data):
            try:
                yield "compressed", zlib.decompressobj(window).decompress(data[match.start():], 10_000_000)
            except zlib.error:
                pass


def views(data: bytes, how: str, depth: int, seen: set):
    key = hash(data)
    if key in seen or not data:
        return
    seen.add(key)
    yield how, data
    if depth == 0:
        return
    for decode in (json_unescaped, unquoted, unbased, inflated):
        for name, decoded in decode(data):
            yield from views(decoded, f"{how}, {name}", depth - 1 if decode is not unbased else 0, seen)


def spellings(text: str):
    for form in ("NFC", "NFD"):
        for word in (text, text.lower(), text.upper()):
            word = unicodedata.normalize(form, word)
            yield word.encode("utf-8")
            yield word.encode("utf-16-le")
            if form == "NFC":
                yield word.encode("latin-1", "ignore")


def main() -> int:
    folder, texts = sys.argv[1], sys.argv[2:]
    passed_over = texts[1] if texts[0] == "--except" else None
    if passed_over:
        texts = texts[2:]
    wanted = [(text, set(spellings(text))) for text in texts]
    files = 0
    for directory, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != passed_over]
        for name in names:
            path = os.path.join(directory, name)
            if not os.path.isfile(path):
                continue
            files += 1
            with open(path, "rb") as file:
                data = file.read()
            found = set()
            for how, view in views(data, "raw", DEPTH, set()):
                for text, forms in wanted:
                    if text not in found and any(form in view for form in forms):
                        found.add(text)
                        print(f"{os.path.relpath(path, folder)}: {text} ({how})")
    print(f"searched {files} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
