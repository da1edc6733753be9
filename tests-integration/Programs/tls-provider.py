"""A provider over TLS that nobody knows: tls-provider.py CERTIFICATE KEY TROUBLE

Prints its port, and a line for each request that reaches it. It holds nothing (404), or sends the caller elsewhere while the file TROUBLE is
there (302).
"""
import http.server
import os
import ssl
import sys

context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])


class Provider(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        print("request", self.path, flush=True)
        redirects = os.path.exists(sys.argv[3])
        self.send_response(302 if redirects else 404)
        if redirects:
            self.send_header("Location", f"https://127.0.0.1:{server.server_port}/elsewhere")
        body = b'{"errors":[]}'
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
print(server.server_port, flush=True)
server.serve_forever()
