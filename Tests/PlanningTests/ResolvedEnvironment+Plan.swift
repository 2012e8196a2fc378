import Model
import Rendering
import TestEnvironments

@testable import Planning

extension ResolvedEnvironment {
    /// The plan of the environment, by default on an engine that has nothing.
    func plan(_ observed: Observation = Observation(here: "local"), records: [String: DoneRecord] = [:]) throws -> Plan
    {
        try Planner(desired: desired, observed: observed, records: records) {
            try resolver.files(ofMember: $0)
        }.plan()
    }

    /// The observation of an engine on which everything runs.
    var running: Observation {
        get throws {
            var observed = Observation(here: "local")
            observed.own.volumes = [:]
            for member in desired.members {
                var manifest = Manifest(files: [:], entries: [:], parts: member.specification.parts)
                for file in try resolver.files(ofMember: member.name) {
                    manifest.files[file.path] = file.digest.digest
                    if !file.entries.isEmpty { manifest.entries[file.path] = file.manifestEntries }
                }
                observed.containers.append(
                    ObservedContainer(running: member, environment: "identity", manifest: manifest))
            }
            observed.own.network = ObservedNetwork(id: "n", subnet: "", gateway: "", isOurs: true)
            return observed
        }
    }

    /// The records of the store once everything was done.
    var done: [String: DoneRecord] {
        var records: [String: DoneRecord] = [:]
        for member in desired.members {
            records[Planner.recordKey(.member(member.name))] = DoneRecord(inputs: "id-\(member.name)", anchor: nil)
        }
        for job in desired.jobs {
            records["job/\(job.service)/\(job.name)"] = DoneRecord(inputs: job.inputs, anchor: nil)
        }
        for grant in desired.grants {
            records["grant/\(grant.service)/\(grant.requirement)"] = DoneRecord(inputs: grant.inputs, anchor: nil)
        }
        for registration in desired.registrations {
            records["registration/\(registration.service)"] = DoneRecord(inputs: registration.inputs, anchor: nil)
        }
        return records
    }
}
