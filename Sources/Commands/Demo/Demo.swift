import Applying
import Clouds
import CommandLine
import Cryptography
import HTTP
import Layouts
import Model
import OpenStack
import System

extension CommandDefinition {
    static let demo = CommandDefinition(
        "demo",
        summary: "Start an instance in the running cloud and log in to it, or remove what that made",
        discussion: """
            Makes an image, a flavor, a key pair, a security group, an external and a tenant network, a router, an \
            instance with a config drive and a floating IP, each where it is missing; then waits until the guest \
            says on its console that it is ready, and logs in over ssh from this host. It can be interrupted and run \
            again: what was made is found by its mark and goes on being used.

            The image is the catalogue's own guest, a few MB, unless --image names another. The cloud needs the \
            services of environments/openstack.yaml, and a network that this host reaches for floating addresses.
            """,
        examples: [
            ("minke demo", "from nothing to a login; the second time, only the login"),
            (
                "minke demo --image https://download.cirros-cloud.net/0.6.3/cirros-0.6.3-x86_64-disk.img --user cirros",
                "the same with another image"
            ),
            ("minke demo --clean", "show what the demo made, and remove it when that is agreed to"),
        ],
        options: [
            .flag("clean", summary: "remove exactly what the demo made"),
            .value("image", "FILE|URL", .file, summary: "start from this image, not from the catalogue's guest"),
            .value(
                "image-format", "FORMAT", .choice(DemoImage.formats),
                summary: "the image's format; without it, what its first bytes say"),
            .value("user", "NAME", default: "root", summary: "the user whom the image lets in"),
            .value("memory", "SIZE", .size, default: "256m", summary: "the instance's memory"),
            .value(
                "public-key", "FILE", .file,
                summary: "your own key for the instance; the private one is beside it, or ssh-agent has it"),
            .value(
                "external-subnet", "CIDR", summary: "where floating addresses are; without it, the network `external`"),
            .value("external-gateway", "ADDRESS", summary: "the way from there to others"),
            .value("external-pool", "FIRST-LAST", summary: "the addresses of it that the cloud may give away"),
            .value(
                "physical-network", "NAME", default: "physnet1", summary: "what the network's agents call the cable"),
            .value("subnet", "CIDR", default: "198.19.0.0/24", summary: "the instance's own network"),
            .value(
                "wait", "DURATION", .duration, default: "5m", summary: "how long to wait for each thing that takes time"
            ),
        ],
        isResumable: true
    ) { arguments in
        let survey = try await Session(arguments).survey()
        let state = survey.session.state
        let lock = try state.store.lock(state.prefix + "demo", owner: arguments.command)
        defer { lock.release() }
        let run = try DemoRun(arguments, survey)
        return arguments.flag("clean") ? try await run.clean() : try await run.build()
    }
}

/// One run of the demo.
private struct DemoRun {
    let arguments: ParsedArguments
    let survey: Survey
    let folder: String
    let patience: DemoPatience
    let clock = ContinuousClock()

    init(_ arguments: ParsedArguments, _ survey: Survey) throws {
        self.arguments = arguments
        self.survey = survey
        folder = arguments.demoFolder(of: survey.desired.environment)
        try Files.makeDirectory(folder, mode: 0o700)
        patience = DemoPatience(limit: arguments.duration("wait") ?? .seconds(300))
    }

    func build() async throws -> ExitCode {
        let start = clock.now
        // The demo logs in at its end, so it does not begin without ssh.
        let program = try HostProgram.ssh.require()
        let key = try arguments.string("public-key").map(givenKey) ?? ownKey()
        let wishes = try arguments.demoWishes(
            environment: survey.session.environment, image: try image(), publicKey: key.text)
        let cloud = try await logIn()
        let steps = DemoSteps(display: arguments.wantsJSON ? nil : StepDisplay(.errors))
        defer { steps.close() }
        let shell = SSHClient(program: program, key: key.file, knownHosts: "\(folder)/known_hosts")
        let creation = try await DemoBuild(
            cloud: cloud, wishes: wishes, patience: patience, steps: steps, shell: shell
        ).run()
        steps.close()
        let target = DemoShellTarget(address: creation.floatingAddress, user: wishes.user, hostKeys: [])
        arguments.show(
            DemoReport(
                environment: survey.desired.environment, creation: creation, steps: steps.done,
                seconds: (clock.now - start).seconds, login: shell.words(target)))
        return .done
    }

