import Model

/// A reader that turns a node into a value and adds faults to the context's list of problems.
public struct NodeReader<Output> {
    private let body: (YAMLNode, ReadingContext) -> Output?

    /// Creates a reader from a function that returns nil after it has added a problem.
    public init(_ body: @escaping (YAMLNode, ReadingContext) -> Output?) { self.body = body }

    /// Reads a node; nil where a problem was added.
    public func read(_ node: YAMLNode, _ context: ReadingContext) -> Output? { body(node, context) }

    /// A reader that transforms the value of this one; a value for which `transform` returns nil is refused.
    public func mapped<Other>(
        expecting expected: String, _ transform: @escaping (Output) -> Other?
    ) -> NodeReader<Other> {
        NodeReader<Other> { node, context in
            guard let output = read(node, context) else { return nil }
            guard let other = transform(output) else {
                context.refuse(node, expected: expected)
                return nil
            }
            return other
        }
    }

    /// A reader that also gives the place of the value.
    public var located: NodeReader<(value: Output, place: Place)> {
        NodeReader<(value: Output, place: Place)> { node, context in
            read(node, context).map { ($0, node.place) }
        }
    }
}

extension NodeReader {
    /// A list of items. With `single`, a scalar may stand for a list of it alone; with `singleMapping`, a mapping may.
    public static func list<Item>(
        of item: NodeReader<Item>, single: Bool = false, singleMapping: Bool = false
    ) -> Self
    where Output == [Item] {
        Self { node, context in
            guard let nodes = node.items else {
                if node.entries == nil ? single : singleMapping { return item.read(node, context).map { [$0] } }
                context.refuse(node, expected: "a list")
                return nil
            }
            let items = nodes.compactMap { item.read($0, context) }
            return items.count == nodes.count ? items : nil
        }
    }

    /// A mapping whose keys the document chooses, in the order of the file; entries with a problem are left out.
    public static func entries<Item>(of item: NodeReader<Item>) -> Self
    where Output == [(key: String, value: Item)] {
        named { _, _, node, context in item.read(node, context) }
    }

    /// A mapping whose keys the document chooses, where the reader of a value gets its key and the key's place.
    public static func named<Item>(
        _ item: @escaping (String, Place, YAMLNode, ReadingContext) -> Item?
    ) -> Self where Output == [(key: String, value: Item)] {
        Self { node, context in
            guard let entries = node.entries else {
                context.refuse(node, expected: "a mapping")
                return nil
            }
            return entries.compactMap { entry in
                item(entry.key, entry.keyPlace, entry.value, context.under(entry.key, isFree: true))
                    .map { (entry.key, $0) }
            }
        }
    }

    /// A mapping of names to values of one kind, where order does not matter.
    public static func dictionary<Item>(of item: NodeReader<Item>) -> Self where Output == [String: Item] {
        Self { node, context in
            NodeReader<[(key: String, value: Item)]>.entries(of: item).read(node, context)
                .map { Dictionary($0.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first }) }
        }
    }

    /// A mapping with the keys that `body` asks for, and no others.
    public static func object(_ body: @escaping (MappingReader) -> Output?) -> Self {
        Self { node, context in
            guard let reader = MappingReader(node, context) else { return nil }
            defer { reader.finish() }
            return body(reader)
        }
    }

    /// One of the raw values of an enumeration.
    public static func oneOf(_ type: Output.Type) -> Self
    where Output: RawRepresentable & CaseIterable, Output.RawValue == String {
        Self { node, context in
            let names = Output.allCases.map(\.rawValue)
            guard let scalar = node.scalar, let value = Output(rawValue: scalar.text) else {
                let near = node.scalar.flatMap { nearestName(to: $0.text, among: names) }
                context.refuse(
                    node, expected: oneAmong(names), remedy: near.map { "did you mean \($0)?" })
                return nil
            }
            return value
        }
    }
}
