import DockerEngine

extension Engine {
    /// Reads the disk, in qcow2, of an image that the recipe `guest` made.
    ///
    /// - Parameter labels: the labels of the container that it is read from, which is never started.
    package func guestDisk(of image: String, labels: [String: String]) async throws -> [UInt8] {
        var configuration = ContainerConfiguration(image: image, command: ["true"])
        configuration.labels = labels
        configuration.host.networkMode = "none"
        return try await withContainer(configuration) { container in
            try await readFile("/guest/guest.qcow2", of: container)
        }
    }
}
