import Applying
import Clouds
import CommandLine
import DockerEngine
import Layouts
import Model
import Recipes
import System

extension CommandDefinition {
    static let client = CommandDefinition(
        "client",
        summary: "Run OpenStack's own client in a container, logged in to the environment",
        discussion: """
            The container is on the environment's network and goes when the command ends. The current folder is in it \
            as /work, so that files can be sent and saved.
            """,
        examples: [
            ("minke client -- openstack token issue", "see that Keystone answers"),
            ("minke client -- openstack image create --file disk.qcow2 disk", "send a file of the current folder"),
            ("minke client -- bash", "a shell with everything at hand"),
        ],
        arguments: [.rest("command", required: true, summary: "the command and its arguments")]
    ) { arguments in
        let session = try Session(arguments)
        let survey = try await session.survey()
        let client = try ClientContainer(survey: survey)
        return .program(Int32(try await client.run(arguments.rest)))
    }
}

/// A container of the catalogue's client image that lives as long as a command.
private struct ClientContainer {
    let survey: Survey
    let image: String
    let credentials: Credentials

    /// The recipe whose image has the clients.
    static let recipe = "client"

    /// The script that the container runs: it ends after about 30 seconds without a command, as the Minke that would
    /// remove the container may have been killed. Only the first process and commands run by exec have no parent in the
    /// container.
    private static let life = """
        idle=0
        while [ "$idle" -lt 30 ]; do
            sleep 1
            idle=$((idle + 1))
            [ "$(cat /proc/[0-9]*/status 2>/dev/null | grep -cx 'PPid:.0')" -gt 1 ] && idle=0
        done
        exit 0
        """

    init(survey: Survey) throws {
        self.survey = survey
        credentials = try Credentials(survey)
        let environment = survey.session.environment
        let release = environment.images.release ?? survey.catalog.defaultRelease?.name ?? ""
        image = imageName(
            recipe: Self.recipe, registry: environment.images.registry, prefix: environment.images.prefix,
            release: release, version: environment.images.version)
        guard survey.observed.images[image] != nil else {
            throw Problems("image \(image) is missing", remedy: "build it with `minke build \(Self.recipe)`")
        }
        guard survey.observed.network != nil else {
            throw Problems("\(environment.name) is not up", remedy: "run `minke up` first")
        }
    }

    func run(_ command: [String]) async throws -> Int {
        let engine = survey.session.engine
        let environment = survey.session.environment
        // The container waits; the command runs by exec, so that the credentials are in a file and never in the
        // container's configuration.
        var configuration = ContainerConfiguration(image: image, command: ["sh", "-c", Self.life])
        configuration.host.removesItself = true
        configuration.labels = [
            Labels.environment: environment.name, Labels.role: ObservedContainer.Role.client.rawValue,
            Labels.member: "client",
        ]
        configuration.user = "0"
        configuration.host.usesInit = true
        configuration.host.networkMode = survey.session.networkName
        configuration.host.tmpfs = [DockerHost.filesFolder: "mode=755"]
        configuration.host.mounts = [Mount(.path(try Files.currentDirectory()), at: "/work")]
        configuration.stopTimeout = .seconds(0)
        configuration.networks[survey.session.networkName] = EndpointConfiguration()
        let id = try await engine.createContainer(name: nil, configuration)
        do {
            try await engine.startContainer(id)
            let status = try await execute(command, in: id, engine: engine)
            try await DockerHost(engine).remove(id, known: nil)
            return status
        } catch {
            // The container is removed after a cancellation or failure too.
            await Task { try? await DockerHost(engine).remove(id, known: nil) }.value
            throw error
        }
    }

    private func execute(_ command: [String], in id: String, engine: Engine) async throws -> Int {
        let file = "\(DockerHost.filesFolder)/client.env"
        let text = credentials.variables(inside: true, authorityFile: nil)
            .map { "\($0.name)=\($0.value)\n" }.joined()
        let host = DockerHost(engine)
        let write = try await host.execute(["sh", "-c", "umask 077 && cat > \(file)"], in: id, input: text)
        guard write.status == 0 else { throw Problems("the client's container took no files: \(write.errors)") }
        return try await engine.execInTerminal(
            in: id, ExecConfiguration(["minke-env", file] + command, user: "0", workingDirectory: "/work"))
    }
}
