"""A slow upload of a file by PUT: python3 upload.py URL FILE BYTES_PER_SECOND AUTHORITY TOKEN_FILE

Prints the status of the answer. curl could do the same, but its limit of the rate takes half a processor.
"""
import http.client
import os
import ssl
import sys
import time
import urllib.parse

address, path, rate, authority, token = sys.argv[1:]
url = urllib.parse.urlsplit(address)
connection = http.client.HTTPSConnection(
    url.hostname, url.port, context=ssl.create_default_context(cafile=authority), timeout=600)
connection.putrequest("PUT", url.path)
connection.putheader("Content-Type", "application/octet-stream")
connection.putheader("Content-Length", str(os.path.getsize(path)))
with open(token) as file:
    connection.putheader("X-Auth-Token", file.read().strip())
connection.endheaders()
start, sent = time.monotonic(), 0
with open(path, "rb") as file:
    while piece := file.read(256 * 1024):
        time.sleep(max(0, start + sent / int(rate) - time.monotonic()))
        connection.send(piece)
        sent += len(piece)
print(connection.getresponse().status)
