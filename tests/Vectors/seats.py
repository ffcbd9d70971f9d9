"""Makes seats.json: digests, keys and bytes of the calls about seats, computed without the code that they test."""
import hashlib
import json
import pathlib


def tagged(tag, *parts):
    data = bytes([len(tag)]) + tag
    for part in parts:
        data += len(part).to_bytes(4, "big") + part
    return hashlib.sha256(data).digest()


def varint(value):
    out = b""
    while value >= 128:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def number(field, value):
    return varint(field << 3) + varint(value)


def chunk(field, value):
    return varint(field << 3 | 2) + varint(len(value)) + value


def big(value):
    return value.to_bytes(8, "big")


def fill(value):
    return bytes([value]) * 32


chain, head = fill(1), fill(2)
alice, bob, carol = fill(0x10), fill(0x20), fill(0x30)
key_a, key_b, key_c = fill(0x41), fill(0x42), fill(0x43)
signature = bytes([7]) * 64


def set_hash(*seats):
    return tagged(b"ledger/v1/validators", *[part for seat in seats for part in seat])


old = set_hash((alice, key_a), (bob, key_b))
new = set_hash((bob, key_b), (carol, key_c))
replace = (number(1, 4) + chunk(2, carol) + chunk(3, key_c) + chunk(4, signature) + chunk(6, alice))
rotate = (number(1, 3) + chunk(2, bob) + chunk(3, key_c) + chunk(4, signature) + chunk(5, key_b))
mark = (chunk(2, key_b) + number(3, 9) + chunk(4, head) + chunk(5, signature))
raw = {
    "proposal": bytes([0x09]) + big(3),
    "proposer": bytes([0x0a]) + alice,
    "set": bytes([0x0b]) + big(2),
    "voteKey": bytes([0x0c]) + alice + big(1),
    "claim": bytes([0x0d]) + key_a,
}
vectors = {
    "oldSet": old.hex(),
    "newSet": new.hex(),
    "voteKeyDigest": tagged(b"ledger/v1/vote-key", chain, carol).hex(),
    "readyDigest": tagged(b"ledger/v1/ready", chain, big(5), old, new, big(9), head).hex(),
    "propose": chunk(12, chunk(1, replace) + chunk(1, rotate)).hex(),
    "vote": chunk(13, number(1, 3) + number(2, 1)).hex(),
    "rotate": chunk(14, chunk(1, key_b) + chunk(2, key_c) + chunk(3, signature)).hex(),
    "activate": chunk(15, number(1, 3) + number(2, 5) + chunk(3, old) + chunk(4, new) + chunk(5, mark)).hex(),
    "accuse": chunk(7, chunk(1, alice)).hex(),
    "revoke": chunk(8, chunk(1, alice) + number(2, 2) + number(3, 1)).hex(),
    "setInstance": (chunk(1, number(1, 12)) + number(2, 1) + chunk(3, new)
                    + chunk(4, chunk(1, bob) + chunk(2, key_b)) + chunk(4, chunk(1, carol) + chunk(2, key_c))).hex(),
    "claimValue": (chunk(1, alice) + number(2, 1)).hex(),
    "keys": {name: {"raw": value.hex(), "hash": tagged(b"ledger/v1/state-key", value).hex()}
             for name, value in raw.items()},
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(vectors, indent=2) + "\n", encoding="utf-8")
