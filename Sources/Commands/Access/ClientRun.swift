import Clouds
import CommandLine
import DockerEngine
import System

extension CommandDefinition {
    static let client = CommandDefinition(
        "client",
        summary: "Run OpenStack's own client in a container, logged in to the environment",
        discussion: """
            The container is on the environment's network and goes when the command ends. The current folder is in it \
            as /work, so that files can be sent and saved.
            """,
        examples: [
            ("minke client -- openstack token issue", "see that Keystone answers"),
            ("minke client -- openstack image create --file disk.qcow2 disk", "send a file of the current folder"),
            ("minke client -- bash", "a shell with everything at hand"),
        ],
        arguments: [.rest("command", required: true, summary: "the command and its arguments")]
    ) { arguments in
        let client = try ClientContainer(try await Session(arguments).survey())
        let status = try await client.use(arguments.rest, in: try Files.currentDirectory()) { engine, id, command in
            try await engine.execInTerminal(in: id, command)
        }
        return .program(Int32(status))
    }
}
