import Testing

@testable import Model

@Suite struct EnvironmentOwnerTests {
    private let other = EnvironmentOwner(id: "1", machine: "here", folder: "/var/lib/minke")

    @Test(arguments: [
        // The machine and folder of the one that asks, whether the other's folder is there, and whether it gave way.
        ("here", "/home/a/minke", true, false), ("here", "/home/a/minke", false, true),
        ("here", "/var/lib/minke", true, true), ("there", "/var/lib/minke", false, false),
    ])
    func givesWayWhereItsFolderIsGone(machine: String, folder: String, isThere: Bool, gaveWay: Bool) {
        let own = EnvironmentOwner(id: "2", machine: machine, folder: folder)
        let found = other.gaveWay(to: own) { asked in
            #expect(asked == "/var/lib/minke")
            return isThere
        }
        #expect(found == gaveWay)
    }

    @Test func isReadFromTheLabelsOfItsVolumeOnly() {
        let labels = other.labels(environment: "lab")
        #expect(EnvironmentOwner(labels: labels, environment: "lab") == other)
        #expect(EnvironmentOwner(labels: labels, environment: "another") == nil)
        for key in labels.keys {
            #expect(EnvironmentOwner(labels: labels.filter { $0.key != key }, environment: "lab") == nil)
        }
    }
}
