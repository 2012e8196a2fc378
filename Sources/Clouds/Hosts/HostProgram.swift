import Model
import System

/// A program of the host that commands call by its name, and the package that has it.
package struct HostProgram: Sendable {
    package let name: String
    /// The package of Debian 12, and of Debian 13 where that is another one.
    package let packages: [String]
    /// The commands that need it, for messages.
    package let purpose: String

    private init(_ name: String, _ packages: String..., purpose: String) {
        self.name = name
        self.packages = packages
        self.purpose = purpose
    }

    package static let docker = HostProgram(
        "docker", "docker.io", "docker-cli", purpose: "recipes' tests, `minke test`")
    package static let ip = HostProgram("ip", "iproute2", purpose: "`minke external-net`")
    package static let mmdebstrap = HostProgram("mmdebstrap", "mmdebstrap", purpose: "making root images")
    package static let shellcheck = HostProgram("shellcheck", "shellcheck", purpose: "`minke test`")
    package static let ssh = HostProgram("ssh", "openssh-client", purpose: "logging in to instances, `minke demo`")
    package static let tar = HostProgram("tar", "tar", purpose: "`minke backup` and `minke restore`")

    package static let all = [mmdebstrap, shellcheck, tar, docker, ip, ssh]

    /// The command that installs the program.
    package var remedy: String {
        "apt-get install \(packages[0])" + (packages.count > 1 ? " (Debian 13: \(packages[1]))" : "")
    }

    /// The program's file. Throws `Problems` where there is none, so that a command can refuse before it has begun.
    @discardableResult
    package func require(in searchPath: String? = environmentVariable("PATH")) throws -> String {
        if let file = findProgram(name, in: searchPath) { return file }
        throw Problems("this host has no \(name), which is needed for \(purpose)", remedy: remedy)
    }

    /// The finding of `minke doctor` about the program.
    package func examine() -> HostFinding {
        if let path = findProgram(name) { return HostFinding(subject: name, verdict: .good, found: path) }
        return HostFinding(
            subject: name, verdict: .lacking, found: "missing, needed for \(purpose)", remedy: remedy)
    }
}
