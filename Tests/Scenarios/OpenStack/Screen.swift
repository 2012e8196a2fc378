import System
import Testing

/// The screen of an instance as a browser gets it: RFB (RFC 6143) in a WebSocket (RFC 6455), through the front and
/// Nova's proxy.
enum Screen {
    /// A Python program that opens a WebSocket to the `path` in a console's URL and waits for the first bytes of RFB.
    private static let program = """
        import base64, os, socket, ssl, sys, urllib.parse

        url = urllib.parse.urlsplit(sys.argv[1])
        path = urllib.parse.parse_qs(url.query)["path"][0]
        trust = ssl.create_default_context(cafile=sys.argv[2])
        plain = socket.create_connection((url.hostname, url.port), 20)
        with trust.wrap_socket(plain, server_hostname=url.hostname) as connection:
            connection.sendall("\\r\\n".join([
                f"GET /{path} HTTP/1.1", f"Host: {url.netloc}", f"Origin: https://{url.netloc}", "Upgrade: websocket",
                "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Protocol: binary",
                "Sec-WebSocket-Key: " + base64.b64encode(os.urandom(16)).decode(), "", ""]).encode())
            told = b""
            while b"RFB 003" not in told:
                more = connection.recv(4096)
                if not more:
                    sys.exit(f"the connection ended: {told}")
                told += more
        print("it says RFB")
        """

    /// Requires that the screen of an instance is shown to a client with its console's URL, and to no other.
    static func require(of instance: String, _ scenario: Scenario) async throws {
        let console = try await scenario.openstack("console", "url", "show", "--novnc", instance)
        let url = try #require(console["url"]?.string)
        try await scenario.minke("clouds-yaml", "--output", "clouds.yaml")
        let seen = try await look(url, scenario)
        try #require(seen.outputText.contains("it says RFB"), "\(seen.outputText)\(seen.errorText)")
        let token = try #require(url.split(separator: "token%3D").last.map(String.init))
        let wrong = url.replacing(token, with: "00000000-0000-4000-8000-000000000000")
        let refused = try await look(wrong, scenario)
        try #require(!refused.status.isSuccess && !refused.outputText.contains("it says RFB"))
    }

    private static func look(_ url: String, _ scenario: Scenario) async throws -> SubprocessResult {
        try await Subprocess(
            "/usr/bin/python3", ["-c", program, url, "clouds.yaml.ca.pem"], directory: scenario.folder,
            timeLimit: .seconds(60)
        ).run()
    }
}