    func clean() async throws -> ExitCode {
        let cloud = try await logIn()
        let steps = DemoSteps(display: arguments.wantsJSON ? nil : StepDisplay(.errors))
        defer { steps.close() }
        let cleaning = DemoCleaning(cloud: cloud, patience: patience, steps: steps)
        let objects = try await cloud.objects()
        try cleaning.forgetGone(objects)
        if !objects.isEmpty {
            for object in objects.reversed() { printError("remove \(object.words)") }
            try await arguments.confirm("Remove that?")
        }
        let start = clock.now
        let (removed, left) = try await cleaning.remove(objects)
        steps.close()
        arguments.show(
            DemoCleaningReport(
                environment: survey.desired.environment, removed: removed, left: left,
                seconds: (clock.now - start).seconds))
        return left.isEmpty ? .done : .failed
    }

    /// Logs in to the cloud at its public URL, as users do.
    private func logIn() async throws -> DemoCloud {
        let credentials = try Credentials(survey)
        return try DemoCloud(
            try await credentials.keystone(keepingAuthorityIn: folder), region: credentials.login.region,
            environment: survey.desired.environment, memory: survey.session.state)
    }

    private func image() throws -> DemoImage {
        let format = arguments.string("image-format")
        if let given = arguments.string("image") {
            return given.hasPrefix("http://") || given.hasPrefix("https://")
                ? .url(given, format: format, folder: folder) : try .file(given, format: format)
        }
        let recipe = "guest"
        let environment = survey.session.environment
        let release = environment.images.release ?? survey.catalog.defaultRelease?.name ?? ""
        let name = imageName(
            recipe: recipe, registry: environment.images.registry, prefix: environment.images.prefix,
            release: release, version: environment.images.version)
        guard let image = survey.observed.images[name] else {
            throw Problems(
                "image \(name) is missing", remedy: "build it with `minke build \(recipe)`, or name another by --image")
        }
        let labels = [
            Labels.environment: environment.name, Labels.role: ObservedContainer.Role.client.rawValue,
            Labels.member: "demo",
        ]
        return .guest(engine: survey.session.engine, image: name, id: image.id, labels: labels, format: format)
    }

    /// The demo's own key, which is made where it is missing.
    private func ownKey() throws -> (file: String?, text: String) {
        let file = "\(folder)/id_ecdsa"
        if !Files.exists(file) { try Files.write(SSHKey.generate().privatePEM, to: file, mode: 0o600) }
        return (file, try SSHKey(privatePEM: Files.readText(file)).publicText)
    }
}

/// The text of a given public key, and the file of its private key; nil where that is not beside it, as an agent may
/// have it.
private func givenKey(_ publicFile: String) throws -> (file: String?, text: String) {
    let text = try readPublicKey(publicFile)
    let privateFile = publicFile.hasSuffix(".pub") ? String(publicFile.dropLast(4)) : nil
    return (privateFile.flatMap { Files.exists($0) ? $0 : nil }, text)
}

/// The first two words of a public key's file, as `ssh-ed25519 AAAA...`; the demo adds its own comment.
func readPublicKey(_ file: String) throws -> String {
    let text = try withGivenFiles { try Files.readGivenText(file) }
    let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" || $0.isNewline }).map(String.init)
    guard words.count >= 2, words[0].hasPrefix("ssh-") || words[0].hasPrefix("ecdsa-"), words[1].hasPrefix("AAAA")
    else {
        throw Problems(
            "\(file) is no public key", remedy: "give a file such as ~/.ssh/id_ed25519.pub, which ssh-keygen writes")
    }
    return "\(words[0]) \(words[1])"
}
