import DockerEngine
import Model
import Resolving
import System

extension Session {
    /// Pulls the images that the environment names and the engine lacks, where the environment names a registry.
    ///
    /// Returns whether any was pulled: what was observed before is old then.
    func pullMissingImages(_ survey: Survey, _ arguments: ParsedArguments) async throws -> Bool {
        guard !environment.images.registry.isEmpty else { return false }
        let missing = Set(survey.desired.members.map(\.specification.image))
            .filter { survey.observed.images[$0] == nil }.sorted()
        if missing.isEmpty { return false }
        let display = arguments.wantsJSON ? nil : StepDisplay(.errors)
        defer { display?.close() }
        let credentials = try RegistryCredentials.saved(for: environment.images.registry)
        for image in missing {
            let step = display?.begin("pull \(image)")
            do {
                try await engine.pullImage(ImageReference(image), credentials: credentials)
            } catch {
                if let step { display?.end(step, .failed(error)) }
                throw error
            }
            if let step { display?.end(step) }
        }
        return true
    }
}
