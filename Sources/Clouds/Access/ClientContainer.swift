import Applying
import DockerEngine
import Model
import System

/// A container of the catalogue's client image, on the environment's network, that lives as long as a command.
package struct ClientContainer: Sendable {
    private let survey: Survey
    private let image: String
    private let credentials: Credentials

    /// The recipe whose image has the clients.
    private static let recipe = "client"
    /// The file of the variables that log clients in, in memory, so that they are in no layer and no configuration.
    private static let variables = "\(DockerHost.filesFolder)/client.env"

    /// The script that the container runs: it ends after about 30 seconds without a command, since the program that
    /// would remove the container may have been killed. Only the first process and commands run by exec have no parent
    /// in the container.
    private static let life = """
        idle=0
        while [ "$idle" -lt 30 ]; do
            sleep 1
            idle=$((idle + 1))
            [ "$(cat /proc/[0-9]*/status 2>/dev/null | grep -cx 'PPid:.0')" -gt 1 ] && idle=0
        done
        exit 0
        """

    /// - Throws: `Problems` where the image is missing, or the environment is not up or has no identities.
    package init(_ survey: Survey) throws {
        self.survey = survey
        credentials = try Credentials(survey)
        image = try survey.image(ofTool: Self.recipe).name
        guard survey.observed.own.network != nil else {
            throw Problems("\(survey.session.environment.name) is not up", remedy: "run `minke up` first")
        }
    }

    /// Runs `body` with the container's engine and id, and the configuration of a command that is logged in; the
    /// container is removed whatever happens.
    ///
    /// - Parameter folder: the folder of this host that is `/work` in the container.
    package func use<Result: Sendable>(
        _ command: [String], in folder: String, _ body: (Engine, String, ExecConfiguration) async throws -> Result
    ) async throws -> Result {
        let engine = survey.session.engine
        return try await survey.session.withContainer(ofTool: Self.recipe, configuration(folder)) { id in
            try await engine.startContainer(id)
            try await putVariables(in: id, engine)
            return try await body(
                engine, id,
                ExecConfiguration(["minke-env", Self.variables] + command, user: "0", workingDirectory: "/work"))
        }
    }

    /// The configuration of the container, which only waits; commands run by exec.
    private func configuration(_ folder: String) -> ContainerConfiguration {
        var configuration = ContainerConfiguration(image: image, command: ["sh", "-c", Self.life])
        configuration.host.removesItself = true
        configuration.user = "0"
        configuration.host.usesInit = true
        configuration.host.networkMode = survey.session.networkName
        configuration.host.tmpfs = [DockerHost.filesFolder: "mode=755"]
        configuration.host.mounts = [Mount(.path(folder), at: "/work")]
        configuration.stopTimeout = .seconds(0)
        configuration.networks[survey.session.networkName] = EndpointConfiguration()
        return configuration
    }

    private func putVariables(in id: String, _ engine: Engine) async throws {
        let text = credentials.variables(inside: true, authorityFile: nil)
            .map { "\($0.name)=\($0.value)\n" }.joined()
        let write = try await DockerHost(engine).execute(
            ["sh", "-c", "umask 077 && cat > \(Self.variables)"], in: id, input: text)
        guard write.status == 0 else { throw Problems("the client's container took no login: \(write.errors)") }
    }
}
