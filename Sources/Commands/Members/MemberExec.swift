import Clouds
import CommandLine
import DockerEngine
import Model
import System

extension CommandDefinition {
    static let exec = CommandDefinition(
        "exec",
        summary: "Run a command in a member's container",
        discussion: """
            The exit status is the command's own; 127 where the container has no such program, and 126 where it cannot \
            be run.
            """,
        examples: [
            ("minke exec keystone1 -- bash", "look around"),
            ("minke exec mariadb1 -- mariadb -e 'show databases'", "ask the database"),
        ],
        options: [.value("user", short: "u", "NAME", summary: "run as this user; without it, as the service's own")],
        arguments: [
            .required("member", .name(.members), summary: "where to run it"),
            .rest("command", required: true, summary: "the command and its arguments"),
        ]
    ) { arguments in
        let session = try await Session(arguments)
        let container = try await session.memberSelection().running(arguments.required("member"))
        let configuration = ExecConfiguration(arguments.rest, user: arguments.string("user"))
        do {
            let engine = try session.engine(of: container)
            return .program(Int32(try await engine.execEndingWithUs(in: container.id, configuration)))
        } catch let refusal as ExecRefusal {
            printError("minke: cannot run this in \(container.member): \(refusal)")
            return .program(Int32(refusal.exitCode))
        }
    }
}
