import Clouds
import Model
import System

/// A run of the demo in an environment's cloud.
package struct DemoRun: Sendable {
    private let survey: Survey
    /// The folder of the demo's key, the guests that it knows, and the authority of the cloud.
    private let folder: String
    private let patience: DemoPatience

    /// - Parameter limit: the longest wait for each thing.
    package init(_ survey: Survey, folder: String, limit: Duration) throws {
        self.survey = survey
        self.folder = folder
        patience = DemoPatience(limit: limit)
        try Files.makeDirectory(folder, mode: 0o700)
    }

    /// The key of a given public file, else the demo's own, which is made where it is missing.
    ///
    /// - Throws: `Problems` where the given file holds no public key.
    package func key(_ publicFile: String?) throws -> DemoKey {
        try publicFile.map(DemoKey.given) ?? .own(in: folder)
    }

    /// The image of a given file or URL, else the catalogue's guest.
    ///
    /// - Throws: `Problems` where it is missing.
    package func image(_ given: String?, format: String?) throws -> DemoImage {
        if let given {
            return given.hasPrefix("http://") || given.hasPrefix("https://")
                ? .url(given, format: format, folder: folder) : try .file(given, format: format)
        }
        let guest = try survey.image(ofTool: "guest", otherwise: "name another by --image")
        return .guest(session: survey.session, image: guest.name, id: guest.id, format: format)
    }

    /// Makes what the wishes say and is missing, and logs in to the instance.
    ///
    /// - Parameter ssh: the file of ssh's client.
    /// - Returns: the instance with all that belongs to it, and the words of a command that logs in to it.
    /// - Throws: `DemoFailure` where the demo cannot go on, `TimedOut` where something takes too long, and errors of the
    ///   cloud's services.
    package func build(
        _ wishes: DemoWishes, key: DemoKey, ssh: String, steps: DemoSteps
    ) async throws -> (creation: DemoCreation, login: [String]) {
        let cloud = try await logIn()
        let shell = SSHClient(program: ssh, key: key.file, knownHosts: "\(folder)/known_hosts")
        let creation = try await DemoBuild(
            cloud: cloud, wishes: wishes, patience: patience, steps: steps, shell: shell
        ).run()
        let target = DemoShellTarget(address: creation.floatingAddress, user: wishes.user, hostKeys: [])
        return (creation, shell.words(target))
    }

    /// Finds what the demo made and is still there, in the order of its making, and forgets what is not.
    package func cleaning(_ steps: DemoSteps) async throws -> (cleaning: DemoCleaning, objects: [DemoObject]) {
        let cloud = try await logIn()
        let cleaning = DemoCleaning(cloud: cloud, patience: patience, steps: steps)
        let objects = try await cloud.objects()
        try await cleaning.forgetGone(objects)
        return (cleaning, objects)
    }

    /// Logs in to the cloud at its public URL, as users do.
    private func logIn() async throws -> DemoCloud {
        let credentials = try Credentials(survey)
        return try DemoCloud(
            try await credentials.keystone(keepingAuthorityIn: folder), region: credentials.login.region,
            environment: survey.desired.environment, memory: survey.session.state)
    }
}
