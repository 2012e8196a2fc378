import DockerEngine
import Model

/// Findings about an engine's own settings that affect clouds, reported before anything starts.
package struct EngineRemarks {
    package let findings: [HostFinding]

    package init(_ information: EngineInformation) {
        var findings: [HostFinding] = []
        func add(_ subject: String, _ verdict: HostFinding.Verdict, _ found: String, _ remedy: String?) {
            findings.append(HostFinding(subject: subject, verdict: verdict, found: found, remedy: remedy))
        }
        // Options have the form `name=rootless` or `name=seccomp,profile=default`.
        let security = Set(
            information.securityOptions.compactMap { option in
                option.split(separator: ",").first { $0.hasPrefix("name=") }.map { String($0.dropFirst(5)) }
            })
        if security.contains("rootless") {
            add(
                "rootless engine", .lacking, "containers' addresses cannot be reached from this host",
                "use an engine that runs as root; name it in DOCKER_HOST")
        }
        if security.contains("userns") {
            add(
                "userns-remap", .lacking, "containers that need the host's namespaces, as networks and computes, fail",
                "remove userns-remap from /etc/docker/daemon.json")
        }
        if security.contains("no-new-privileges") {
            add(
                "no-new-privileges", .lacking, "services that become root for some commands, by sudo, fail",
                "remove no-new-privileges from /etc/docker/daemon.json")
        }
        if !information.liveRestore {
            add(
                "live-restore", .advice, "containers stop where the engine stops or is updated",
                "set \"live-restore\": true in /etc/docker/daemon.json")
        }
        let logging = information.raw["LoggingDriver"]?.string ?? "json-file"
        if !["json-file", "local", "journald"].contains(logging) {
            add(
                "logging", .advice, "the engine's default driver is \(logging), whose logs it may not give back",
                "clouds' members have json-file whatever the default is; builds and other containers do not")
        }
        let status = information.raw["DriverStatus"]?.list ?? []
        if status.contains(where: { $0.list?.last?.string?.hasPrefix("io.containerd.snapshotter") == true }) {
            add(
                "image store", .advice, "images are containerd's, where the same content has other identifiers",
                "build images here rather than copying them from an engine with another store")
        }
        self.findings = findings
    }
}
