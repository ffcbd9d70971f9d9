"""Golden values of what nodes sign, written down from docs/protocol.md alone. Run: python3 node.py > node.json"""
import hashlib
import json


def part(value):
    data = value.to_bytes(8, "big") if isinstance(value, int) else value
    return len(data).to_bytes(4, "big") + data


def tagged(tag, *parts):
    name = tag.encode()
    return hashlib.sha256(bytes([len(name)]) + name + b"".join(map(part, parts))).digest()


chain = bytes(range(32))
node = bytes([7] * 32)
head = bytes([9] * 32)
body = b"a request"
request = tagged("ledger/v1/box-request", chain, body)
# Status of epoch 1 and height 5, head of 32 bytes 9, view 6, changing view: field 5 of the body (P-3).
status = bytes([0x08, 1, 0x10, 5, 0x1A, 32]) + head + bytes([0x20, 6, 0x28, 1])
consensus = bytes([0x2A, len(status)]) + status
# A disclosure of nothing: chain, learner, 16 random bytes, signed at 5 and ending at 9, words and node in order of their fields.
disclosure = (
    bytes([0x0A, 32]) + chain + bytes([0x12, 32]) + node + bytes([0x1A, 16]) + bytes([3] * 16)
    + bytes([0x20, 5, 0x28, 9, 0x32, 8]) + b"For Acme" + bytes([0x3A, 17]) + b"https://a.example"
)
vectors = {
    "freshRead": tagged("ledger/v1/fresh-read", chain, 1, b"nonce of 16 byte", 5, head, 6),
    "caller": tagged("ledger/v1/caller", chain, node, b"challenge"),
    "tlsBinding": tagged("ledger/v1/tls-binding", chain, node, 3, head),
    "boxRequest": request,
    "boxAnswer": tagged("ledger/v1/box-answer", chain, request, b"a bundle"),
    "featurePacket": tagged("ledger/v1/feature-packet", chain, b"a body"),
    "cohortRequest": tagged("ledger/v1/cohort-request", chain, body),
    "cohortAnswer": tagged("ledger/v1/cohort-answer", chain, b"a body"),
    "statusBody": consensus,
    "disclosureBody": disclosure,
    "disclosureId": tagged("ledger/v1/disclosure", chain, disclosure),
    "statusDigest": tagged("ledger/v1/consensus", chain, consensus),
}
print(json.dumps({name: value.hex() for name, value in vectors.items()}, indent=2))
