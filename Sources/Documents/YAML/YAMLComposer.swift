import Model

/// A composer of nodes from libyaml's events, which resolves anchors, aliases and merge keys.
struct YAMLComposer: ~Copyable {
    /// The number of levels to which nodes may be nested.
    static let depthLimit = 64
    /// The number of nodes that a document may have once its aliases are replaced.
    static let nodeLimit = 200_000

    private var events: YAMLEvents
    private let file: String
    private var anchors: [String: (node: YAMLNode, count: Int)] = [:]
    /// The anchors whose node is not complete yet.
    private var open: Set<String> = []
    private var count = 0
    private var problems: [Problem] = []

    init(events: consuming YAMLEvents, file: String) {
        self.events = events
        self.file = file
    }

    mutating func document() throws(Problems) -> YAMLNode {
        var root = YAMLNode(
            .scalar(YAMLScalar(text: "", style: .plain)), at: Place(file: file, line: 1, column: 1))
        if case .documentStart = try events.next().event {
            root = try node(try events.next(), depth: 0)
            _ = try events.next()
            let after = try events.next()
            if case .documentStart = after.event {
                problems.append(
                    Problem(
                        at: after.place, "a second document begins here, and a file holds one",
                        remedy: "move it to a file of its own"))
            }
        }
        if !problems.isEmpty { throw Problems(problems) }
        return root
    }

    private mutating func node(
        _ next: (event: YAMLEvent, place: Place), depth: Int
    ) throws(Problems) -> YAMLNode {
        guard depth < Self.depthLimit else {
            throw fatal(at: next.place, "nodes are nested more than \(Self.depthLimit) levels deep")
        }
        let before = count
        try add(1, at: next.place)
        let content: YAMLNode.Content
        let name: String?
        switch next.event {
        case .alias(let alias):
            return try repeated(alias, at: next.place)
        case .scalar(let text, let style, let anchor, let tag):
            name = anchor
            content = .scalar(scalar(text, style, tag: tag, at: next.place))
        case .sequenceStart(let anchor, let tag):
            name = anchor
            check(tag: tag, is: "seq", at: next.place)
            if let anchor { open.insert(anchor) }
            content = .sequence(try items(depth: depth))
        case .mappingStart(let anchor, let tag):
            name = anchor
            check(tag: tag, is: "map", at: next.place)
            if let anchor { open.insert(anchor) }
            content = .mapping(try entries(depth: depth))
        case .documentStart, .documentEnd, .streamEnd, .sequenceEnd, .mappingEnd:
            throw fatal(at: next.place, "the document ends too early")
        }
        let node = YAMLNode(content, at: next.place)
        if let name {
            open.remove(name)
            anchors[name] = (node, count - before)
        }
        return node
    }

    private mutating func items(depth: Int) throws(Problems) -> [YAMLNode] {
        var items: [YAMLNode] = []
        while true {
            let next = try events.next()
            if case .sequenceEnd = next.event { return items }
            items.append(try node(next, depth: depth + 1))
        }
    }

    private mutating func entries(depth: Int) throws(Problems) -> [YAMLNode.Entry] {
        var entries: [YAMLNode.Entry] = []
        var keys = KeyIndex()
        var merged: [(index: Int, node: YAMLNode)] = []
        while true {
            let next = try events.next()
            if case .mappingEnd = next.event { break }
            let key = try node(next, depth: depth + 1)
            let value = try node(try events.next(), depth: depth + 1)
            guard let scalar = key.scalar else {
                problems.append(
                    Problem(
                        at: key.place, "a key is \(key.value.kind), expected a text",
                        remedy: "put a text that begins with { or [ in quotes"))
                continue
            }
            if scalar.text == "<<", scalar.style == .plain {
                merged.append((entries.count, value))
            } else if let first = keys.first(of: scalar.text, in: entries) {
                problems.append(
                    Problem(
                        at: key.place,
                        "the key \"\(scalar.text)\" is given twice, first in line \(first.keyPlace.line)",
                        remedy: "remove one of the two"))
            } else {
                entries.append(YAMLNode.Entry(key: scalar.text, keyPlace: key.place, value: value))
            }
        }
        return merged.isEmpty ? entries : merge(merged, into: entries)
    }

    /// Puts merged entries in place of `<<`, except for keys that the mapping itself or an earlier merge has.
    private mutating func merge(
        _ merged: [(index: Int, node: YAMLNode)], into own: [YAMLNode.Entry]
    ) -> [YAMLNode.Entry] {
        var seen = Set(own.map(\.key))
        var result: [YAMLNode.Entry] = []
        var position = 0
        for (index, node) in merged {
            result += own[position..<index]
            position = index
            for source in node.items ?? [node] {
                guard let entries = source.entries else {
                    problems.append(
                        Problem(
                            at: source.place, "the merge key << is given \(source.value.kind), expected a mapping",
                            remedy: "give it an alias of a mapping, or a list of such aliases"))
                    continue
                }
                result += entries.filter { seen.insert($0.key).inserted }
            }
        }
        return result + own[position...]
    }

    private mutating func repeated(_ name: String, at place: Place) throws(Problems) -> YAMLNode {
        if let anchor = anchors[name] {
            try add(anchor.count, at: place)
            return anchor.node
        }
        if open.contains(name) {
            problems.append(Problem(at: place, "the alias *\(name) lies in its own anchor"))
        } else {
            problems.append(
                Problem(
                    at: place, "the alias *\(name) has no anchor above it",
                    remedy: nearestName(to: name, among: anchors.keys).map { "did you mean *\($0)?" }))
        }
        return YAMLNode(.scalar(YAMLScalar(text: "", style: .plain)), at: place)
    }

    private mutating func add(_ nodes: Int, at place: Place) throws(Problems) {
        count += nodes
        if count > Self.nodeLimit {
            throw fatal(at: place, "the document has more than \(Self.nodeLimit) nodes once aliases are replaced")
        }
    }

    private static let corePrefix = "tag:yaml.org,2002:"

    private mutating func scalar(
        _ text: String, _ style: YAMLScalar.Style, tag: String?, at place: Place
    ) -> YAMLScalar {
        guard let tag else { return YAMLScalar(text: text, style: style) }
        let plain = YAMLScalar(text: text, style: .plain)
        switch (tag, plain.value) {
        case ("!", _), (Self.corePrefix + "str", _):
            if case .plain = style { return YAMLScalar(text: text, style: .quoted) }
            return YAMLScalar(text: text, style: style)
        case (Self.corePrefix + "int", .int), (Self.corePrefix + "float", .double),
            (Self.corePrefix + "bool", .bool), (Self.corePrefix + "null", .null):
            return plain
        default:
            problems.append(
                Problem(at: place, "the tag \(tag) does not fit here", remedy: "write the value without a tag"))
            return plain
        }
    }

    private mutating func check(tag: String?, is kind: String, at place: Place) {
        guard let tag, tag != "!", tag != Self.corePrefix + kind else { return }
        problems.append(
            Problem(at: place, "the tag \(tag) does not fit here", remedy: "write the value without a tag"))
    }

    private func fatal(at place: Place, _ message: String) -> Problems {
        Problems(problems + [Problem(at: place, message)])
    }
}

/// An index of a mapping's keys: a linear search where the mapping is short, a hash table where it is long.
private struct KeyIndex {
    private var indices: [String: Int] = [:]

    mutating func first(of key: String, in entries: [YAMLNode.Entry]) -> YAMLNode.Entry? {
        if entries.count < 16 { return entries.first { $0.key == key } }
        for index in indices.count..<entries.count { indices[entries[index].key] = index }
        return indices[key].map { entries[$0] }
    }
}
