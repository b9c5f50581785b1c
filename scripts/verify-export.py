#!/usr/bin/env python3
"""Checks every byte of a duban ledger export, with the Python standard library only.

    verify-export.py FILE [--key VKEY]

It shares no code with duban: it is written from docs/ledger-format.md, RFC 6962, RFC 8032 and
c2sp.org. One line says the result; exit 0 when every byte is right, 1 when not.
"""

import argparse
import base64
import binascii
import hashlib
import json
import re
import sys

FORMAT = "duban-ledger-export v1"
ALGORITHM = "alg sha256-rfc6962"
MAXIMUM_LINE = 4 << 20
MAXIMUM_NOTE = 64 << 10
MAXIMUM_DEPTH = 32
LARGEST = 2**53 - 1


class Problem(Exception):
    """Place and what of the first thing that is wrong."""


# Ed25519 verification (RFC 8032 section 5.1.7), points in extended coordinates.

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def compress(point):
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def decompress(data):
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = decompress((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signature(public, message, signature):
    point = decompress(public)
    s = int.from_bytes(signature[32:], "little")
    if point is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    minus = (P - point[0], point[1], point[2], P - point[3])
    return compress(add(multiply(s, BASE), multiply(h, minus))) == signature[:32]


# Canonical leaves.


def is_canonical(leaf):
    try:
        value = json.loads(leaf.decode("utf-8"), parse_float=refuse, parse_constant=refuse)
        check(value, 0)
        text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return value if text.encode("utf-8") == leaf else None
    except (ValueError, RecursionError):  # includes what is no JSON and what is no UTF-8
        return None


def refuse(text):
    raise ValueError(text)


def check(value, depth):
    if isinstance(value, (dict, list)) and depth >= MAXIMUM_DEPTH:
        raise ValueError("too deep")
    if isinstance(value, dict):
        for key, member in value.items():
            if not re.fullmatch(r"[A-Za-z0-9_.-]+", key):
                raise ValueError(key)
            check(member, depth + 1)
    elif isinstance(value, list):
        for element in value:
            check(element, depth + 1)
    elif value is None or (isinstance(value, int) and abs(value) > LARGEST):
        raise ValueError(value)


# The tree.


def append(frontier, size, leaf_hash):
    node = leaf_hash
    while size & 1:
        node = hashlib.sha256(b"\x01" + frontier.pop() + node).digest()
        size >>= 1
    frontier.append(node)


def root(frontier):
    if not frontier:
        return hashlib.sha256(b"").digest()
    node = frontier[-1]
    for left in reversed(frontier[:-1]):
        node = hashlib.sha256(b"\x01" + left + node).digest()
    return node


# Keys, notes, the file.


def strict_base64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if base64.b64encode(data).decode() == text else None


def parse_key(text):
    """Returns (name, id, public key) or None."""
    parts = text.split("+", 2)
    blob = strict_base64(parts[2]) if len(parts) == 3 else None
    if blob is None or len(blob) != 33 or blob[0] != 1:
        return None
    if not parts[0] or any(letter.isspace() or letter < " " for letter in parts[0]):
        return None
    key_id = hashlib.sha256(parts[0].encode() + b"\n" + blob).digest()[:4]
    return (parts[0], key_id, blob[1:]) if key_id.hex() == parts[1] else None


def parse_number(text):
    return int(text) if re.fullmatch(r"0|[1-9][0-9]{0,19}", text) else None


def read_line(file, place):
    line = file.readline(MAXIMUM_LINE + 1)
    if line and not line.endswith(b"\n"):
        raise Problem(f"{place}: cut short or longer than {MAXIMUM_LINE} bytes")
    return line


def read_header(file, pinned):
    place = "line 1, header"
    try:
        words = read_line(file, place)[:-1].decode("utf-8").split(" ")
    except UnicodeDecodeError:
        words = []
    key = parse_key(words[4]) if len(words) == 5 else None
    size = parse_number(words[3]) if len(words) == 5 else None
    if key is None or size is None or " ".join(words[:2]) != FORMAT:
        raise Problem(f'{place}: must read "{FORMAT} ORIGIN SIZE KEY" with a valid key')
    if pinned is not None and key != pinned:
        raise Problem(f"{place}: names another key than the given one")
    return words[2], size, key


def read_leaves(file, size):
    frontier, simulation = [], False
    for seq in range(size):
        place = f"line {seq + 2}, leaf {seq}"
        line = read_line(file, place)
        if line in (b"", b"\n"):
            raise Problem(f"{place}: the leaves end here, the header promises {size}")
        match = re.fullmatch(rb"(0|[1-9][0-9]*) ([0-9a-f]{64}) (.*)\n", line, re.DOTALL)
        if match is None:
            raise Problem(f'{place}: must read "NUMBER HASH LEAF"')
        number, hexadecimal, leaf = match.groups()
        if number != str(seq).encode():
            raise Problem(f"{place}: found the leaf {number.decode()} where {seq} must follow")
        leaf_hash = hashlib.sha256(b"\x00" + leaf).digest()
        if leaf_hash.hex() != hexadecimal.decode():
            raise Problem(f"{place}: the leaf's bytes do not have the hash of its line")
        value = is_canonical(leaf)
        if value is None:
            raise Problem(f"{place}: the leaf is not canonical")
        if seq == 0 and isinstance(value, dict):
            simulation = value.get("action") == "simulation"
        append(frontier, seq, leaf_hash)
    if read_line(file, f"line {size + 2}, checkpoint") != b"\n":
        raise Problem(f"line {size + 2}, checkpoint: an empty line must follow the leaves")
    return root(frontier), simulation


def check_note(note, origin, size, tree_root, key):
    name, key_id, public = key
    body = f"{origin}\n{size}\n{base64.b64encode(tree_root).decode()}\n{ALGORITHM}\n"
    start = f"{body}\n— {name} ".encode()
    if origin != name:
        raise Problem("checkpoint: the origin must be the name of the key")
    if not note.startswith(start):
        raise Problem("checkpoint: its text does not fit the header and the root of the leaves")
    rest = note[len(start) :]
    blob = strict_base64(rest[:-1].decode("utf-8", "replace"))
    if blob is None or len(blob) != 68 or blob[:4] != key_id or rest[-1:] != b"\n":
        raise Problem("checkpoint: exactly one signature line of the ledger's key must follow")
    if not is_signature(public, body.encode(), blob[4:]):
        raise Problem("checkpoint: the signature does not verify")


def verify(path, key_text):
    pinned = None
    if key_text is not None:
        pinned = parse_key(key_text)
        if pinned is None:
            raise Problem("--key: must read NAME+ID+BASE64, an Ed25519 verifier key")
    with open(path, "rb") as file:
        origin, size, key = read_header(file, pinned)
        tree_root, simulation = read_leaves(file, size)
        check_note(file.read(MAXIMUM_NOTE), origin, size, tree_root, key)
    trust = "the given key" if pinned else "the export's own key, not a given one"
    start = "SIMULATION, verified" if simulation else "verified"
    return f"{start}: {origin}, {size} leaves, root {tree_root.hex()}, signed by {trust}"


def main():
    parser = argparse.ArgumentParser(description="Check every byte of a duban ledger export.")
    parser.add_argument("file")
    parser.add_argument("--key", help="the verifier key that you trust")
    arguments = parser.parse_args()
    try:
        print(verify(arguments.file, arguments.key))
    except Problem as problem:
        sys.exit(f"damaged: {problem}")
    except OSError as error:
        sys.exit(f"cannot read {arguments.file}: {error.strerror}")


if __name__ == "__main__":
    main()
