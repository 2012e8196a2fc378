import Model

/// A node of a YAML document, with the place where it begins.
public struct YAMLNode: Sendable, Hashable {
    /// The content of a node, by its kind.
    public enum Content: Sendable, Hashable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        case mapping([Entry])
    }

    /// A key of a mapping with its value.
    public struct Entry: Sendable, Hashable {
        /// The text of the key.
        public let key: String
        /// The place where the key begins.
        public let keyPlace: Place
        /// The node of the value.
        public let value: YAMLNode

        /// Creates an entry.
        public init(key: String, keyPlace: Place, value: YAMLNode) {
            self.key = key
            self.keyPlace = keyPlace
            self.value = value
        }
    }

    /// The scalar, items or entries of the node.
    public let content: Content
    /// The place where the node begins; a node that an alias repeats keeps the place of its anchor.
    public let place: Place

    /// Creates a node that begins at a place.
    public init(_ content: Content, at place: Place) {
        self.content = content
        self.place = place
    }

    /// The value of `key`; nil where the node is no mapping with the key.
    public subscript(key: String) -> YAMLNode? { entry(key)?.value }

    /// The entry of `key`; nil where the node is no mapping with the key.
    public func entry(_ key: String) -> Entry? { entries?.first { $0.key == key } }

    /// The entries in the order of the file; nil where the node is no mapping.
    public var entries: [Entry]? {
        if case .mapping(let entries) = content { return entries }
        return nil
    }

    /// The items of a sequence; nil for any other node.
    public var items: [YAMLNode]? {
        if case .sequence(let items) = content { return items }
        return nil
    }

    /// The scalar; nil for any other node.
    public var scalar: YAMLScalar? {
        if case .scalar(let scalar) = content { return scalar }
        return nil
    }

    /// Whether the node is `null`, `~` or empty.
    public var isNull: Bool { scalar?.isNull ?? false }

    /// The value of the node, without places.
    public var value: Value {
        switch content {
        case .scalar(let scalar): scalar.value
        case .sequence(let items): .list(items.map(\.value))
        case .mapping(let entries): .map(ValueMap(entries.map { ($0.key, $0.value.value) }))
        }
    }

    /// The place where the text of a scalar begins: after its quote, or on the line after a block's indicator.
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
