import Building
import DockerEngine
import HTTP
import Model
import Synchronization
import System
import TestTools
import Testing

/// An end-to-end scenario: an environment of its own on a real engine, and the program that works on it.
///
/// All objects are named after the scenario and removed at its end. The files of a failed scenario are kept in
/// `build/scenarios`.
final class Scenario: Sendable {
    /// The environment's name and the prefix of the images.
    let name: String
    /// The number of the scenario's place, from which its network and addresses are derived.
    let place: Int
    /// A temporary folder with the environment's file, the catalogue and the state.
    let folder: String
    /// The project's images that the scenario may build; nil for any.
    let images: [String]?
    let engine: Engine
    let program: String
    let diary = Diary()
    let client = OpenStackClient()

    /// Whether scenarios run that `make test` has no time for: parts of `make test-full` set `MINKE_TEST_LONG`.
    static let takesLongOnes = environmentVariable("MINKE_TEST_LONG") != nil

    /// The label of objects that a scenario itself creates on the engine, beside the program.
    static let label = "io.minke.test"
    /// The prefix of the names of all scenarios.
    static let prefix = "sc-"

    static let engineAddress =
        environmentVariable("MINKE_TEST_DOCKER_HOST") ?? environmentVariable("DOCKER_HOST")
        ?? "unix://\(EngineAddress.defaultSocket)"
    var engineAddress: String { Self.engineAddress }

    private init(name: String, place: Int, folder: String, images: [String]?) throws {
        self.name = name
        self.place = place
        self.folder = folder
        self.images = images
        engine = Engine(try EngineAddress(Self.engineAddress))
        program = try Places.program()
    }

    /// The recipes that a scenario begins with, as a copy that it may change.
    enum Recipes: String {
        /// Small services of the scenarios' own; if a scenario begins with services, their images are there.
        case tiny = "Tests/Scenarios/TinyCatalog"
        /// The project's own recipes.
        case project = "catalog"

        /// The folders of the catalogue that a scenario gets copies of.
        fileprivate var parts: [String] {
            ["options", "recipes", "releases"] + (self == .project ? ["conformance", "fragments"] : [])
        }

        /// The estimated duration, in seconds, of a scenario that never ran on this machine.
        fileprivate var usualSeconds: Double {
            switch self {
            case .tiny: 30
            case .project: 200
            }
        }
    }

    /// Runs a scenario. It begins with an environment of these services that is not up. A scenario that runs alone may
    /// restart the engine.
    ///
    /// It does not run where it passed with everything that it depends on as it is now.
    ///
    /// - Parameters:
    ///   - images: the project's images that it uses, so that its result does not depend on others; nil for any.
    ///   - seconds: the estimated duration where it never ran on this machine; nil for that of most scenarios.
    ///   - limit: the time limit, without the wait for its turn.
    ///   - suite: the file of its test.
    static func run(
        _ name: String, recipes: Recipes = .tiny, images: [String]? = nil, services: String = "", alone: Bool = false,
        expecting seconds: Double? = nil, limit: Duration = .seconds(1800), suite: String = #filePath,
        _ body: @Sendable (Scenario) async throws -> Void
    ) async throws {
        let identity = try await ScenarioIdentity.of(name, suite: suite, recipes: recipes, images: images)
        try await KeptResults.shared.once(prefix + name, identity) {
            try await runAnyhow(
                name, recipes, images: images, services: services, alone: alone, expecting: seconds, limit: limit, body)
        }
    }

    /// Runs a scenario, whether it passed before or not.
    static func runAnyhow(
        _ name: String, _ recipes: Recipes = .tiny, images: [String]? = nil, services: String = "", alone: Bool = false,
        expecting seconds: Double? = nil, limit: Duration = .seconds(1800),
        _ body: @Sendable (Scenario) async throws -> Void
    ) async throws {
        let start = Start(recipes: recipes, images: images, services: services, seconds: seconds)
        if alone {
            try await EngineLock.shared.alone {
                try await take(name, start) { try await carryOut($0, start, $1, limit, body) }
            }
        } else {
            try await EngineLock.shared.announce {
                try await take(name, start) { fullName, place in
                    try await EngineLock.shared.share { try await carryOut(fullName, start, place, limit, body) }
                }
            }
        }
    }

