"""Refreshes with Authlib's OAuth2Session as it comes, three times over, then asks and revokes.

usage: refresh.py URL ACCESS-TOKEN REFRESH-TOKEN [CLIENT-ID [CLIENT-SECRET [METHOD]]]
Prints the access tokens, one a line.
"""
import sys

from authlib.integrations.requests_client import OAuth2Session


def main():
    url, access, refresh, *client = sys.argv[1:]
    client_id, secret, method = (client + [None] * 3)[:3]
    token = {"access_token": access, "refresh_token": refresh, "token_type": "Bearer", "expires_at": 1}
    session = OAuth2Session(
        client_id, secret, token=token, token_endpoint=f"{url}/oauth2/token", **({"token_endpoint_auth_method": method} if method else {})
    )
    # It sees by itself that the token has ended, and refreshes before the request.
    print(session.get(f"{url}/api/auth/me").json()["subject"])
    print(session.token["access_token"])
    for _ in range(2):
        print(session.refresh_token(f"{url}/oauth2/token")["access_token"])
    if secret:
        facts = session.introspect_token(f"{url}/oauth2/introspect", session.token["access_token"]).json()
        assert facts["active"] and facts["client_id"] == client_id, facts
        own = OAuth2Session(client_id, secret).fetch_token(f"{url}/oauth2/token", grant_type="client_credentials")
        print(own["access_token"])
    answer = session.revoke_token(f"{url}/oauth2/revoke", session.token["refresh_token"])
    assert answer.status_code == 200, answer.text
    assert session.request("GET", f"{url}/api/auth/me", withhold_token=False).status_code == 401


main()
