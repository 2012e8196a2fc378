// swift-tools-version: 6.0
import PackageDescription

// Targets are listed from the bottom layer to the top one; a target depends only on those above its own line.
// docs/architecture.md says what each is for.
let package = Package(
    name: "minke",
    products: [
        .executable(name: "minke", targets: ["minke"]),
        .library(name: "Clouds", targets: ["Clouds"]),
    ],
    targets: [
        // C libraries, found by pkg-config, and the shims for what Swift cannot call.
        // libcurl is loaded by the shims when it is needed, not linked.
        .systemLibrary(name: "CCurl"),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1"),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3"),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto"),
        .target(name: "CShims", dependencies: ["CCurl", "CCrypto"]),

        // Values, and the only place with processes, files, signals, clock.
        .target(name: "Model"),
        .target(name: "Cryptography", dependencies: ["CCrypto"]),
        .target(name: "System", dependencies: ["CShims", "Cryptography", "Model"]),

        // Texts: documents with positions, templates.
        .target(name: "Documents", dependencies: ["CYAML", "Model"]),
        .target(name: "Templates", dependencies: ["CShims", "Model"]),

        // Clients.
        .target(name: "HTTP", dependencies: ["CCurl", "CShims", "Model", "System"]),
        .target(name: "DockerEngine", dependencies: ["Cryptography", "HTTP", "Model", "System"]),
        .target(name: "OpenStack", dependencies: ["HTTP", "Model"]),
        // Tests of a cloud: lists, what they need of the cloud, reports.
        .target(name: "Conformance", dependencies: ["Documents", "HTTP", "Model", "OpenStack", "System"]),
        .target(name: "Storage", dependencies: ["CSQLite", "Model", "System"]),

        // Recipes and images.
        .target(name: "Recipes", dependencies: ["Documents", "Model", "System", "Templates"]),
        .target(
            name: "Building",
            dependencies: ["Cryptography", "DockerEngine", "HTTP", "Model", "Recipes", "System"]),

        // The engine: what is wanted, what is, what to do, doing it.
        .target(name: "Layouts", dependencies: ["Model", "Recipes"]),
        .target(
            name: "Rendering",
            dependencies: ["Cryptography", "Documents", "Layouts", "Model", "Recipes", "Templates"]),
        .target(name: "Observing", dependencies: ["DockerEngine", "Model"]),
        .target(name: "Planning", dependencies: ["Model"]),
        .target(
            name: "Applying",
            dependencies: ["Cryptography", "DockerEngine", "HTTP", "Model", "System"]),

        // The application: what can be asked of a cloud, without arguments and without a terminal.
        .target(
            name: "Clouds",
            dependencies: [
                "Applying", "Building", "Cryptography", "DockerEngine", "Documents", "HTTP", "Layouts", "Model",
                "Observing", "OpenStack", "Planning", "Recipes", "Rendering", "Storage", "System",
            ]),

        // An instance in a running cloud, with all that it needs.
        .target(
            name: "Demo",
            dependencies: ["Clouds", "Cryptography", "HTTP", "Model", "OpenStack", "Recipes", "System"]),

        // A run of OpenStack's own tests in a running cloud.
        .target(
            name: "Verifying",
            dependencies: ["Applying", "Clouds", "Conformance", "Demo", "DockerEngine", "Model", "System"]),

        // The command line: arguments, help, completion, progress, tables; then the commands.
        .target(name: "CommandLine", dependencies: ["Model", "System"]),
        .target(
            name: "Commands",
            dependencies: [
                "Applying", "Building", "Clouds", "CommandLine", "Conformance", "Demo", "DockerEngine", "Layouts",
                "Model", "Planning", "Recipes", "Rendering", "System", "Verifying",
            ]),
        // Archives that the Makefile found are linked in place of shared libraries.
        .executableTarget(
            name: "minke", dependencies: ["Commands"], linkerSettings: [.unsafeFlags(["-Lbuild/archives"])]),

        // Tests: one target a layer, and scenarios on a real engine.
        .target(name: "TestTools", path: "Tests/TestTools"),
        .target(name: "TestStorage", dependencies: ["Storage", "System"], path: "Tests/TestStorage"),
        .target(
            name: "TestEnvironments", dependencies: ["Layouts", "Model", "Recipes", "Rendering", "TestTools"],
            path: "Tests/TestEnvironments"),
        .testTarget(name: "ModelTests", dependencies: ["Model", "System", "TestTools"]),
        .testTarget(
            name: "SystemTests",
            dependencies: ["Cryptography", "Model", "Storage", "System", "TestStorage", "TestTools"]),
        .testTarget(name: "DocumentsTests", dependencies: ["Documents", "Model", "TestTools"]),
        .testTarget(name: "TemplatesTests", dependencies: ["Documents", "Model", "System", "Templates", "TestTools"]),
        .testTarget(
            name: "EngineTests",
            dependencies: ["Applying", "Cryptography", "DockerEngine", "HTTP", "Model", "System", "TestTools"]),
        .testTarget(
            name: "RecipesTests",
            dependencies: ["Building", "DockerEngine", "Documents", "Model", "Recipes", "System", "TestTools"]),
        .testTarget(name: "LayoutsTests", dependencies: ["Layouts", "Model", "Recipes", "System", "TestTools"]),
        .testTarget(
            name: "RenderingTests",
            dependencies: [
                "Cryptography", "Layouts", "Model", "Recipes", "Rendering", "System", "Templates", "TestEnvironments",
                "TestTools",
            ]),
        .testTarget(
            name: "PlanningTests", dependencies: ["Model", "Planning", "Recipes", "Rendering", "TestEnvironments"]),
        .testTarget(
            name: "ApplyingTests",
            dependencies: ["Applying", "Model", "System", "TestEnvironments", "TestTools"]),
        .testTarget(
            name: "CloudsTests",
            dependencies: [
                "Applying", "Clouds", "Cryptography", "DockerEngine", "Layouts", "Model", "Recipes", "Rendering",
                "System", "TestEnvironments", "TestStorage", "TestTools",
            ]),
        .testTarget(name: "CommandLineTests", dependencies: ["CommandLine", "Model", "System"]),
        .testTarget(
            name: "CommandsTests",
            dependencies: [
                "Clouds", "CommandLine", "Commands", "Cryptography", "Demo", "Model", "Recipes", "System", "TestTools",
            ]),
        .testTarget(name: "OpenStackTests", dependencies: ["HTTP", "Model", "OpenStack", "System", "TestTools"]),
        .testTarget(
            name: "DemoTests",
            dependencies: ["Clouds", "Cryptography", "Demo", "HTTP", "Model", "OpenStack", "System", "TestTools"]),
        .testTarget(
            name: "ConformanceTests", dependencies: ["Conformance", "Model", "OpenStack", "System", "TestTools"]),
        .testTarget(name: "ScriptsTests", dependencies: ["System"]),
        .testTarget(
            name: "Scenarios",
            dependencies: [
                "Applying", "Building", "Clouds", "Cryptography", "DockerEngine", "HTTP", "Model", "Planning",
                "Recipes", "Storage", "System", "TestTools",
            ],
            exclude: [
                "AddedService/notes", "Identity/openstack-commands.py", "Load/load.py", "Load/upload.py",
                "Secrets/command_lines.py", "TinyCatalog",
            ]),
    ],
    swiftLanguageModes: [.v6]
)
