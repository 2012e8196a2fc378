import Clouds
import Model
import System

/// A program of the host that commands call by its name, and the package that brings it.
struct HostProgram: Sendable {
    let name: String
    /// The package of Debian 12, and of Debian 13 where that is another one.
    let packages: [String]
    /// The commands that need it, for messages.
    let purpose: String

    private init(_ name: String, _ packages: String..., purpose: String) {
        self.name = name
        self.packages = packages
        self.purpose = purpose
    }

    static let docker = HostProgram("docker", "docker.io", "docker-cli", purpose: "recipes' tests, `minke test`")
    static let ip = HostProgram("ip", "iproute2", purpose: "`minke external-net`")
    static let mmdebstrap = HostProgram("mmdebstrap", "mmdebstrap", purpose: "making root images")
    static let shellcheck = HostProgram("shellcheck", "shellcheck", purpose: "`minke test`")
    static let ssh = HostProgram("ssh", "openssh-client", purpose: "logging in to instances, `minke demo`")
    static let tar = HostProgram("tar", "tar", purpose: "`minke backup` and `minke restore`")

    static let all = [mmdebstrap, shellcheck, tar, docker, ip, ssh]

    /// The command that installs the program.
    var remedy: String {
        "apt-get install \(packages[0])" + (packages.count > 1 ? " (Debian 13: \(packages[1]))" : "")
    }

    /// The program's file. Throws `Problems` where there is none, so that a command can refuse before it has begun.
    @discardableResult
    func require(in searchPath: String? = environmentVariable("PATH")) throws -> String {
        if let file = findProgram(name, in: searchPath) { return file }
        throw Problems("this host has no \(name), which is needed for \(purpose)", remedy: remedy)
    }

    /// The finding of `minke doctor` about the program.
    func examine() -> HostFinding {
        if let path = findProgram(name) { return HostFinding(subject: name, verdict: .good, found: path) }
        return HostFinding(
            subject: name, verdict: .lacking, found: "missing, needed for \(purpose)", remedy: remedy)
    }
}
