"""A client of ZooKeeper for its test: client.py HOST CODE, with the certificate in /tmp/member.pem, if there is one.

CODE has create(path, data, ephemeral, sequence, rights), only(user, password) for rights, get(path), put(path, data),
names(path), gone(path), log_in(user, password). What the server refuses is an error that names its number.
"""
import base64
import hashlib
import os
import socket
import ssl
import struct
import sys

host, code = sys.argv[1:]
context = ssl.create_default_context(cafile="/tmp/ca.pem")
if os.path.exists("/tmp/member.pem"):
    context.load_cert_chain("/tmp/member.pem")
connection = context.wrap_socket(socket.create_connection((host, 2281), timeout=10), server_hostname=host)
number = 0


def text(value):
    value = value.encode() if isinstance(value, str) else value
    return struct.pack(">i", len(value)) + value


def receive():
    got, size = b"", 4
    while len(got) < size:
        piece = connection.recv(65536)
        if not piece:
            raise SystemExit("the server closes the connection")
        got += piece
        if len(got) >= 4:
            size = 4 + struct.unpack(">i", got[:4])[0]
    return got[4:]


def ask(kind, body, xid=None):
    global number
    number += 1
    connection.sendall(text(struct.pack(">2i", xid or number, kind) + body))
    answer = receive()
    error = struct.unpack(">i", answer[12:16])[0]
    if error:
        raise SystemExit(f"error {error}")
    return answer[16:]


def create(path, data, ephemeral=False, sequence=False, rights=((31, "world", "anyone"),)):
    body = text(path) + text(data) + struct.pack(">i", len(rights))
    for mask, scheme, who in rights:
        body += struct.pack(">i", mask) + text(scheme) + text(who)
    return ask(1, body + struct.pack(">i", ephemeral + 2 * sequence))[4:].decode()


def only(user, password):
    digest = base64.b64encode(hashlib.sha1(f"{user}:{password}".encode()).digest()).decode()
    return ((31, "digest", f"{user}:{digest}"),)


def get(path):
    answer = ask(4, text(path) + b"\0")
    return answer[4 : 4 + struct.unpack(">i", answer[:4])[0]].decode()


def put(path, data):
    ask(5, text(path) + text(data) + struct.pack(">i", -1))


def names(path):
    answer = ask(8, text(path) + b"\0")
    place, found = 4, []
    for _ in range(struct.unpack(">i", answer[:4])[0]):
        size = struct.unpack(">i", answer[place : place + 4])[0]
        found.append(answer[place + 4 : place + 4 + size].decode())
        place += 4 + size
    return " ".join(sorted(found))


def gone(path):
    ask(2, text(path) + struct.pack(">i", -1))


def log_in(user, password):
    ask(100, struct.pack(">i", 0) + text("digest") + text(f"{user}:{password}"), -4)


connection.sendall(text(struct.pack(">iqiq", 0, 0, 10000, 0) + text(bytes(16)) + b"\0"))
receive()
exec(code)
number += 1
connection.sendall(text(struct.pack(">2i", number, -11)))
