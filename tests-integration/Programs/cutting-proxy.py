"""A connection that is cut in the middle: passes bytes on between a client and a server on this machine.

cutting-proxy.py SERVER_PORT SWITCH: prints the port it listens on. While the file SWITCH is there, the first answer to a request that writes
is thrown away and the connection closed: the server has done what was asked, and the client does not know.
"""
import os
import socket
import sys
import threading


def serve(client, server_port, switch):
    server = socket.create_connection(("127.0.0.1", server_port))
    writes = threading.Event()

    def forward():
        while data := client.recv(65536):
            if data.startswith((b"POST", b"PUT")):
                writes.set()
            server.sendall(data)
        server.close()

    threading.Thread(target=forward, daemon=True).start()
    try:
        while data := server.recv(65536):
            if writes.is_set() and os.path.exists(switch):
                os.remove(switch)
                break
            writes.clear()
            client.sendall(data)
    except OSError:
        pass
    client.close()
    server.close()


listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    connection, _ = listener.accept()
    threading.Thread(target=serve, args=(connection, int(sys.argv[1]), sys.argv[2]), daemon=True).start()
