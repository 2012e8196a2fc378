import System

/// A guest's address and the user to log in as.
struct DemoShellTarget: Sendable, Hashable {
    var address: String
    var user: String
    /// The ssh keys that the guest showed on its console, as `TYPE BASE64`; empty where it showed none.
    var hostKeys: [String]
}

/// A way to run commands on a guest.
protocol DemoShell: Sendable {
    /// Runs a command and returns its output; throws where it did not succeed.
    func run(_ command: String, on target: DemoShellTarget) async throws -> String
}

/// OpenSSH's client, with a file of known hosts of its own.
struct SSHClient: DemoShell {
    /// The path of the client.
    let program: String
    /// The private key; nil where the user's own keys are to be used.
    let key: String?
    let knownHosts: String

    /// The words of a command that logs in, for people to copy.
    func words(_ target: DemoShellTarget) -> [String] {
        let identity = key.map { ["-i", $0] } ?? []
        return ["ssh"] + identity + ["-o", "UserKnownHostsFile=\(knownHosts)", "\(target.user)@\(target.address)"]
    }

    func run(_ command: String, on target: DemoShellTarget) async throws -> String {
        // With the guest's keys from its console, nobody in between can pass for it.
        let hosts = target.hostKeys.map { "\(target.address) \($0)\n" }.joined()
        try Files.write(hosts, to: knownHosts, mode: 0o600)
        var options = [
            "BatchMode=yes", "ConnectTimeout=5", "LogLevel=ERROR", "UserKnownHostsFile=\(knownHosts)",
            "GlobalKnownHostsFile=/dev/null", "StrictHostKeyChecking=\(hosts.isEmpty ? "accept-new" : "yes")",
            "UpdateHostKeys=no",
        ]
        var arguments: [String] = []
        if let key {
            // The user's own ssh settings, such as a jump host, are not for the guest.
            arguments = ["-F", "/dev/null", "-i", key]
            options.append("IdentitiesOnly=yes")
        }
        arguments += options.flatMap { ["-o", $0] } + ["\(target.user)@\(target.address)", command]
        return try await Subprocess(program, arguments, timeLimit: .seconds(40)).run().checked().outputText
    }
}
