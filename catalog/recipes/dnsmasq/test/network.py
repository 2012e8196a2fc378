"""What the test says to dnsmasq, as another machine of its network.

    network.py dns SERVER NAME [VERSION]      prints the addresses of a name, or the answer's code; VERSION asks for the
                                              server's version by its class
    network.py strange SERVER NAME            asks from an address of another network, and prints nothing
    network.py dhcp MAC                       gets an address, and prints it with its router
    network.py tftp SERVER FILE               prints a file
"""
import socket
import struct
import sys


def datagram(timeout=3):
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.settimeout(timeout)
    return made


def question(name, kind=1, group=1):
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    return struct.pack(">6H", 7, 0x100, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">2H", kind, group)


def dns(server, name, version=None):
    asked = question(name, 16, 3) if version else question(name)
    port = datagram()
    port.sendto(asked, (server, 53))
    answer = port.recv(4096)
    flags, _, count = struct.unpack(">3H", answer[2:8])
    if flags & 15 or not count:
        return f"code {flags & 15}"
    found = []
    place = len(asked)
    for _ in range(count):
        # Names in answers are two bytes that point to the question, or go on from there.
        while answer[place] and answer[place] < 192:
            place += 1 + answer[place]
        place += 2 if answer[place] else 1
        kind, _, _, size = struct.unpack(">2HIH", answer[place : place + 10])
        if kind == 1:
            found.append(socket.inet_ntoa(answer[place + 10 : place + 14]))
        place += 10 + size
    return " ".join(sorted(found))


def strange(server, name):
    port = datagram()
    port.setsockopt(socket.SOL_IP, 19, 1)  # IP_TRANSPARENT
    port.bind(("192.0.2.5", 0))
    port.sendto(question(name), (server, 53))


def dhcp(mac):
    port = datagram(5)
    port.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    port.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"eth0")
    port.bind(("", 68))
    hardware = bytes.fromhex(mac.replace(":", ""))

    def talk(kind, options=b""):
        # The flag asks for an answer to all, since nobody here has the address yet.
        head = struct.pack(">4BI2H", 1, 1, 6, 0, 99, 0, 0x8000) + bytes(16) + hardware.ljust(16, b"\0") + bytes(192)
        port.sendto(
            head + b"\x63\x82\x53\x63\x35\x01" + bytes([kind]) + options + b"\x37\x02\x01\x03\xff", ("255.255.255.255", 67))
        while True:
            answer = port.recv(4096)
            if answer[0] == 2 and answer[28:34] == hardware:
                break
        given, place = {}, 240
        while answer[place] != 255:
            given[answer[place]] = answer[place + 2 : place + 2 + answer[place + 1]]
            place += 2 + answer[place + 1]
        return answer[16:20], given

    address, given = talk(1)
    address, given = talk(3, b"\x32\x04" + address + b"\x36\x04" + given[54])
    if given[53] != b"\x05":
        return "refused"
    return f"{socket.inet_ntoa(address)} {socket.inet_ntoa(given[3])}"


def tftp(server, name):
    port = datagram()
    port.sendto(b"\0\1" + name.encode() + b"\0octet\0", (server, 69))
    answer, sender = port.recvfrom(1024)
    if answer[1] == 5:
        return "error " + answer[4:-1].decode()
    port.sendto(b"\0\4\0\1", sender)
    return answer[4:].decode()


if __name__ == "__main__":
    said = globals()[sys.argv[1]](*sys.argv[2:])
    if said is not None:
        print(said)
