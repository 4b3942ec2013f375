"""requests-oauthlib, which raises where a granted scope is another one than was asked for."""

from oauthlib.oauth2 import BackendApplicationClient
from oauthlib.oauth2.rfc6749.errors import (
    InvalidClientError, InvalidGrantError, MismatchingStateError,
)
from requests import get
from requests_oauthlib import OAuth2Session
from story import (
    API, CLIENT_ID, CLIENT_SECRET, ISSUER, OWN_ID, OWN_SECRET, REDIRECT_URI, SCOPE,
    promise, refused, visited,
)

metadata = get(f"{ISSUER}/.well-known/openid-configuration", timeout=10).json()
token_endpoint = metadata["token_endpoint"]


def authorized():
    client = OAuth2Session(CLIENT_ID, redirect_uri=REDIRECT_URI, scope=SCOPE.split(), pkce="S256")
    url, _ = client.authorization_url(metadata["authorization_endpoint"])
    return client, visited(url)


def exchanged(client, callback, secret=CLIENT_SECRET):
    return client.fetch_token(token_endpoint, authorization_response=callback, client_secret=secret)


client, callback = authorized()
with promise("sign-in"):
    token = exchanged(client, callback)
with promise("userinfo"):
    assert client.get(metadata["userinfo_endpoint"]).json()["email"]
with promise("call"):
    assert client.get(f"{API}/cdr").status_code == 200
with promise("refresh"):
    assert "offline_access" in token["scope"], token["scope"]
    auth = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    client.refresh_token(token_endpoint, **auth)
    assert client.get(f"{API}/cdr").status_code == 200
with promise("for-itself"):
    own = OAuth2Session(client=BackendApplicationClient(OWN_ID, scope=["api/v1/Sessions:r"]))
    own.fetch_token(token_endpoint, client_id=OWN_ID, client_secret=OWN_SECRET)
    assert own.get(f"{API}/api/v1/Sessions/1").status_code == 200
with refused("used-code", InvalidGrantError):
    exchanged(client, callback)
with refused("foreign-state", MismatchingStateError):
    one, _ = authorized()
    _, other_callback = authorized()
    exchanged(one, other_callback)
with refused("wrong-secret", InvalidClientError):
    exchanged(*authorized(), secret="guess")
