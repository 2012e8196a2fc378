import DockerEngine
import Glibc
import Model
import System

extension HostFinding {
    /// Checks everything that building and running clouds needs.
    package static func examineHost(stateFolder: String) async -> [HostFinding] {
        var findings = await examineEngine()
        findings += HostProgram.all.map { $0.examine() }
        findings.append(examineState(stateFolder))
        findings.append(examineMemory())
        findings.append(examineUser())
        return findings
    }
}

private func examineEngine() async -> [HostFinding] {
    let engine: Engine
    do {
        engine = try Engine()
        let information = try await engine.information()
        var findings = [
            HostFinding(
                subject: "engine", verdict: .good,
                found: "\(information.version) at \(engine.address), \(information.storageDriver)")
        ]
        findings += EngineRemarks(information).findings
        findings.append(examineDisk(information.rootDirectory))
        return findings
    } catch let error as EngineUnreachable {
        return [
            HostFinding(
                subject: "engine", verdict: .lacking, found: error.finding,
                remedy: error.isForbidden
                    ? error.remedy : "start it, or apt-get install docker.io, or name another one in DOCKER_HOST")
        ]
    } catch {
        return [
            HostFinding(
                subject: "engine", verdict: .lacking, found: "\(error)",
                remedy: "apt-get install docker.io, or name one in DOCKER_HOST")
        ]
    }
}

/// Checks the free space on the disk, as images and volumes of a cloud take some gigabytes.
private func examineDisk(_ folder: String) -> HostFinding {
    guard let free = try? Files.freeSpace(at: Files.exists(folder) ? folder : "/") else {
        return HostFinding(subject: "disk", verdict: .advice, found: "free space of \(folder) is not known")
    }
    let gigabytes = free >> 30
    if gigabytes < 5 {
        return HostFinding(
            subject: "disk", verdict: .lacking, found: "\(gigabytes) GiB free in \(folder), 5 are needed",
            remedy: "make room; `minke prune` removes images that nothing uses")
    }
    return HostFinding(subject: "disk", verdict: .good, found: "\(gigabytes) GiB free in \(folder)")
}

func examineState(_ folder: String) -> HostFinding {
    let remedy = "name a folder of your own by --state DIR or MINKE_STATE"
    guard let status = try? Files.status(of: folder, followingLinks: true) else {
        var above = Files.folder(of: folder)
        while !Files.exists(above), above != Files.folder(of: above) { above = Files.folder(of: above) }
        let code = !Files.isDirectory(above) ? ENOTDIR : access(above, W_OK | X_OK) == 0 ? 0 : errno
        if code == 0 {
            return HostFinding(subject: "state", verdict: .good, found: "\(folder) will be made")
        }
        return HostFinding(
            subject: "state", verdict: .lacking,
            found: "\(folder) cannot be made: \(SystemError.text(of: code)) in \(above)", remedy: remedy)
    }
    if status.kind != .directory {
        return HostFinding(subject: "state", verdict: .lacking, found: "\(folder) is no folder", remedy: remedy)
    }
    if access(folder, W_OK | X_OK) != 0 {
        return HostFinding(
            subject: "state", verdict: .lacking,
            found: "\(folder) cannot be written: \(SystemError.text(of: errno))", remedy: remedy)
    }
    if status.mode & 0o077 != 0 {
        return HostFinding(
            subject: "state", verdict: .lacking, found: "others can look into \(folder), which holds secrets",
            remedy: "chmod 700 \(folder)")
    }
    return HostFinding(subject: "state", verdict: .good, found: folder)
}

private func examineMemory() -> HostFinding {
    let text = (try? Files.readText("/proc/meminfo")) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
    let kilobytes = line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    let megabytes = kilobytes / 1024
    if megabytes < 2048 {
        return HostFinding(
            subject: "memory", verdict: .advice, found: "\(megabytes) MiB available",
            remedy: "identity and images need about 1 GiB, the core of OpenStack 8 GiB")
    }
    return HostFinding(subject: "memory", verdict: .good, found: "\(megabytes) MiB available")
}

private func examineUser() -> HostFinding {
    if getuid() == 0 { return HostFinding(subject: "user", verdict: .good, found: "root") }
    return HostFinding(
        subject: "user", verdict: .advice, found: "not root",
        remedy: "root images are made by mmdebstrap, which is quickest as root")
}
