import Applying
import Clouds
import Conformance
import DockerEngine
import Model
import System

/// A container of the catalogue's image `tempest`, on the host's network, that lives as long as a run of tests.
struct SuiteContainer {
    let survey: Survey
    let image: String

    /// The recipe whose image has the tests.
    static let recipe = "tempest"
    /// The home of the image's user.
    static let folder = "/var/lib/tempest"
    /// The folder of the configuration, in memory, so that the password is in no layer.
    static let filesFolder = DockerHost.filesFolder
    /// The file of the authority of a cloud with TLS; there is none without TLS.
    static let authorityFile = "\(folder)/ca.pem"
    /// The image's user.
    static let user = "tempest"

    init(survey: Survey) throws {
        self.survey = survey
        image = try survey.image(ofTool: Self.recipe).name
    }

    /// The tool in the names of containers.
    static let tool = "verify"

    /// Runs `body` with the container, which is removed whatever happens.
    func use<Result: Sendable>(_ body: (Running) async throws -> Result) async throws -> Result {
        let engine = survey.session.engine
        // This run has the lock, so a container that is there was left by a run that was killed.
        try await survey.session.removeContainers(ofTool: Self.tool)
        var configuration = ContainerConfiguration(image: image, command: ["sleep", "infinity"])
        configuration.host.usesInit = true
        // Endpoints and floating addresses are reached as by users on this host.
        configuration.host.networkMode = "host"
        configuration.host.tmpfs = [Self.filesFolder: "mode=755"]
        configuration.stopTimeout = .seconds(0)
        return try await survey.session.withContainer(ofTool: Self.tool, configuration) { id in
            try await engine.startContainer(id)
            return try await body(Running(engine: engine, id: id))
        }
    }

    /// The server of the image that Glance is to download.
    var web: WebContainer { WebContainer(survey: survey, image: image) }

    /// The container while it runs.
    struct Running: Sendable {
        let engine: Engine
        let id: String

        /// Lists all tests of the suite.
        func tests() async throws -> [TestName] {
            let result = try await engine.exec(
                in: id, ExecConfiguration(["tempest-tests", "list"], user: SuiteContainer.user),
                limit: .seconds(600))
            guard result.exitCode == 0 else { throw SuiteFailure(what: "list its tests", said: result.errorText) }
            return result.outputText.split(separator: "\n").compactMap { line in
                (try? JSON.parse(String(line)))?["test"]?.string.map(TestName.init)
            }
        }

        /// Gives the suite its configuration, the authority of a cloud with TLS, and the disk of a guest.
        func configure(_ text: String, authority: String?, disk: [UInt8]) async throws {
            try await put([UInt8](text.utf8), at: "\(SuiteContainer.filesFolder)/tempest.conf")
            if let authority { try await put([UInt8](authority.utf8), at: SuiteContainer.authorityFile) }
            try await put(disk, at: "\(SuiteContainer.folder)/guest.qcow2")
        }

        /// Writes a file that the suite's user alone can read, so that the password is nowhere else.
        private func put(_ content: [UInt8], at path: String) async throws {
            let command = [
                "sh", "-euc", #"umask 077; cat >"$1"; chown "$2:" "$1""#, "-", path, SuiteContainer.user,
            ]
            let result = try await engine.exec(in: id, ExecConfiguration(command, user: "0"), input: content)
            guard result.exitCode == 0 else { throw SuiteFailure(what: "take \(path)", said: result.errorText) }
        }

        /// Runs tests, and hands on their events as they come.
        ///
        /// - Parameter authorityFile: the file of the cloud's authority; nil for a cloud without TLS.
        func run(
            _ tests: [TestName], jobs: Int, authorityFile: String?,
            onEvent: @escaping @Sendable (SuiteEvent) throws -> Void
        ) async throws {
            if tests.isEmpty { return }
            var configuration = ExecConfiguration(
                ["tempest-tests", "run", "\(jobs)"], user: SuiteContainer.user,
                workingDirectory: SuiteContainer.folder)
            configuration.environment = ["TEMPEST_CONFIG_DIR": SuiteContainer.filesFolder]
            // Some tests connect by themselves, without the authority that the configuration names.
            configuration.environment["SSL_CERT_FILE"] = authorityFile
            let rest = Locked<[UInt8]>([])
            let errors = Locked("")
            let input = [UInt8](tests.map { $0.text + "\n" }.joined().utf8)
            let status = try await engine.exec(in: id, configuration, input: .bytes(input)) { chunk in
                guard chunk.channel == .output else {
                    errors.withLock { $0 = String(($0 + chunk.text).suffix(4000)) }
                    return
                }
                let lines: [String] = rest.withLock { rest in
                    rest += chunk.bytes
                    guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
                    defer { rest.removeSubrange(...end) }
                    return rest[..<end].split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
                }
                for line in lines { if let event = SuiteEvent(line: line) { try onEvent(event) } }
            }
            guard status == 0 else { throw SuiteFailure(what: "run tests", said: errors.value) }
        }
    }
}

/// An error: the suite did not do what it was asked for.
struct SuiteFailure: Error, CustomStringConvertible {
    let what: String
    let said: String

    var description: String { "the suite's container did not \(what): \(said)" }
}
