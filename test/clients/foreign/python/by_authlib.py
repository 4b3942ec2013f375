"""Authlib's OAuth 2.0 session, and its claims of an ID token."""

from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import KeySet
from story import (
    API, CLIENT_ID, CLIENT_SECRET, ISSUER, OWN_ID, OWN_SECRET, REDIRECT_URI, SCOPE,
    promise, refused, visited, with_other_signature,
)


def session(secret=CLIENT_SECRET, **more):
    return OAuth2Session(
        CLIENT_ID, secret, scope=SCOPE, redirect_uri=REDIRECT_URI, code_challenge_method="S256", **more
    )


metadata = session().get(f"{ISSUER}/.well-known/openid-configuration", withhold_token=True).json()
token_endpoint = metadata["token_endpoint"]
keys = KeySet.import_key_set(session().get(metadata["jwks_uri"], withhold_token=True).json())


def authorized(client):
    verifier, nonce = generate_token(48), generate_token(20)
    url, state = client.create_authorization_url(
        metadata["authorization_endpoint"], code_verifier=verifier, nonce=nonce
    )
    return dict(authorization_response=visited(url), code_verifier=verifier, state=state), nonce


def id_claims(token, nonce):
    decoded = jwt.decode(token["id_token"], keys, algorithms=["RS256"])
    options = {"iss": {"value": ISSUER}, "aud": {"value": CLIENT_ID}}
    params = {"nonce": nonce, "client_id": CLIENT_ID, "access_token": token["access_token"]}
    claims = CodeIDToken(decoded.claims, decoded.header, options, params)
    claims.validate(leeway=5)
    return claims


client = session(token_endpoint=token_endpoint)
answer, nonce = authorized(client)
with promise("sign-in"):
    token = client.fetch_token(token_endpoint, **answer)
    claims = id_claims(token, nonce)
with promise("userinfo"):
    told = client.get(metadata["userinfo_endpoint"]).json()
    assert told["sub"] == claims["sub"] and told["email"], told
with promise("call"):
    called = client.get(f"{API}/cdr")
    assert called.status_code == 200, called.status_code
with promise("refresh"):
    assert "offline_access" in token["scope"].split(), token["scope"]
    fresh = client.refresh_token(token_endpoint, refresh_token=token["refresh_token"])
    assert fresh["access_token"] != token["access_token"]
    assert client.get(f"{API}/cdr").status_code == 200
with promise("for-itself"):
    own = OAuth2Session(OWN_ID, OWN_SECRET, scope="api/v1/Sessions:r")
    own.fetch_token(token_endpoint, grant_type="client_credentials")
    assert own.get(f"{API}/api/v1/Sessions/1").status_code == 200
with refused("used-code", OAuthError):
    session().fetch_token(token_endpoint, **answer)
with refused("wrong-verifier", OAuthError):
    other = session()
    second, _ = authorized(other)
    other.fetch_token(token_endpoint, **{**second, "code_verifier": generate_token(48)})
with refused("wrong-secret", OAuthError):
    other = session("guess")
    second, _ = authorized(other)
    other.fetch_token(token_endpoint, **second)
with refused("changed-id-token", BadSignatureError):
    id_claims({**token, "id_token": with_other_signature(token["id_token"])}, nonce)
