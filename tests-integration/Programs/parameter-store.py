"""Parameter Store and Secrets Manager by moto, behind a witness: parameter-store.py ACCESS_KEY_ID SECRET_ACCESS_KEY [SESSION_TOKEN]

Prints its port. Each request is signed anew by botocore from what came over the wire; one whose signature is another is answered 403, and each
is printed as "equal OPERATION" or "different OPERATION".
"""
import http.client
import http.server
import sys
import threading

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from moto.server import ThreadedMotoServer

credentials = Credentials(*sys.argv[1:4])
moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
moto.start()
moto_port = moto.get_host_and_port()[1]


class AtThatTime(SigV4Auth):
    """Signs with the date of the request, and nothing of its own."""

    def add_auth(self, request):
        request.context["timestamp"] = request.headers["X-Amz-Date"]
        return self.signature(self.string_to_sign(request, self.canonical_request(request)), request)


class Witness(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        scope = self.headers["Authorization"].split("Credential=")[1].split(",")[0].split("/")
        signed = self.headers["Authorization"].split("SignedHeaders=")[1].split(",")[0].split(";")
        request = AWSRequest("POST", f"http://{self.headers['Host']}/", data=body)
        for name in signed:
            if name != "host":
                request.headers[name] = self.headers[name]
        expected = AtThatTime(credentials, scope[3], scope[2]).add_auth(request)
        operation = self.headers["X-Amz-Target"].split(".")[1]
        same = self.headers["Authorization"].endswith("Signature=" + expected) and scope[0] == sys.argv[1]
        print("equal" if same else "different", operation, flush=True)
        if not same:
            return self.answer(403, {}, b'{"__type":"InvalidSignatureException"}')
        onward = http.client.HTTPConnection("127.0.0.1", moto_port)
        onward.request("POST", "/", body, {name: value for name, value in self.headers.items()})
        answer = onward.getresponse()
        self.answer(answer.status, dict(answer.getheaders()), answer.read())

    def answer(self, status, headers, body):
        self.send_response(status)
        for name in ("Content-Type", "x-amzn-ErrorType"):
            if name in headers:
                self.send_header(name, headers[name])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


# moto loads what it needs at the first call, which takes its time.
boto3.client("ssm", region_name="eu-central-1", endpoint_url=f"http://127.0.0.1:{moto_port}", aws_access_key_id="warm", aws_secret_access_key="up",
             config=Config(read_timeout=120)).describe_parameters()
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Witness)
print(server.server_port, flush=True)
server.serve_forever()