    /// The recipes and services that a scenario begins with, and its estimated duration in seconds, if it is not the
    /// usual one.
    private struct Start {
        var recipes = Recipes.tiny
        var images: [String]?
        var services: String
        var seconds: Double?
    }

    /// Runs another scenario of the tiny services within this one, without a turn of its own: this one would keep its
    /// place while the other waits for one.
    func beside(_ name: String, services: String, _ body: @Sendable (Scenario) async throws -> Void) async throws {
        try await Self.perform(
            Self.prefix + name, Start(services: services), place: Turns.shared.count + place, limit: .seconds(900), body
        )
    }

    /// Takes a turn, and runs `body` with the scenario's whole name and place.
    private static func take(
        _ name: String, _ start: Start, _ body: (String, Int) async throws -> Void
    ) async throws {
        let fullName = prefix + name
        _ = networkAtFirst
        // Images are built before a place is taken, so that other scenarios can run meanwhile.
        if start.recipes == .project { _ = try await projectImages.value }
        let expected = TestDurations(folder: Places.results)[fullName] ?? start.seconds ?? start.recipes.usualSeconds
        try await Turns.shared.take(expecting: expected) { place in
            _ = try await networkAtFirst.value
            try await body(fullName, place)
        }
    }

    /// Carries a scenario out, and reports how long it took.
    private static func carryOut(
        _ fullName: String, _ start: Start, _ place: Int, _ limit: Duration,
        _ body: @Sendable (Scenario) async throws -> Void
    ) async throws {
        let clock = ContinuousClock()
        let begun = clock.now
        defer { RunReport.note(fullName, took: (clock.now - begun).seconds) }
        try await perform(fullName, start, place: place, limit: limit, body)
    }

    private static func perform(
        _ fullName: String, _ start: Start, place: Int, limit: Duration,
        _ body: @Sendable (Scenario) async throws -> Void
    ) async throws {
        try await Files.withTemporaryDirectory { folder in
            let scenario = try Scenario(name: fullName, place: place, folder: folder, images: start.images)
            do {
                try await withoutActuallyEscaping(body) { body in
                    try await withDeadline(limit, for: "the end of scenario \(fullName)") {
                        try await scenario.setUp(start.recipes, services: start.services)
                        try await body(scenario)
                    }
                }
            } catch {
                await scenario.client.cancel()
                await scenario.keepTraces(error)
                try? await scenario.removeAll()
                throw error
            }
            await scenario.client.cancel()
            if environmentVariable("MINKE_TEST_DIARY") != nil { try scenario.keepDiary() }
            try await scenario.removeAll()
        }
    }

    private func setUp(_ recipes: Recipes, services: String) async throws {
        try Files.makeDirectory(temporaryFolder)
        for part in recipes.parts {
            let source = "\(Places.repository)/\(recipes.rawValue)/\(part)"
            try await Subprocess("cp", ["-R", source, "\(catalogFolder)/"]).run().checked()
        }
        if services.isEmpty { return }
        if recipes == .tiny { try await makeImages(["ledger", "shop", "vault", "clock"]) }
        try declare(services)
    }

    // MARK: Places

    var catalogFolder: String { "\(folder)" }
    /// Writes a file of the scenario's catalogue, and makes its folder.
    func writeCatalogFile(_ path: String, _ text: String, mode: UInt32 = 0o644) throws {
        let path = "\(catalogFolder)/\(path)"
        try Files.makeDirectory(Files.folder(of: path))
        try Files.write(text, to: path, mode: mode)
    }

    var environmentFile: String { "\(folder)/environment.yaml" }
    var stateFolder: String { "\(folder)/state" }
    /// The program's folder for temporary files.
    var temporaryFolder: String { "\(folder)/temporary" }
    /// The subnet of the environment's network.
    var subnet: String { "198.18.\(160 + place).0/24" }
    /// The loopback address on which the environment publishes ports.
    var publicAddress: String { "127.18.\(place).1" }

