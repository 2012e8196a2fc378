import Glibc
import HTTP
import Model
import System
import Testing

/// Requests by wrk at a steady pace, until it is stopped or 30 minutes have passed.
struct Load: Sendable {
    /// What wrk says in the end.
    struct Result: Sendable {
        let text: String
        /// How many were answered.
        let requests: Int
        /// How many were not, or with another status than 2xx and 3xx.
        let lost: Int
    }

    private let url: String
    private let folder: String
    private let name: String

    private let connections: Int

    /// - Parameters:
    ///   - perSecond: requests a second, by connections that send five of them at most.
    ///   - body: what is sent by POST; without it, the requests are GETs.
    init(
        _ url: String, perSecond: Int, headers: [String: String], body: String? = nil, name: String, in folder: String
    ) throws {
        self.url = url
        self.folder = folder
        self.name = name
        connections = max(1, perSecond / 5)
        // Every connection waits before each request, some time less than a fifth of a second, which the answer takes.
        var script = "function delay() return 150 end\n"
        if let body { script += "wrk.method = \"POST\"\nwrk.body = '\(body)'\n" }
        for (key, value) in headers { script += "wrk.headers[\"\(key)\"] = \"\(value)\"\n" }
        try Files.write(script, to: "\(folder)/\(name).lua", mode: 0o600)
    }

    func run() async throws -> Result {
        let command = "echo $$ >\(name).pid; exec wrk -t1 -c\(connections) -d30m --timeout 30s -s \(name).lua \(url)"
        let text = try await Subprocess("sh", ["-c", command], directory: folder).run().checked().outputText
        var requests = 0
        var lost = 0
        for line in text.split(separator: "\n") {
            let numbers = line.split { !$0.isNumber }.compactMap { Int($0) }
            if line.contains(" requests in ") { requests = numbers.first ?? 0 }
            if line.contains("Socket errors:") { lost += numbers.reduce(0, +) }
            if line.contains("Non-2xx or 3xx responses:") { lost += numbers.last ?? 0 }
        }
        return Result(text: text, requests: requests, lost: lost)
    }

    /// Makes wrk end and say what it counted.
    func stop() {
        let text = try? Files.readText("\(folder)/\(name).pid").filter(\.isNumber)
        if let process = text.flatMap({ pid_t($0) }) { kill(process, SIGINT) }
    }
}

/// A slow upload of an image by curl.
struct Upload: Sendable {
    private let scenario: Scenario
    /// The image's own address inside of the environment.
    private let url: String
    private let id: String
    private let speed: Int
    private let token: [(name: String, value: String)]

    /// Makes the image, still without its content, and the file `upload`.
    init(megabytes: Int, megabytesPerSecond: Int, token: String, in scenario: Scenario) async throws {
        self.scenario = scenario
        self.token = [("X-Auth-Token", token)]
        speed = megabytesPerSecond
        let create = "head -c \(megabytes)M /dev/urandom >upload"
        try await Subprocess("sh", ["-c", create], directory: scenario.folder).run().checked()
        try Files.write("X-Auth-Token: \(token)\n", to: "\(scenario.folder)/token", mode: 0o600)
        let images = "http://\(try await scenario.address(of: "haproxy1")):9292/v2/images"
        let image: Value = ["name": "upload", "disk_format": "raw", "container_format": "bare"]
        let made = try await HTTPClient().send(HTTPRequest("POST", images, headers: self.token, json: image))
        id = try #require(try made.json()["id"]?.string, "\(made.text)")
        url = "\(images)/\(id)"
    }

    /// The status of the answer.
    func run() async throws -> Int {
        let result = try await Subprocess(
            "curl",
            [
                "--silent", "--show-error", "--cacert", "clouds.yaml.ca.pem", "--limit-rate", "\(speed)M",
                "--header", "@token", "--header", "Content-Type: application/octet-stream", "--upload-file", "upload",
                "--write-out", "%{http_code}", "https://\(scenario.publicAddress):9292/v2/images/\(id)/file",
            ], directory: scenario.folder
        ).run().checked()
        return Int(result.outputText.suffix(3)) ?? 0
    }

    func isUnderWay() async throws -> Bool {
        let shown = try await HTTPClient().send(HTTPRequest("GET", url, headers: token))
        return try shown.json()["status"]?.string == "saving"
    }
}
