import Model
import System
import Testing

/// The demo's instance, reached over ssh from this host.
struct Guest {
    let identifier: String
    let address: String
    private let login: [String]

    /// Reads the instance and its login from the output of `minke demo --json`.
    init(_ demo: Value) throws {
        identifier = try #require(demo["instance"]?["id"]?.string)
        address = try #require(demo["instance"]?["floating-address"]?.string)
        login = try #require(demo["login"]?.list).compactMap(\.string)
    }

    func start(_ command: String) async throws -> SubprocessResult {
        try await Subprocess(login[0], Array(login[1...]) + [command], timeLimit: .seconds(60)).run()
    }

    func run(_ command: String) async throws -> String {
        try await start(command).checked().outputText
    }

    /// The identifier of the guest's boot, which differs after each boot.
    func bootID() async throws -> String { try await run("cat /proc/sys/kernel/random/boot_id") }

    /// Expects the config drive to have the instance's identifier.
    func requireConfigDrive() async throws {
        let text = try await run(
            "mkdir -p /tmp/drive && mount -o ro $(findfs LABEL=config-2) /tmp/drive"
                + " && cat /tmp/drive/openstack/latest/meta_data.json; umount /tmp/drive")
        #expect(try JSON.parse(text)["uuid"]?.string == identifier)
    }
}
