import Model
import TestEnvironments
import Testing

@testable import Planning

/// The order in which OpenStack's core comes up.
@Suite struct OpenStackPlanTests {
    private struct Order {
        let steps: [Step]
        let titles: [String]

        init() throws {
            steps = try ResolvedEnvironment(file: "openstack").plan().steps
            titles = steps.map(\.title)
        }

        /// The titles of all that comes before a step.
        func before(_ title: String) throws -> Set<String> {
            var found: Set<Int> = []
            var left = [try #require(titles.firstIndex(of: title), "\(title) is no step")]
            while let number = left.popLast() {
                for other in steps[number].after where found.insert(other).inserted { left.append(other) }
            }
            return Set(found.map { titles[$0] })
        }
    }

    @Test func conductorsWaitForDatabasesAndNotForTheAPI() throws {
        let before = try Order().before("create nova-conductor1")
        for title in [
            "grant database to nova-api", "grant api-database to nova-api", "grant cell0-database to nova-api",
            "grant messaging to nova-api", "run nova-api/databases", "register nova-api", "create placement1",
            "register placement",
        ] {
            #expect(before.contains(title), "\(title)")
        }
        #expect(!before.contains("create nova-api1"))
    }

    @Test func proxiesWaitForNoRegistration() throws {
        let before = try Order().before("create nova-novncproxy1")
        #expect(before.contains("run nova-api/databases"))
        #expect(!before.contains("create keystone1"))
    }

    @Test func databasesWaitForNoMessages() throws {
        let before = try Order().before("run nova-api/databases")
        #expect(before.contains("create mariadb1"))
        #expect(!before.contains("create rabbitmq1"))
    }

    /// They wait for a conductor by themselves, having loaded meanwhile.
    @Test func computesStartBesideConductors() throws {
        let before = try Order().before("create nova-compute-compute1")
        #expect(before.contains("create libvirt-compute1"))
        #expect(!before.contains("create nova-conductor1"))
    }
}
