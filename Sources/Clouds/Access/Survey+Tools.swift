import Layouts
import Model

extension Survey {
    /// The image of a recipe that is a tool rather than a service, with its id. Throws `Problems` where it is missing.
    ///
    /// - Parameter otherwise: another remedy than building it, in words.
    package func image(ofTool recipe: String, otherwise: String? = nil) throws -> (name: String, id: String) {
        let images = session.environment.images
        let name = imageName(
            recipe: recipe, registry: images.registry, prefix: images.prefix,
            release: images.release ?? catalog.defaultRelease?.name ?? "", version: images.version)
        guard let image = observed.own.images[name] else {
            throw Problems(
                "image \(name) is missing",
                remedy: "build it with `minke build \(recipe)`" + (otherwise.map { ", or \($0)" } ?? ""))
        }
        return (name, image.id)
    }

    /// Reads the disk of the catalogue's guest, in qcow2.
    ///
    /// - Parameter tool: the tool that reads it, for the label of the container that it is read from.
    package func guestDisk(for tool: String) async throws -> [UInt8] {
        try await session.engine.guestDisk(
            of: try image(ofTool: "guest").name, labels: session.labels(ofTool: tool))
    }
}

extension Session {
    /// The labels of a tool's container, which is the environment's but no member.
    package func labels(ofTool tool: String) -> [String: String] {
        [
            Labels.environment: environment.name, Labels.role: ObservedContainer.Role.client.rawValue,
            Labels.member: tool,
        ]
    }
}
