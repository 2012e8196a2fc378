import DockerEngine
import System
import Testing

/// Pods: members that share a network namespace.
@Suite struct PodTests {
    @Test func sharesANetworkNamespaceInEachPod() async throws {
        try await Scenario.run("pods", recipes: .tiny) { scenario in
            try await scenario.makeImages(["barn", "horse"])
            let field = "networks: {field: {subnet: 198.18.\(200 + scenario.place).0/24}}"
            try scenario.declare("\(field)\nservices: {horse: {}, barn: 2}")
            try await scenario.minke("up")

            scenario.step("each pod has a namespace, on both networks, and one of the service in it")
            let members = try await scenario.members()
            try #require(members.keys.sorted() == ["barn1", "barn2", "horse-barn1", "horse-barn2"])
            for number in 1...2 {
                let namespace = try await scenario.namespace(of: "barn\(number)")
                try #require(try await scenario.namespace(of: "horse-barn\(number)") == namespace)
                let address = "198.18.\(200 + scenario.place).\(1 + number)"
                try #require(
                    try await scenario.get("name", from: "barn\(number)", port: 8081)
                        == "horse-barn\(number) of barn\(number), barn\(number) at \(address), beside barn\(number)")
                try #require(
                    try await scenario.shell("cat /proc/net/fib_trie", in: "horse-barn\(number)").contains(address))
                try #require(
                    try await scenario.shell("cat /proc/sys/kernel/hostname", in: "horse-barn\(number)")
                        == "barn\(number)\n")
            }
            try #require(try await scenario.namespace(of: "barn1") != scenario.namespace(of: "barn2"))

            scenario.step("what is in a pod shares its volumes, and nobody else does")
            _ = try await scenario.shell("echo oats >/var/vault/food", in: "horse-barn1")
            try #require(try await scenario.shell("cat /var/vault/food", in: "barn1") == "oats\n")
            try #require(try await scenario.shell("ls /var/vault", in: "horse-barn2") == "")
            try await scenario.requireNothingToDo()

            scenario.step("with a new pod, what was in it joins the new one; the other is left alone")
            try await scenario.makeImages(["barn"], version: "2")
            try scenario.declare("\(field)\nservices: {horse: {}, barn: {members: {barn1: {}, barn2: {}}}}")
            let plan = try await scenario.minke("plan", expecting: 3).output
            try #require(plan.contains("replace barn1: image changed"))
            try #require(plan.contains("replace horse-barn1: its pod barn1 is made anew"))
            try await scenario.minke("up")
            for number in 1...2 {
                try #require(
                    try await scenario.namespace(of: "horse-barn\(number)")
                        == scenario.namespace(of: "barn\(number)"))
            }
            try #require(try await scenario.shell("cat /var/vault/food", in: "horse-barn1") == "oats\n")
            try await scenario.requireNothingToDo()

            scenario.step("a pod that was stopped by hand comes back with what is in it")
            try await scenario.minke("stop", "barn1", "--yes")
            try await scenario.minke("up")
            try #require(
                try await scenario.namespace(of: "horse-barn1") == scenario.namespace(of: "barn1"))
            try await scenario.requireNothingToDo()

            scenario.step("what is in a pod is stopped, started and restarted with it")
            try await scenario.minke("stop", "barn1")
            try await scenario.minke("start", "barn1")
            try await scenario.requireNothingToDo()
            // The kernel may give a new namespace the number of one that has ended.
            let before = try await scenario.members()
            try await scenario.minke("restart", "barn1")
            let after = try await scenario.members()
            for (name, trace) in after {
                let isRestarted = ["barn1", "horse-barn1"].contains(name)
                try #require((trace.started != before[name]?.started) == isRestarted, "\(name)")
                try #require(trace.id == before[name]?.id, "\(name)")
            }
            try #require(try await scenario.namespace(of: "horse-barn1") == scenario.namespace(of: "barn1"))
            try await scenario.requireNothingToDo()

            scenario.step("a network that is taken away is missed")
            let barn = try await scenario.member("barn2").id
            try await scenario.engine.disconnect(barn, from: "minke-\(scenario.name)-field", force: true)
            try await scenario.minke("up")
            try #require(
                try await scenario.shell("cat /proc/net/fib_trie", in: "horse-barn2")
                    .contains("198.18.\(200 + scenario.place).3"))
            try await scenario.requireNothingToDo()

            scenario.step("an interface of the host is put on a network, as often as one likes, and given back")
            let interface = "mkt\(scenario.place)"
            try await scenario.ip("link", "add", interface, "type", "veth", "peer", "name", "\(interface)p")
            let attach = ["external-net", "--network", "field", "--interface", interface]
            for _ in 1...2 {
                let run = try await scenario.start(attach)
                try #require(run.status == 0)
                try #require(run.output.contains("interface \(interface) is on it"))
            }
            let wrong = try await scenario.start(["external-net", "--network", "field", "--interface", "mktx"])
            try #require(wrong.status == 2 && wrong.errors.contains("this host has no interface mktx"))
            // A client at the other end of the interface sees the pods.
            let process = try await scenario.processWithoutNetwork()
            try await scenario.ip("link", "set", "\(interface)p", "netns", process)
            let other = ["-t", process, "-n"]
            let address = "198.18.\(200 + scenario.place).250/24"
            let peer = "\(interface)p"
            func seesPods(through peer: String) async throws {
                for words in [["address", "add", address, "dev", peer], ["link", "set", peer, "up"]] {
                    try await Subprocess("nsenter", other + ["ip"] + words).run().checked()
                }
                try await scenario.eventually("the pod is seen from there") {
                    let ping = ["busybox", "ping", "-c", "1", "-W", "1", "198.18.\(200 + scenario.place).2"]
                    return try await Subprocess("nsenter", other + ping).run().status.isSuccess
                }
            }
            try await seesPods(through: peer)
            try await Subprocess("nsenter", other + ["ip", "address", "flush", "dev", peer]).run().checked()

            scenario.step("one that is not there any more, as after a restart of the host, is missed and put back")
            try await scenario.requireNothingToDo()
            try await scenario.ip("link", "set", interface, "nomaster")
            try #require(
                try await scenario.planLines() == ["put \(interface) on network field: it is not there any more"])
            let status = try await scenario.minke("status", expecting: 1)
            try #require(
                status.output.contains("\(interface): it is not on network field any more"), "\(status.output)")
            try await scenario.minke("up")
            try #require(try await scenario.ip("link", "show", interface).contains("master"))
            try await scenario.requireNothingToDo()

            scenario.step("so is one that is made for it, and removed again")
            let made = "mkm\(scenario.place)"
            for _ in 1...2 {
                let run = try await scenario.start(["external-net", "--network", "field", "--make", made])
                try #require(run.output.contains("interface \(made)-b is on it"), "\(run.errors)")
            }
            try await scenario.ip("link", "set", made, "netns", process)
            try await seesPods(through: made)
            try await scenario.requireNothingToDo()
            try await scenario.ip("link", "delete", "\(made)-b")
            try await scenario.minke("up")
            try #require(try await scenario.ip("link", "show", "\(made)-b").contains("master"))
            let again = try await scenario.start(["external-net", "--network", "field", "--make", made])
            try #require(again.status == 0, "\(again.errors)")
            let taken = try await scenario.start(["external-net", "--network", "field", "--make", interface])
            try #require(taken.status == 2 && taken.errors.contains("this host has an interface \(interface) already"))
            let long = try await scenario.start(["external-net", "--network", "field", "--make", "averylongname1"])
            try #require(long.status == 2 && long.errors.contains("cannot be called 'averylongname1'"))

            scenario.step("one with an address of either version is not taken")
            for address in ["2001:db8::7/64", "198.19.255.7/30"] {
                let addressed = "mka\(scenario.place)"
                try await scenario.ip("link", "add", addressed, "type", "veth", "peer", "name", "\(addressed)p")
                try await scenario.ip("address", "add", address, "dev", addressed)
                let run = try await scenario.start(["external-net", "--network", "field", "--interface", addressed])
                let own = address.split(separator: "/")[0]
                try #require(run.status == 2 && run.errors.contains("has the address \(own), which"), "\(run.errors)")
                try #require(try await !scenario.ip("link", "show", addressed).contains("master"))
                try await scenario.ip("link", "delete", addressed)
            }

            scenario.step("one that the host has no more is told of, and can be forgotten")
            let lost = "mkl\(scenario.place)"
            try await scenario.ip("link", "add", lost, "type", "veth", "peer", "name", "\(lost)p")
            let taking = try await scenario.start(["external-net", "--network", "field", "--interface", lost])
            try #require(taking.status == 0, "\(taking.errors)")
            try await scenario.ip("link", "delete", lost)
            let told = try await scenario.minke("plan").output
            try #require(told.contains("missing \(lost): this host has no such interface any more"), "\(told)")
            let detached = try await scenario.start(["external-net", "--network", "field", "--detach", lost])
            try #require(detached.status == 0, "\(detached.errors)")
            try #require(try await !scenario.minke("plan").output.contains(lost))

            scenario.step("nothing is left of it")
            try await scenario.minke("down", "--volumes", "--yes")
            try #require(try await !scenario.ip("link", "show", interface).contains("master"))
            try #require(try await !scenario.ip("link", "show").contains(made))
            try await scenario.ip("link", "delete", interface)
            try #require(try await scenario.engine.networks(filters: ["name": ["minke-\(scenario.name)"]]).isEmpty)
        }
    }

    @Test func refusesWhatPodsCannotHave() async throws {
        try await Scenario.run("no-pods") { scenario in
            try scenario.declare("services: {horse: 2, barn: 1}")
            let failed = try await scenario.minke("plan", expecting: 2).errors
            try #require(failed.contains("horse has one member in each pod of barn"))
            try #require(failed.contains("write `horse: {}`, and give barn its number and hosts"))
            try #require(failed.contains("barn needs a network field, which the environment does not have"))
            try scenario.declare("services: {horse: {}}")
            let alone = try await scenario.minke("plan", expecting: 2).errors
            try #require(alone.contains("horse runs in pods of barn, and there are none"))
            try scenario.declare("networks: {field: {subnet: \(scenario.subnet)}}\nservices: {horse: {}, barn: 1}")
            let overlapping = try await scenario.minke("plan", expecting: 2).errors
            try #require(overlapping.contains("overlaps network"))
        }
    }
}

extension Scenario {
    /// Starts a container without networks and returns the process id.
    fileprivate func processWithoutNetwork() async throws -> String {
        var configuration = ContainerConfiguration(image: image("horse"), command: ["sleep", "infinity"])
        configuration.labels = [Self.label: name]
        configuration.host.networkMode = "none"
        let id = try await engine.createContainer(name: nil, configuration)
        try await engine.startContainer(id)
        return "\(try await engine.inspectContainer(id).state.pid)"
    }

    /// Runs `ip` on this host and returns its output.
    @discardableResult
    fileprivate func ip(_ words: String...) async throws -> String {
        try await Subprocess("ip", words, timeLimit: .seconds(10)).run().checked().outputText
    }

    /// The network namespace of a member's process.
    fileprivate func namespace(of member: String) async throws -> String {
        let listed = try await shell("ls -l /proc/self/ns/net", in: member)
        return try #require(listed.split(separator: " ").last.map(String.init))
    }
}
