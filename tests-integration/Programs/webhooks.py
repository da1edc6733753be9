"""Standard Webhooks by the library of its authors, against waiaas: webhooks.py sign|verify KEY_TEXT, events as JSON lines on standard input.

verify: each line {"id", "timestamp", "signature", "body"} must be accepted. sign: each line {"id", "timestamp", "body"} is answered with the
signature. The secret is the key's text, as whsec_ and base64.
"""
import base64
import datetime
import json
import sys

from standardwebhooks.webhooks import Webhook

webhook = Webhook("whsec_" + base64.b64encode(sys.argv[2].encode()).decode())
for line in sys.stdin:
    event = json.loads(line)
    if sys.argv[1] == "sign":
        time = datetime.datetime.fromtimestamp(int(event["timestamp"]), datetime.timezone.utc)
        print(webhook.sign(event["id"], time, event["body"]))
    else:
        webhook.verify(event["body"], {
            "webhook-id": event["id"], "webhook-timestamp": event["timestamp"], "webhook-signature": event["signature"]})
        print("accepted")
