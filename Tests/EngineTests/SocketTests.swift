import Glibc
import HTTP
import Model
import System
import TestTools
import Testing

/// HTTP over a unix socket, against a server that says what it is told to, in pieces as they come.
@Suite struct SocketTests {
    @Test(arguments: [1, 2, 7, 4096])
    func takesResponsesApartHoweverTheyCome(size: Int) async throws {
        let answers = [
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Case: Mixed \r\n\r\nhello",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\nhel\r\n2;extension=1\r\nlo\r\n0\r\nTrailer: 1\r\n\r\n",
            "HTTP/1.1 204 No Content\r\n\r\n",
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello",
        ]
        try await Server.with(answers, pieces: size) { server in
            let client = HTTPClient(HTTPSettings(unixSocket: server.path))
            var seen: [String] = []
            for _ in answers {
                let response = try await client.send(HTTPRequest("GET", "http://docker/some/path?a=b"))
                seen.append("\(response.status) \(response.text)")
            }
            #expect(seen == ["200 hello", "201 hello", "204 ", "404 ", "200 hello"])
            let beginning = "GET /some/path?a=b HTTP/1.1\r\nHost: docker\r\n"
            #expect(server.requests.value.allSatisfy { $0.hasPrefix(beginning) })
            // One connection serves them all.
            #expect(server.connections.value == 1)
        }
    }

    @Test func sendsBodies() async throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        try await Server.with([answer, answer, answer], pieces: 4096) { server in
            let client = HTTPClient(HTTPSettings(unixSocket: server.path))
            _ = try await client.send(HTTPRequest("POST", "http://docker/a"))
            _ = try await client.send(HTTPRequest("POST", "http://docker/b", json: ["c": 1]))
            let rest = Locked([Array("one".utf8), [], Array("seventeen letters".utf8)])
            let body = HTTPRequest.Body.pieces(size: nil) { rest.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
            _ = try await client.send(HTTPRequest("PUT", "http://docker/d", body: body))
            let seen = server.requests.value.map { $0.drop { $0 != "\r\n" } }
            #expect(seen.first?.hasSuffix("\r\nContent-Length: 0\r\n\r\n") == true)
            #expect(seen.dropFirst().first?.hasSuffix("\r\nContent-Length: 7\r\n\r\n{\"c\":1}") == true)
            #expect(
                seen.last?.hasSuffix(
                    "\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n11\r\nseventeen letters\r\n0\r\n\r\n") == true)
        }
    }

    @Test func opensAConnectionAnewWhereTheOldOneWasClosed() async throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        try await Server.with([answer, answer], pieces: 4096, closing: true) { server in
            let client = HTTPClient(HTTPSettings(unixSocket: server.path))
            for _ in 0..<2 {
                let response = try await client.send(HTTPRequest("GET", "http://docker/"))
                #expect(response.status == 200)
            }
            #expect(server.connections.value == 2)
        }
    }

    @Test(arguments: [
        ("", "the connection ended before a response"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", "the connection ended within the response"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", "a chunk's size is \"xyz\""),
        ("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "the response's length is \"-1\""),
        ("220 mail server\r\n\r\n", "what came is no HTTP response"),
    ])
    func saysWhatIsNoResponse(answer: String, reason: String) async throws {
        try await Server.with([answer], pieces: 4096, closing: true) { server in
            let client = HTTPClient(HTTPSettings(unixSocket: server.path))
            let failure = await thrown(HTTPFailure.self) {
                _ = try await client.send(HTTPRequest("GET", "http://docker/x"))
            }
            #expect(failure?.description == "GET http://docker/x at unix://\(server.path): \(reason)")
        }
    }

    @Test func waitsNoLongerThanItIsTold() async throws {
        try await Server.with(["HTTP/1.1 200 OK\r\n"], pieces: 4096) { server in
            let client = HTTPClient(HTTPSettings(unixSocket: server.path))
            await #expect(throws: TimedOut.self) {
                try await client.send(HTTPRequest("GET", "http://docker/", timeLimit: .milliseconds(50)))
            }
        }
    }
}

/// Answers each request with the next of its texts.
private final class Server: Sendable {
    let path: String
    let requests = Locked<[String]>([])
    let connections = Locked(0)
    private let listener: Int32

    static func with(
        _ answers: [String], pieces: Int, closing: Bool = false, _ body: (Server) async throws -> Void
    ) async throws {
        try await Files.withTemporaryDirectory { folder in
            let server = try Server(path: folder + "/socket")
            async let serving: Void = offload { server.serve(answers, pieces: pieces, closing: closing) }
            do {
                try await body(server)
                shutdown(server.listener, Int32(SHUT_RDWR))
                try await serving
            } catch {
                shutdown(server.listener, Int32(SHUT_RDWR))
                try await serving
                throw error
            }
        }
    }

    private init(path: String) throws {
        self.path = path
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0, listen(listener, 8) == 0 else { throw SystemError("listen at \(path)") }
    }

    deinit { close(listener) }

    private func serve(_ answers: [String], pieces: Int, closing: Bool) {
        var rest = answers[...]
        while true {
            let client = accept(listener, nil, nil)
            guard client >= 0 else { return }
            connections.withLock { $0 += 1 }
            while let request = receive(client) {
                requests.withLock { $0.append(request) }
                guard let answer = rest.popFirst() else { break }
                send(answer, to: client, pieces: pieces)
                if closing || answer.contains("Connection: close") { break }
            }
            close(client)
        }
    }

    /// A request with its body, whose end is told by its length or its last chunk.
    private func receive(_ client: Int32) -> String? {
        var text = ""
        while true {
            var wanted = pollfd(fd: client, events: Int16(POLLIN), revents: 0)
            // The listener is shut down when the test has ended.
            guard poll(&wanted, 1, 5000) > 0 else { return nil }
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = recv(client, &bytes, bytes.count, 0)
            guard count > 0 else { return nil }
            text += String(decoding: bytes[..<count], as: UTF8.self)
            guard let end = text.firstRange(of: "\r\n\r\n") else { continue }
            let body = text[end.upperBound...]
            if text.contains("Transfer-Encoding: chunked") {
                if body.hasSuffix("0\r\n\r\n") { return text }
            } else if let length = text.firstRange(of: "Content-Length: ") {
                let size = Int(text[length.upperBound...].prefix { $0.isNumber }) ?? 0
                if body.utf8.count >= size { return text }
            } else {
                return text
            }
        }
    }

    private func send(_ text: String, to client: Int32, pieces: Int) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(pieces))
            rest = rest.dropFirst(piece.count)
            _ = Glibc.send(client, piece, piece.count, Int32(MSG_NOSIGNAL))
        }
    }
}
