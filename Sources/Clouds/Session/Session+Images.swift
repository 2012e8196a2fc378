import Building
import DockerEngine
import Model
import Recipes
import System

extension Session {
    /// Pulls the images that the environment names and its hosts lack, where the environment names a registry.
    ///
    /// - Returns: whether any was pulled; an earlier observation is out of date then.
    package func pullMissingImages(_ survey: Survey, progress: any WorkProgress) async throws -> Bool {
        guard !environment.images.registry.isEmpty else { return false }
        let missing = survey.observed.hosts.flatMap { host in
            let wanted = survey.desired.members.filter { $0.identity.host == host.host }.map(\.specification.image)
            return Set(wanted).filter { host.images[$0] == nil }.sorted().map { (host: host.host, image: $0) }
        }
        if missing.isEmpty { return false }
        let credentials = try RegistryCredentials.saved(for: environment.images.registry)
        for (host, image) in missing {
            try await progress.run("pull \(image)" + (host == Environment.here ? "" : " on \(host)")) { _ in
                (try await engine(on: host).pullImage(ImageReference(image), credentials: credentials), nil)
            }
        }
        return true
    }
}
