"""PyJWT, as docs/verify.md has it: an API that verifies access tokens by the published keys."""

import os

import jwt
from story import CLIENT_ID, ISSUER, promise, refused, with_other_signature

issuer = audience = ISSUER
keys = jwt.PyJWKClient(f"{issuer}/.well-known/jwks.json")


def verified(token):
    if jwt.get_unverified_header(token).get("typ") != "at+jwt":
        raise jwt.InvalidTokenError("not an access token")
    return jwt.decode(
        token,
        keys.get_signing_key_from_jwt(token).key,
        algorithms=["ES256"],
        issuer=issuer,
        audience=audience,
        options={"require": ["exp", "iss", "aud", "sub"]},
    )


access, id_token = os.environ["ACCESS_TOKEN"], os.environ["ID_TOKEN"]
with promise("access-token"):
    assert verified(access)["client_id"] == CLIENT_ID
with promise("id-token"):
    key = keys.get_signing_key_from_jwt(id_token).key
    jwt.decode(id_token, key, algorithms=["RS256"], issuer=ISSUER, audience=CLIENT_ID)
with refused("changed-token", jwt.InvalidSignatureError):
    verified(with_other_signature(access))
with refused("id-token-as-access", jwt.InvalidTokenError):
    verified(id_token)
with refused("other-audience", jwt.InvalidAudienceError):
    key = keys.get_signing_key_from_jwt(access).key
    jwt.decode(access, key, algorithms=["ES256"], audience="https://other.example")
