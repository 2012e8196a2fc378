import Model

/// A node of a YAML document, with the place where it begins.
public struct YAMLNode: Sendable, Hashable {
    public enum Content: Sendable, Hashable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        case mapping([Entry])
    }

    /// A key of a mapping with its value.
    public struct Entry: Sendable, Hashable {
        public let key: String
        public let keyPlace: Place
        public let value: YAMLNode

        public init(key: String, keyPlace: Place, value: YAMLNode) {
            self.key = key
            self.keyPlace = keyPlace
            self.value = value
        }
    }

    public let content: Content
    /// The place where the node begins; a node that an alias repeats keeps the place of its anchor.
    public let place: Place

    public init(_ content: Content, at place: Place) {
        self.content = content
        self.place = place
    }

    /// The value of `key`; nil where this is no mapping that has the key.
    public subscript(key: String) -> YAMLNode? { entry(key)?.value }

    /// The entry of `key`; nil where this is no mapping that has the key.
    public func entry(_ key: String) -> Entry? { entries?.first { $0.key == key } }

    /// The entries in the order of the file; nil where this is no mapping.
    public var entries: [Entry]? {
        if case .mapping(let entries) = content { return entries }
        return nil
    }

    public var items: [YAMLNode]? {
        if case .sequence(let items) = content { return items }
        return nil
    }

    public var scalar: YAMLScalar? {
        if case .scalar(let scalar) = content { return scalar }
        return nil
    }

    /// Whether the node is `null`, `~` or empty.
    public var isNull: Bool { scalar?.isNull ?? false }

    /// The node without places.
    public var value: Value {
        switch content {
        case .scalar(let scalar): scalar.value
        case .sequence(let items): .list(items.map(\.value))
        case .mapping(let entries): .map(ValueMap(entries.map { ($0.key, $0.value.value) }))
        }
    }

    /// The place where the text of a scalar begins: after its quote, or in the line after a block's indicator.
    public var textPlace: Place {
        guard let scalar else { return place }
        switch scalar.style {
        case .plain: return place
        case .quoted: return Place(file: place.file, line: place.line, column: place.column + 1)
        case .block(let indentation):
            return Place(file: place.file, line: place.line + 1, column: indentation + 1)
        }
    }
}
