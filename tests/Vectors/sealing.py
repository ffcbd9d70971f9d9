"""Golden values of what rests sealed, from docs/erasure.md alone. Run: python3 sealing.py > sealing.json
Needs the package cryptography."""
import hashlib
import hmac
import json

from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def hkdf(secret, purpose):
    drawn = hmac.new(bytes(32), secret, hashlib.sha256).digest()
    return hmac.new(drawn, purpose.encode() + b"\x01", hashlib.sha256).digest()


def digest(key, kind, text):
    return hashlib.sha256(key + bytes([kind]) + text.encode()).digest()[:16]


secret = bytes(range(32))
wrapping = hkdf(secret, "learning-ledger records: wrapping 1")
index = hkdf(secret, "learning-ledger records: index 1")
persons = hkdf(secret, "learning-ledger records: persons 1")
person = digest(persons, 0, "https://lms.example.org|anna")
key_id = 0x0102030405060708
key = bytes([5] * 32)
nonce = bytes([7] * 12)
row = key_id.to_bytes(8, "big")
head = b"\x01" + row
vectors = {
    "digest": digest(index, 3, "anna äß"),
    "person": person,
    "wrapped": nonce + AESGCM(wrapping).encrypt(nonce, key, row + person),
    "value": head + nonce + AESGCM(key).encrypt(nonce, b"content", head + b"copies 1"),
}
print(json.dumps({name: value.hex() for name, value in vectors.items()}, indent=2))
