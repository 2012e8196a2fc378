import CommandLine
import Demo
import Model

/// A report of the objects that the demo made and of the guest's answers.
struct DemoReport: Report {
    let environment: String
    let creation: DemoCreation
    let steps: [DemoSteps.Done]
    let seconds: Double
    /// The words of the command that logs in to the instance.
    let login: [String]

    private static let shownLines = 12

    var value: Value {
        [
            "environment": .string(environment),
            "seconds": .double(seconds),
            "instance": [
                "id": .string(creation.instance.id), "name": .string(creation.instance.name),
                "status": .string(creation.instance.status),
                "host": creation.instance.host.map(Value.string) ?? .null,
                "address": .string(creation.fixedAddress), "floating-address": .string(creation.floatingAddress),
            ],
            "guest": creation.facts.value,
            "console": .list(creation.console.end(Self.shownLines).map(Value.string)),
            "login": .list(login.map(Value.string)),
            "objects": .list(creation.objects.map(\.value)),
            "steps": .list(
                steps.map {
                    [
                        "title": .string($0.title), "result": $0.note.map(Value.string) ?? .null,
                        "seconds": .double($0.seconds),
                    ]
                }),
        ]
    }

    func text(_ style: Style) -> String {
        var lines = [style.paint("The end of the console", .bold)]
        let shown = creation.console.end(Self.shownLines)
        lines += (shown.isEmpty ? ["nothing since the instance was moved or woken"] : shown).map { "  \($0)" }
        lines += ["", style.paint("What the guest says over ssh", .bold)]
        let facts = creation.facts.facts
        let width = facts.map(\.name.count).max() ?? 0
        lines += facts.map { name, value in
            "  \(name)\(String(repeating: " ", count: width - name.count + 2))\(value)"
        }
        if creation.facts.instance != nil {
            lines.append("  and the metadata service tells it that it is this instance")
        }
        let place = creation.instance.host.map { " on \($0)" } ?? ""
        lines += [
            "",
            style.paint(
                "Instance \(creation.instance.name) runs\(place) and answers at \(creation.floatingAddress), "
                    + "after \(Duration.seconds(seconds).words())", .green),
            "",
            "  \(login.joined(separator: " "))",
            "  minke client -- openstack server list",
            "  minke demo --clean",
        ]
        return lines.joined(separator: "\n")
    }
}

/// A report of the objects that `demo --clean` removed.
struct DemoCleaningReport: Report {
    let environment: String
    let removed: [DemoObject]
    let left: [DemoCleaning.Left]
    let seconds: Double

    var value: Value {
        [
            "environment": .string(environment), "removed": .list(removed.map(\.value)),
            "left": .list(
                left.map { left in
                    ["object": left.object.value, "reason": .string(left.reason)]
                }),
            "seconds": .double(seconds),
        ]
    }

    func text(_ style: Style) -> String {
        if removed.isEmpty, left.isEmpty { return "the demo has nothing in \(environment): nothing to do" }
        var lines = ["removed \(counted(removed.count, "object")) of the demo (\(Duration.seconds(seconds).words()))"]
        lines += left.map { style.paint("left \($0.object.words): \($0.reason)", .red) }
        if !left.isEmpty { lines.append("remove what uses it, and run `minke demo --clean` again") }
        return lines.joined(separator: "\n")
    }
}
