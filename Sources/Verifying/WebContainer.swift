import Clouds
import DockerEngine
import Model
import System

/// A container that serves the guest's disk over HTTP on the cloud's own network, for the tests that have Glance download
/// an image: a cloud may reach no other web server.
struct WebContainer {
    let survey: Survey
    let image: String

    /// The folder that is served, in the home of the image's user.
    private static let folder = "web"
    private static let file = "guest.qcow2"
    /// The question whether the server answers, in the image's Python.
    private static let question = "import urllib.request as web; web.urlopen('http://127.0.0.1/').read()"

    /// Runs `body` with the disk's URL; the container is removed whatever happens.
    func use<Result: Sendable>(disk: [UInt8], _ body: (String) async throws -> Result) async throws -> Result {
        let engine = survey.session.engine
        let network = survey.session.networkName
        let served = "\(SuiteContainer.folder)/\(Self.folder)"
        // Glance downloads from the standard ports only.
        var configuration = ContainerConfiguration(
            image: image, command: ["python3", "-m", "http.server", "--directory", served, "80"])
        configuration.user = "0"
        configuration.host.usesInit = true
        configuration.host.networkMode = network
        configuration.networks[network] = EndpointConfiguration()
        configuration.stopTimeout = .seconds(0)
        return try await survey.session.withContainer(ofTool: SuiteContainer.tool, configuration) { id in
            try await engine.put(
                [TarEntry(Self.folder, .directory), TarEntry("\(Self.folder)/\(Self.file)", .file(.bytes(disk)))],
                in: SuiteContainer.folder, of: id)
            try await engine.startContainer(id)
            try await wait(every: .milliseconds(200), within: .seconds(60), for: "the images' web server") {
                try await engine.exec(in: id, ExecConfiguration(["python3", "-c", Self.question])).exitCode == 0
            }
            guard let address = try await engine.inspectContainer(id).networks[network]?.address, !address.isEmpty
            else { throw SuiteFailure(what: "get an address on \(network)", said: "it has none") }
            return try await body("http://\(address)/\(Self.file)")
        }
    }
}
