import Model
import Recipes

extension Layout {
    /// Problems of services whose members run a release that the wanted one does not follow: the wanted release's
    /// programs would not start on the data of the running one, or would harm it.
    package func releaseConflicts(with containers: [ObservedContainer]) -> [Problem] {
        services.flatMap { service -> [Problem] in
            let wanted = service.release
            let running = Set(containers.filter { $0.role == .member && $0.service == service.name }.map(\.release))
            return running.subtracting([wanted.name, ""]).sorted().compactMap { release in
                let place = service.declaration.release == nil ? environment.images.place : service.declaration.place
                guard let exceptions = wanted.follows[release] else {
                    return Problem(
                        at: place,
                        "\(service.name) runs release \(release), which release \(wanted.name) does not follow",
                        remedy: "go on with release \(release), or remove the environment with its data first, by "
                            + "`minke down --volumes`")
                }
                guard let reason = exceptions[service.recipeName] else { return nil }
                return Problem(
                    at: place,
                    "\(service.name) runs release \(release) and cannot change to release \(wanted.name): \(reason)",
                    remedy: "give it `image: {release: \(release)}` to keep it on that release")
            }
        }
    }
}
