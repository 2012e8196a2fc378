import HTTP
import Model
import System
import Testing

/// A slow upload of an image, by upload.py.
struct Upload: Sendable {
    private let scenario: Scenario
    /// The image's URL within the environment.
    private let url: String
    private let id: String
    private let speed: Int
    private let token: [(name: String, value: String)]

    /// Creates the image, still without its content, and the file `upload`.
    init(megabytes: Int, megabytesPerSecond: Int, token: String, in scenario: Scenario) async throws {
        self.scenario = scenario
        self.token = [("X-Auth-Token", token)]
        speed = megabytesPerSecond
        let create = "head -c \(megabytes)M /dev/urandom >upload"
        try await Subprocess("sh", ["-c", create], directory: scenario.folder).run().checked()
        try Files.write("\(token)\n", to: "\(scenario.folder)/token", mode: 0o600)
        let images = "http://\(try await scenario.address(of: "haproxy1")):9292/v2/images"
        let image: Value = ["name": "upload", "disk_format": "raw", "container_format": "bare"]
        let made = try await HTTPClient().send(HTTPRequest("POST", images, headers: self.token, json: image))
        id = try #require(try made.json()["id"]?.string, "\(made.text)")
        url = "\(images)/\(id)"
    }

    /// Uploads the content and returns the status of the answer.
    func run() async throws -> Int {
        let script = "\(Places.repository)/Tests/Scenarios/Load/upload.py"
        let result = try await Subprocess(
            "/usr/bin/python3",
            [
                script, "https://\(scenario.publicAddress):9292/v2/images/\(id)/file", "upload", "\(speed << 20)",
                "clouds.yaml.ca.pem", "token",
            ], directory: scenario.folder
        ).run().checked()
        return Int(result.outputText.prefix { $0.isNumber }) ?? 0
    }

    /// Whether Glance is receiving the content.
    func isUnderWay() async throws -> Bool {
        let shown = try await HTTPClient().send(HTTPRequest("GET", url, headers: token))
        return try shown.json()["status"]?.string == "saving"
    }
}
