/// A critical-path schedule: of the builds that are ready, those with the longest remaining path start first, up to a
/// limit.
struct BuildSchedule {
    /// A build, the builds that it needs, and its estimated duration.
    struct Node {
        let name: String
        let needs: Set<String>
        let seconds: Double
    }

    private let nodes: [String: Node]
    private let limit: Int
    /// The length, in seconds, of the longest path from each node, itself included, to a node that nothing waits for.
    private let remaining: [String: Double]
    private var waiting: Set<String>
    private var running: Set<String> = []
    private var done: Set<String> = []

    /// Creates a schedule of nodes, each listed after those that it needs.
    init(_ nodes: [Node], limit: Int) {
        self.nodes = Dictionary(nodes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.limit = max(1, limit)
        waiting = Set(nodes.map(\.name))
        var remaining: [String: Double] = [:]
        for node in nodes.reversed() {
            let own = remaining[node.name, default: 0] + node.seconds
            remaining[node.name] = own
            for need in node.needs { remaining[need] = max(remaining[need, default: 0], own) }
        }
        self.remaining = remaining
    }

    var isFinished: Bool { waiting.isEmpty && running.isEmpty }

    /// Returns the nodes to start now and notes that they run.
    mutating func start() -> [String] {
        let ready = waiting.filter { name in
            nodes[name]?.needs.allSatisfy { done.contains($0) || nodes[$0] == nil } ?? false
        }
        let chosen = ready.sorted { left, right in
            let (first, second) = (remaining[left, default: 0], remaining[right, default: 0])
            return first == second ? left < right : first > second
        }.prefix(max(0, limit - running.count))
        waiting.subtract(chosen)
        running.formUnion(chosen)
        return Array(chosen)
    }

    /// Notes that a node is done.
    mutating func finish(_ name: String) {
        running.remove(name)
        done.insert(name)
    }

    /// Notes that a node failed and returns the nodes that cannot start because of it.
    mutating func fail(_ name: String) -> [String] {
        running.remove(name)
        var lost: Set<String> = [name]
        var changed = true
        while changed {
            let more = waiting.filter { !(nodes[$0]?.needs.isDisjoint(with: lost) ?? true) }
            changed = !more.isEmpty
            lost.formUnion(more)
            waiting.subtract(more)
        }
        lost.remove(name)
        return lost.sorted()
    }
}
