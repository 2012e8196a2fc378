import Model
import TestEnvironments
import TestTools

@testable import Applying

/// An environment `cloud` of fakes on which steps are carried out. Its time passes by sleeping only.
///
/// Its first member `web1`, of service `web`, has a probe, the addresses 198.18.0.11 and 198.18.0.21, and a file
/// `web.conf` with the text `new`.
struct Trial {
    /// The host that the session works from.
    static let here = "local"

    let journal = Journal()
    let engine: FakeEngine
    let recorder: FakeRecorder
    let registrar: FakeRegistrar
    let prober: FakeProber
    let reporter = FakeReporter()
    let clock = SleepingClock()
    var contents = FakeContents()
    var desired = DesiredState.withNetwork(environment: "cloud")
    var observed = Observation(here: Trial.here)
    var hosts: [String: any HostEngine]
    var width = 6

    init() {
        engine = FakeEngine(journal)
        recorder = FakeRecorder(journal)
        registrar = FakeRegistrar(journal)
        prober = FakeProber(journal)
        hosts = [Trial.here: engine]
        add("web1")
        desired.members[0].specification.addresses = [IPv4Address(198, 18, 0, 11), IPv4Address(198, 18, 0, 21)]
        give("web.conf", "new", to: "web1")
    }

    // MARK: Members

    /// Adds a member, whose service has its name without the last digit.
    mutating func add(_ name: String) {
        var specification = ContainerSpecification()
        specification.image = "minke/\(name.dropLast())"
        var member = DesiredMember(
            identity: MemberIdentity(region: "one", host: Trial.here, environment: "cloud", member: name),
            service: String(name.dropLast()), recipe: String(name.dropLast()), specification: specification)
        member.digest = "wanted"
        member.probe = Probe(
            method: .tcp(port: 80, send: nil, expect: nil), timeout: .seconds(1), within: .seconds(5))
        desired.members.append(member)
    }

    subscript(name: String) -> DesiredMember {
        get { desired.members.first { $0.name == name } ?? desired.members[0] }
        set { desired.members = desired.members.map { $0.name == name ? newValue : $0 } }
    }

    /// Gives a member a wanted file.
    mutating func give(_ path: String, _ text: String, to name: String) {
        contents.files[name, default: []].append(Self.file(path, text))
        self[name].files.append(FileDigest(path: path, digest: "digest of \(text)"))
        self[name].specification.hasFiles = true
    }

    static func file(_ path: String, _ text: String) -> RenderedFile {
        RenderedFile(path: path, text: text, mode: 0o640, owner: 42, cost: .reload)
    }

    /// Adds a container of a member, with files that its process has read and that are recorded.
    mutating func addContainer(
        _ id: String, of name: String, slot: Slot = .a, state: ObservedContainer.State = .running,
        files: [String: String]? = nil
    ) {
        var container = ObservedContainer(
            id: id, name: slot.containerName(environment: "cloud", member: name), host: "local")
        container.member = name
        container.service = String(name.dropLast())
        container.slot = slot
        container.state = state
        if let files {
            container.manifest = Manifest(
                files: files.mapValues { "digest of \($0)" }, entries: [:], parts: self[name].specification.parts)
        }
        observed.containers.append(container)
        let known = (files ?? [:]).map { path, text in
            (path, ContainerFile(path: path, text: text, mode: 0o640, owner: 42))
        }
        let there = FakeEngine.Container(
            name: container.name, state: state, files: Dictionary(known, uniquingKeysWith: { first, _ in first }))
        engine.change(id) { $0 = there }
    }

    /// Puts `web1` behind a front that runs in the container `front`.
    mutating func addFront() {
        add("front1")
        self["front1"].isFront = true
        addContainer("front", of: "front1")
        self["web1"].backends = ["pool"]
    }

    // MARK: Running

    func run(_ steps: [Step]) async throws {
        var executor = Executor(
            plan: Plan(environment: "cloud", here: Self.here, steps: steps), desired: desired, observed: observed,
            contents: contents,
            hosts: hosts, recorder: recorder, registrar: registrar, prober: prober, reporter: reporter)
        executor.width = width
        executor.clock = clock
        executor.attacher = FakeAttacher(journal: journal)
        try await executor.run()
    }

    func run(_ action: Action) async throws { try await run([Self.step(action)]) }

    static func step(_ action: Action, after: [Int] = []) -> Step {
        Step(action, reason: "test", after: after, host: Trial.here)
    }

    /// The error of a type with which a step fails; nil where it succeeds or fails with something else.
    func failure<Failure: Error>(_ type: Failure.Type, of action: Action) async -> Failure? {
        await thrown(ApplyFailure.self) { try await run(action) }?.failed.first?.1 as? Failure
    }

    /// The lines of the journal that are about the engine's and the prober's deeds, not about records.
    var deeds: [String] {
        journal.lines.filter { line in !["record ", "forget "].contains { line.hasPrefix($0) } }
    }
}
