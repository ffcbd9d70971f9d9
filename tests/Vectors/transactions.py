"""Makes transactions.json: an enrolment signed by two keys, computed without the code that it tests."""
import hashlib
import json
import pathlib

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def plus(a, b):
    k = D * a[0] * b[0] * a[1] * b[1] % P
    return ((a[0] * b[1] + b[0] * a[1]) * pow(1 + k, P - 2, P) % P,
            (a[1] * b[1] + a[0] * b[0]) * pow(1 - k, P - 2, P) % P)


def times(n, point):
    result = (0, 1)
    while n:
        if n & 1:
            result = plus(result, point)
        point = plus(point, point)
        n >>= 1
    return result


def base():
    y = 4 * pow(5, P - 2, P) % P
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    return (x if x % 2 == 0 else P - x, y)


B = base()


def encode(point):
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")


def expand(seed):
    digest = hashlib.sha512(seed).digest()
    return int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254, digest[32:]


def public(seed):
    return encode(times(expand(seed)[0], B))


def sign(seed, message):
    scalar, prefix = expand(seed)
    r = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % L
    commitment = encode(times(r, B))
    challenge = int.from_bytes(hashlib.sha512(commitment + public(seed) + message).digest(), "little") % L
    return commitment + ((r + challenge * scalar) % L).to_bytes(32, "little")


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


chain = tagged(b"ledger/v1/genesis", b"chain")
seeds = [bytes([1]) * 32, bytes([2]) * 32]
keys = [public(seed) for seed in seeds]
addresses = [tagged(b"ledger/v1/address", key) for key in keys]
enrol = chunk(1, addresses[0]) + chunk(2, addresses[1])
body = (number(1, 1) + chunk(2, bytes(range(16))) + number(3, 1_700_000_000_000)
        + b"".join(chunk(4, chunk(1, a) + chunk(2, k)) for a, k in zip(addresses, keys))
        + chunk(5, chunk(1, chunk(10, enrol))))
identity = tagged(b"ledger/v1/transaction", chain, body)
signed = chunk(1, body) + b"".join(chunk(2, sign(seed, identity)) for seed in seeds)
pathlib.Path(__file__).with_suffix(".json").write_text(
    json.dumps({"id": identity.hex(), "signed": signed.hex()}, indent=2) + "\n", encoding="utf-8")
