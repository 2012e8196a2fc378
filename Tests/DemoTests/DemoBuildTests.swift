import Model
import System
import TestTools
import Testing

@testable import Demo

@Suite struct DemoBuildTests {
    @Test func makesEverythingEachAfterWhatItNeeds() async throws {
        let trial = DemoTrial()
        let (creation, steps) = try await trial.run()
        #expect(trial.cloud.state.value.unexpected == [])
        #expect(trial.counts == DemoTrial.all)
        #expect(creation.instance.status == "ACTIVE")
        #expect(creation.instance.host == "compute1")
        #expect(creation.floatingAddress == "198.18.18.200")
        #expect(creation.fixedAddress == "198.19.0.5")
        #expect(creation.facts.value["keys"]?.string == #"["ssh-ed25519 AAAAkey"]"#)
        #expect(creation.objects.count == 12)
        let changes = trial.cloud.takeChanges()
        for (first, second) in [
            ("POST images minke-guest", "PUT images file"), ("PUT images file", "POST servers minke-demo"),
            ("POST flavors minke-demo", "POST servers minke-demo"),
            ("POST os-keypairs minke-demo", "POST servers minke-demo"),
            ("POST networks external", "POST subnets external"), ("POST subnets external", "POST routers minke-demo"),
            ("POST networks minke-demo", "POST subnets minke-demo"),
            ("POST routers minke-demo", "PUT add_router_interface"),
            ("POST subnets minke-demo", "POST ports minke-demo"),
            ("POST security-groups minke-demo", "POST security-group-rules 3"),
            ("POST security-group-rules 3", "POST ports minke-demo"),
            ("PUT add_router_interface", "POST floatingips "), ("POST ports minke-demo", "POST floatingips "),
            ("POST floatingips ", "POST servers minke-demo"),
        ] {
            let places = [first, second].map { changes.firstIndex(of: $0) }
            #expect(places[0] ?? 99 < places[1] ?? -1, "\(first) comes before \(second) in \(changes)")
        }
        #expect(steps.count == 16)
        #expect(steps.first?.note == "1 host")
        #expect(steps.last?.title == "log in to root@198.18.18.200")
    }

    @Test func asksForWhatTheCloudNeeds() async throws {
        let trial = DemoTrial()
        try await trial.run()
        let objects = trial.cloud.state.value.objects
        let server = try #require(objects["servers"]?.first)
        #expect(server["config_drive"] == true)
        #expect(server["metadata"] == ["io.minke.demo": "trial"])
        #expect(server["key_name"] == "minke-demo")
        let external = try #require(objects["networks"]?.first { $0["name"] == "external" })
        #expect(external["provider:physical_network"] == "physnet1")
        #expect(external["router:external"] == true)
        #expect(external["description"] == "io.minke.demo=trial")
        let subnet = try #require(objects["subnets"]?.first { $0["name"] == "external" })
        #expect(subnet["allocation_pools"] == [["start": "198.18.18.192", "end": "198.18.18.254"]])
        #expect(subnet["gateway_ip"] == "198.18.18.1")
        #expect(subnet["enable_dhcp"] == false)
        let key = try #require(objects["os-keypairs"]?.first)
        #expect(key["public_key"] == "ssh-ed25519 AAAAown io.minke.demo=trial")
        let image = try #require(objects["images"]?.first)
        #expect(image["disk_format"] == "qcow2")
        #expect(image["hw_rng_model"] == "virtio")
        #expect(image["tags"] == ["io.minke.demo=trial"])
    }

    @Test func makesNothingTwice() async throws {
        let trial = DemoTrial()
        try await trial.run()
        _ = trial.cloud.takeChanges()
        let (_, steps) = try await trial.run()
        #expect(trial.cloud.takeChanges() == [])
        #expect(steps.filter { $0.note == DemoBuild.made } == [])
    }

    @Test func findsWhatItMadeWhenNothingIsRemembered() async throws {
        var trial = DemoTrial()
        try await trial.run()
        _ = trial.cloud.takeChanges()
        trial.memory = FakeMemory()
        try await trial.run()
        #expect(trial.cloud.takeChanges() == [])
    }

    /// Each change is carried out once without its answer arriving.
    @Test func goesOnAfterAnInterruptionAtAnyPoint() async throws {
        let whole = DemoTrial()
        try await whole.run()
        let count = whole.cloud.takeChanges().count
        #expect(count == 15)
        for broken in 1...count {
            let trial = DemoTrial()
            trial.cloud.change { $0.breaksAfter = broken }
            await #expect(throws: (any Error).self) { try await trial.run() }
            try await trial.run()
            #expect(trial.counts == DemoTrial.all, "broken after \(broken)")
        }
    }

