"""Writes records.json: an implementation of docs/records.md that shares no code with the library."""
import hashlib
import hmac
import json
from decimal import Decimal

XAPI = ["id", "timestamp", "actor", "verb", "object", "context", ("result", [
    "success", "completion", "response", "duration", ("score", ["scaled", "raw", "min", "max"])])]
CALIPER = ["id", "eventTime", "type", "profile", "actor", "action", "object", "target", "generated", "group", "membership",
           "session", "edApp"]
ADDED = {"stored", "authority", "version"}


def tagged(tag, *parts):
    name = ("ledger/v1/" + tag).encode()
    data = bytes([len(name)]) + name
    for part in parts:
        data += len(part).to_bytes(4, "big") + part
    return hashlib.sha256(data).digest()


def number(value):
    sign, digits, exponent = value.as_tuple()
    text = "".join(map(str, digits)).lstrip("0")
    exponent += len(text) - len(text.rstrip("0"))
    text = text.rstrip("0")
    if not text:
        return "0"
    point = len(text) + exponent
    if len(text) <= point <= 21:
        plain = text + "0" * (point - len(text))
    elif 0 < point <= 21:
        plain = text[:point] + "." + text[point:]
    elif -6 < point <= 0:
        plain = "0." + "0" * -point + text
    else:
        plain = text[0] + ("." + text[1:] if len(text) > 1 else "") + "e" + format(point - 1, "+d")
    return ("-" if sign else "") + plain


def canonical(value):
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(json.dumps(n, ensure_ascii=False) + ":" + canonical(value[n]) for n in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, Decimal):
        return number(value)
    return json.dumps(value, ensure_ascii=False)


def tree(parent, value, slots, salt):
    def leaf(pointer, content):
        slot_salt = hmac.new(salt, pointer.encode(), hashlib.sha256).digest()
        if content is None:
            return tagged("slot-pad", slot_salt)
        return tagged("slot-leaf", slot_salt, pointer.encode(), canonical(content).encode())

    absent = object()
    rest = dict(value)
    leaves = []
    for slot in slots:
        name, below = slot if isinstance(slot, tuple) else (slot, None)
        member = rest.pop(name, absent)
        pointer = parent + "/" + name
        if member is absent:
            leaves.append(leaf(pointer, None))
        elif below is None:
            salted = hmac.new(salt, pointer.encode(), hashlib.sha256).digest()
            leaves.append(tagged("slot-leaf", salted, pointer.encode(), canonical(member).encode()))
        else:
            leaves.append(tree(pointer, member, below, salt))
    leaves.append(leaf("rest:" + parent, rest or None))
    while len(leaves) & (len(leaves) - 1):
        leaves.append(tagged("slot-pad", b""))
    while len(leaves) > 1:
        leaves = [tagged("slot-node", leaves[i], leaves[i + 1]) for i in range(0, len(leaves), 2)]
    return leaves[0]


def commitment(kind, text, salt):
    value = json.loads(text, parse_int=Decimal, parse_float=Decimal)
    if kind == "xapi-statement":
        value = {name: member for name, member in value.items() if name not in ADDED}
    root = tree("", value, XAPI if kind == "xapi-statement" else CALIPER, salt)
    return canonical(value), tagged("record-commitment", kind.encode(), root)


VIEWED = """{"id":"7c0a9a7b-7f0d-4f5b-9a29-0d6f3a1c2e01","timestamp":"2019-06-03T09:15:00Z",
 "actor":{"objectType":"Agent","account":{"homePage":"https://lms.example.org","name":"student-17"}},
 "verb":{"id":"http://id.tincanapi.com/verb/viewed","display":{"en":"viewed"}},
 "object":{"id":"https://lms.example.org/course/view.php?id=2","definition":{"name":{"ja":"\\u7d71\\u8a08"}}},
 "stored":"2019-06-03T09:15:01Z","version":"1.0.3","authority":{"mbox":"mailto:lrs@example.org"}}"""
SCORED = """{"id":"7c0a9a7b-7f0d-4f5b-9a29-0d6f3a1c2e02","timestamp":"2019-06-03T10:00:00.250+09:00",
 "actor":{"mbox":"mailto:learner@example.org"},"verb":{"id":"http://adlnet.gov/expapi/verbs/scored"},
 "object":{"id":"https://lms.example.org/mod/quiz/9"},"context":{"language":"en"},
 "result":{"success":true,"completion":false,"response":"a\\"b\\n\\u20ac","duration":"PT4M",
  "score":{"scaled":0.50,"raw":5.0e1,"min":0,"max":1E2},
  "extensions":{"https://example.org/x":[0.1000000000000000055,1e-7,123456789012345678901234]}},
 "attachments":[]}"""
EMPTY_RESULT = """{"id":"7c0a9a7b-7f0d-4f5b-9a29-0d6f3a1c2e03","timestamp":"2019-06-03T10:00:00Z",
 "actor":{"mbox":"mailto:learner@example.org"},"verb":{"id":"http://adlnet.gov/expapi/verbs/attempted"},
 "object":{"id":"https://lms.example.org/mod/quiz/9"},"result":{}}"""
EXTRA_SCORE = EMPTY_RESULT.replace('"result":{}', '"result":{"score":{"raw":-0.0,"other":"\\ud83d\\ude00","\\ufb33":1}}')
NAVIGATED = """{"@context":"http://purl.imsglobal.org/ctx/caliper/v1p1","id":"urn:uuid:ff9ec22a-fc59-4ae1-ae8d-2c9463ee2f8f",
 "type":"NavigationEvent","actor":{"id":"https://example.edu/users/554433","type":"Person"},"action":"NavigatedTo",
 "object":{"id":"https://example.edu/terms/201801/courses/7/sections/1/pages/2","type":"WebPage"},
 "eventTime":"2018-11-15T10:15:00.000Z","edApp":"https://example.edu","version":"kept",
 "extensions":{"\\u20ac":1,"\\ud83d\\ude00":2,"\\ufb33":3,"a":4}}"""


def main():
    cases = [("viewed", "xapi-statement", VIEWED), ("scored", "xapi-statement", SCORED),
             ("empty result", "xapi-statement", EMPTY_RESULT), ("score with another member", "xapi-statement", EXTRA_SCORE),
             ("navigated", "caliper-event", NAVIGATED)]
    vectors = []
    for name, kind, text in cases:
        salt = hashlib.sha256(name.encode()).digest()
        committed, digest = commitment(kind, text, salt)
        vectors.append({"name": name, "type": kind, "record": text, "salt": salt.hex(), "committed": committed,
                        "commitment": digest.hex()})
    key = bytes(range(32))
    identifier = b"7c0a9a7b-7f0d-4f5b-9a29-0d6f3a1c2e01"
    tag = b"ledger/v1/locator"
    message = bytes([len(tag)]) + tag + len(identifier).to_bytes(4, "big") + identifier
    locator = {"key": key.hex(), "statementId": identifier.decode(),
               "hashedId": hmac.new(key, message, hashlib.sha256).digest()[:16].hex()}
    with open("records.json", "w", encoding="utf-8") as file:
        json.dump({"records": vectors, "locators": [locator]}, file, indent=2, ensure_ascii=False)
        file.write("\n")


main()
