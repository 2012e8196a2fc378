import DockerEngine
import Model
import Testing

@testable import Clouds

@Suite struct EngineRemarksTests {
    private func subjects(_ value: Value) -> [String] {
        EngineRemarks(EngineInformation(value)).findings.map { "\($0.verdict.rawValue) \($0.subject)" }
    }

    @Test func anOrdinaryEngineNeedsNothing() {
        #expect(
            subjects([
                "SecurityOptions": ["name=apparmor", "name=seccomp,profile=default", "name=cgroupns"],
                "LiveRestoreEnabled": true, "LoggingDriver": "json-file",
                "DriverStatus": [["Backing Filesystem", "extfs"]],
            ]).isEmpty)
    }

    @Test func tellsWhatAnEngineIsSetTo() {
        #expect(
            subjects([
                "SecurityOptions": ["name=rootless", "name=userns", "name=no-new-privileges"],
                "LiveRestoreEnabled": false, "LoggingDriver": "syslog",
                "DriverStatus": [["driver-type", "io.containerd.snapshotter.v1"]],
            ]) == [
                "lacking rootless engine", "lacking userns-remap", "lacking no-new-privileges", "advice live-restore",
                "advice logging", "advice image store",
            ])
    }
}