    /// Writes the environment's file: the head that all scenarios share, and the given lines.
    func declare(_ lines: String, images: String = "", publicHost: String? = nil, tls: Bool = false) throws {
        let head = """
            name: \(name)
            images: {prefix: \(name)\(images.isEmpty ? "" : ", ")\(images)}
            network: {subnet: \(subnet)}
            public: {host: \(publicHost ?? publicAddress), address: \(publicAddress), tls: \(tls)}

            """
        try Files.write(head + lines + "\n", to: environmentFile)
        diary.add("environment.yaml:\n" + lines)
    }

    /// Edits a recipe of the scenario's catalogue, which must contain the text to replace.
    func edit(recipe: String, replacing old: String, with new: String) throws {
        let file = "\(catalogFolder)/recipes/\(recipe)/recipe.yaml"
        let text = try Files.readText(file)
        try #require(text.contains(old), "\(file)")
        try Files.write(text.replacing(old, with: new), to: file)
    }

    /// Begins a step of the scenario.
    func step(_ sentence: String) { diary.add("\n=== \(sentence)") }

    /// Polls until a condition holds, the less often the longer it takes: a check may run the program.
    func eventually(
        _ what: String, within limit: Duration = .seconds(60), _ check: () async throws -> Bool
    ) async throws {
        try await wait(
            every: .milliseconds(50), growingTo: .milliseconds(500), within: limit, for: what, until: check)
    }

    // MARK: The end

    /// Removes everything of the scenario from the engine.
    private func removeAll() async throws { try await Self.remove(prefix: name, on: engine) }

    /// The host's network before the first scenario, after objects that killed runs have left are removed.
    static let networkAtFirst = Task {
        defer { Turns.shared.open() }
        try await remove(prefix: prefix, on: Engine(try EngineAddress(engineAddress)))
        return try await HostNetwork.read(without: HostNetwork.engineBridge)
    }

    /// Removes the objects of environments whose names begin with `prefix`, and those with the label of such a
    /// scenario.
    private static func remove(prefix: String, on engine: Engine) async throws {
        func isOurs(_ labels: [String: String]) -> Bool {
            [Labels.environment, label].contains { labels[$0]?.hasPrefix(prefix) ?? false }
        }
        for container in try await engine.containers() where isOurs(container.labels) {
            // The engine may still be working on a request of a killed program.
            try await wait(every: .milliseconds(50), within: .seconds(30), for: "the end of \(container.name)") {
                try await engine.removeContainer(container.id, force: true, volumes: true)
                return true
            }
        }
        for network in try await engine.networks() where isOurs(network.labels) {
            try await engine.removeNetwork(network.id)
        }
        for volume in try await engine.volumes() where isOurs(volume.labels) {
            try await engine.removeVolume(volume.name, force: true)
        }
        for image in try await engine.images(filters: ["reference": ["\(prefix)*/*"]]) {
            for tag in image.tags where tag.hasPrefix(prefix) { try await engine.removeImage(tag, force: true) }
        }
    }

    /// Keeps the diary and the containers' logs of a failed scenario, and prints the end of the diary.
    private func keepTraces(_ error: any Error) async {
        let traces = Places.diary(of: name)
        try? Files.remove(traces)
        try? Files.makeDirectory(traces)
        diary.add("\n!!! \(error)")
        for container in (try? await engine.containers(filters: ["label": ["\(Labels.environment)=\(name)"]])) ?? [] {
            diary.add("\(container.name)  \(container.status)  \(container.image)")
            let log = (try? await engine.logs(of: container.id))?.map(\.text).joined() ?? ""
            try? Files.write(log, to: "\(traces)/\(container.name).log")
        }
        try? keepDiary()
        printError("scenario \(name) failed; its traces are in \(traces)\n" + diary.end(lines: 60))
    }

    /// Keeps the diary, with the times of all commands.
    private func keepDiary() throws {
        let traces = Places.diary(of: name)
        try Files.makeDirectory(traces)
        try Files.write(diary.text, to: "\(traces)/diary.txt")
    }
}

/// The record of a scenario's steps, commands and their output.
final class Diary: Sendable {
    private let lines = Mutex<[String]>([])

    func add(_ text: String) { lines.withLock { $0.append(text) } }

    var text: String { lines.withLock { $0.joined(separator: "\n") } + "\n" }

    func end(lines count: Int) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).suffix(count).joined(separator: "\n")
    }
}