    @Test func tellsWhyAnInstanceIsInErrorAndMakesItAnewTheNextTime() async throws {
        let trial = DemoTrial()
        trial.cloud.change { $0.fault = "No valid host was found. " }
        let failure = await thrown(DemoFailure.self) { try await trial.run() }
        #expect(
            failure?.description == "instance minke-demo is in ERROR: No valid host was found; the logs of "
                + "nova-conductor and nova-compute say more; the next `minke demo` makes the instance anew")
        trial.cloud.change { $0.fault = nil }
        _ = trial.cloud.takeChanges()
        let (_, steps) = try await trial.run()
        #expect(trial.cloud.takeChanges() == ["DELETE servers minke-demo", "POST servers minke-demo"])
        #expect(
            steps.first { $0.title == "instance minke-demo" }?.note
                == "made anew; the last one was in ERROR: No valid host was found")
        #expect(trial.counts == DemoTrial.all)
    }

    @Test func startsAnInstanceThatIsShutOff() async throws {
        let trial = DemoTrial()
        let id = try await trial.run().creation.instance.id
        _ = trial.cloud.takeChanges()
        trial.cloud.change { state in state.update("servers", id) { $0["status"] = "SHUTOFF" } }
        try await trial.run()
        #expect(trial.cloud.takeChanges() == ["POST servers start"])
    }

    @Test func saysWhatItWaitsForInVain() async throws {
        let trial = DemoTrial()
        trial.cloud.change { $0.hypervisors = [] }
        let late = await thrown(TimedOut.self) { try await trial.run() }
        #expect(late?.lastFailure == "no host for instances is up")
        trial.cloud.change { $0.hypervisors = [["state": "up", "status": "enabled", "service": ["host": "compute7"]]] }
        let lonely = await thrown(TimedOut.self) { try await trial.run() }
        #expect(lonely?.lastFailure == "no network agent is alive on compute7")
        #expect(trial.cloud.takeChanges() == [])
    }

    @Test func saysTheLastLineOfAConsoleThatDoesNotGetReady() async throws {
        let trial = DemoTrial()
        trial.cloud.change { $0.consoleAfter = "Kernel panic - not syncing\n" }
        let late = await thrown(TimedOut.self) { try await trial.run() }
        #expect(late?.lastFailure == "the last line is: Kernel panic - not syncing")
    }

    @Test func knowsAGuestWhoseConsoleBeganAnew() async throws {
        let trial = DemoTrial()
        try await trial.run()
        trial.cloud.change { $0.consoleAfter = "" }
        let (creation, steps) = try await trial.run()
        #expect(creation.console.hostKeys == ["ssh-ed25519 AAAAkey"])
        #expect(
            steps.first { $0.title.hasPrefix("the guest says") }?.note
                == "it said so before it was moved or woken, and lets its owner in")
    }

    @Test func waitsForAGuestWhoseConsoleBeganAnewAndThatLetsNobodyIn() async throws {
        var trial = DemoTrial()
        try await trial.run()
        trial.cloud.change { $0.consoleAfter = "" }
        trial.shell.refuses = "Connection refused"
        let late = await thrown(TimedOut.self) { try await trial.run() }
        #expect(late?.lastFailure == "the console is empty")
    }

    @Test func refusesAGuestThatIsAnotherInstance() async throws {
        var trial = DemoTrial()
        trial.shell.instance = "servers-of-somebody"
        let failure = await thrown(DemoFailure.self) { try await trial.run() }
        #expect(failure?.description.contains("that it is instance servers-of-somebody, not servers-") == true)
    }

    @Test func failsWhereNobodyIsLetIn() async throws {
        var trial = DemoTrial()
        trial.shell.refuses = "Permission denied"
        let late = await thrown(TimedOut.self) { try await trial.run() }
        #expect(late?.lastFailure == "Permission denied")
    }

    @Test func usesTheExternalNetworkOfSomebodyElse() async throws {
        let trial = DemoTrial()
        trial.cloud.change { state in
            _ = state.make(
                "networks",
                ValueMap([
                    ("name", "provider"), ("provider:physical_network", "physnet1"), ("router:external", true),
                    ("description", ""),
                ]))
        }
        let (_, steps) = try await trial.run()
        #expect(trial.cloud.names("networks").sorted() == ["minke-demo", "provider"])
        #expect(steps.contains { $0.note == "provider, which was there before" })
        _ = try await trial.clean()
        #expect(trial.counts == ["networks": 1])
    }

    @Test func leavesAKeyPairOfSomebodyElse() async throws {
        let trial = DemoTrial()
        trial.cloud.change { state in
            state.objects["os-keypairs"] = [ValueMap([("name", "minke-demo"), ("public_key", "ssh-rsa AAAA theirs")])]
        }
        let failure = await thrown(DemoFailure.self) { try await trial.run() }
        #expect(failure?.description == "there is a key pair minke-demo that the demo did not make; rename it")
    }

    @Test func putsAnUploadThatWasCutOffRight() async throws {
        let trial = DemoTrial()
        try await trial.run()
        let id = try #require(trial.cloud.state.value.objects["images"]?.first?["id"]?.string)
        trial.cloud.change { state in
            state.objects["servers"] = []
            state.update("images", id) { $0["status"] = "saving" }
        }
        _ = trial.cloud.takeChanges()
        try await trial.run()
        #expect(
            trial.cloud.takeChanges() == [
                "DELETE images minke-guest", "POST images minke-guest", "PUT images file", "POST servers minke-demo",
            ])
    }
}
