import Applying
import Cryptography
import DockerEngine
import Layouts
import Model
import Observing

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
    /// - Parameter tool: the tool that reads it, for the name of the container that it is read from.
    package func guestDisk(for tool: String) async throws -> [UInt8] {
        try await session.guestDisk(of: try image(ofTool: "guest").name, for: tool)
    }
}

extension Session {
    /// Reads the disk, in qcow2, of an image that the recipe `guest` made, from a container that is never started.
    package func guestDisk(of image: String, for tool: String) async throws -> [UInt8] {
        var configuration = ContainerConfiguration(image: image, command: ["true"])
        configuration.host.networkMode = "none"
        return try await withContainer(ofTool: tool, configuration) { container in
            try await engine.readFile("/guest/guest.qcow2", of: container)
        }
    }

    /// Creates a container of a tool, by whose labels and name it is known as the environment's, for `body`, which may
    /// start it; it is removed afterwards with its anonymous volumes, also where `body` throws.
    package func withContainer<Result: Sendable>(
        ofTool tool: String, _ configuration: ContainerConfiguration, _ body: (String) async throws -> Result
    ) async throws -> Result {
        var configuration = configuration
        configuration.labels = labels(ofTool: tool)
        let start = ObservedContainer.toolNamePrefix(environment: environment.name, tool: tool)
        let container = try await engine.createContainer(
            name: start + (try SecretGenerator.hex(digits: 12)), configuration)
        do {
            let result = try await body(container)
            try await DockerHost(engine).remove(container, known: nil)
            return result
        } catch {
            // A task of its own, since this one may be cancelled.
            await Task { try? await DockerHost(engine).remove(container, known: nil) }.value
            throw error
        }
    }

    /// Removes the containers of a tool that runs which were killed have left. The caller has the environment's lock.
    package func removeContainers(ofTool tool: String) async throws {
        let labels = labels(ofTool: tool).map { "\($0.key)=\($0.value)" }
        let ownership = ContainerOwnership(environment: environment.name)
        for container in try await engine.containers(filters: ["label": labels]) where ownership.isOwn(container) {
            try await DockerHost(engine).remove(container.id, known: nil)
        }
    }

    private func labels(ofTool tool: String) -> [String: String] {
        [
            Labels.environment: environment.name, Labels.role: ObservedContainer.Role.client.rawValue,
            Labels.member: tool,
        ]
    }
}
