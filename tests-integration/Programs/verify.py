"""Verifies tokens with a library that is not ours, from the key set alone.

usage: verify.py pyjwt|authlib JWKS-FILE ISSUER  <TOKENS, one a line
Prints, for each token, who it is about, or `refused` and why.
"""
import json
import sys


def with_pyjwt(text, issuer):
    import jwt

    keys = {key.key_id: key for key in jwt.PyJWKSet.from_json(text).keys}

    def verified(token):
        key = keys[jwt.get_unverified_header(token)["kid"]]
        required = {"require": ["exp", "iat", "sub"]}
        return jwt.decode(token, key.key, algorithms=[key.algorithm_name], issuer=issuer, audience="waiaas", options=required)

    return verified


def with_authlib(text, issuer):
    from authlib.jose import JsonWebKey, JsonWebToken

    keys = JsonWebKey.import_key_set(json.loads(text))
    algorithms = sorted({key["alg"] for key in json.loads(text)["keys"]})
    rules = {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": "waiaas"}, "exp": {"essential": True}}

    def verified(token):
        claims = JsonWebToken(algorithms).decode(token, keys, claims_options=rules)
        claims.validate()
        return claims

    return verified


def main():
    library, path, issuer = sys.argv[1:]
    with open(path) as file:
        verified = {"pyjwt": with_pyjwt, "authlib": with_authlib}[library](file.read(), issuer)
    for line in sys.stdin:
        try:
            print(verified(line.strip())["sub"])
        except Exception as error:
            print("refused", type(error).__name__, error)


main()
