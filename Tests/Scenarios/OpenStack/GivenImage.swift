import DockerEngine
import System
import Testing

/// A disk image that is not in the catalogue, on a web server of this host: the guest's, under another name.
enum GivenImage {
    /// Runs `use` with the image's URL.
    static func serve(_ scenario: Scenario, _ use: (String) async throws -> Void) async throws {
        let folder = "\(scenario.folder)/web"
        try Files.makeDirectory(folder, mode: 0o755)
        var configuration = ContainerConfiguration(image: "\(scenario.name)/guest:epoxy-latest", command: ["true"])
        configuration.labels = [Scenario.label: scenario.name]
        let container = try await scenario.engine.createContainer(
            name: nil, configuration)
        let bytes = try await scenario.engine.readFile("/guest/guest.qcow2", of: container)
        try await scenario.engine.removeContainer(container, force: true, volumes: true)
        try Files.write(bytes, to: "\(folder)/own.img", mode: 0o644)

        // The server takes a free port and writes its number to a file.
        let server = """
            import functools, http.server, sys
            handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=sys.argv[1])
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
            open(sys.argv[2], "w").write(str(server.server_port))
            server.serve_forever()
            """
        let portFile = "\(scenario.folder)/web-port"
        let running = Task {
            _ = try? await Subprocess(
                "/usr/bin/python3", ["-c", server, folder, portFile], timeLimit: .seconds(900)
            ).run()
        }
        defer { running.cancel() }
        try await scenario.eventually("the web server listens", within: .seconds(20)) {
            try Files.exists(portFile) && !Files.readText(portFile).isEmpty
        }
        try await use("http://127.0.0.1:\(try Files.readText(portFile))/own.img")
    }
}
