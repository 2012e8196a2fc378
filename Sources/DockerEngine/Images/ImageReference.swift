/// The reference of an image in its parts: `registry/path:tag`.
public struct ImageReference: Sendable, Hashable, CustomStringConvertible {
    /// The host and port; empty where the reference has none.
    public var registry: String
    /// The name without registry and tag, such as `minke/keystone`.
    public var path: String
    /// The tag; empty where the reference has none.
    public var tag: String

    /// Creates a reference from its parts.
    public init(registry: String = "", path: String, tag: String) {
        self.registry = registry
        self.path = path
        self.tag = tag
    }

    /// Parses `[HOST[:PORT]/]PATH[:TAG]`; the first part is a registry where it contains a dot or colon or is
    /// `localhost`.
    public init(_ text: String) {
        let lastPart = text.lastIndex(of: "/").map { text.index(after: $0) } ?? text.startIndex
        let colon = text[lastPart...].lastIndex(of: ":")
        tag = colon.map { String(text[text.index(after: $0)...]) } ?? ""
        let name = text[..<(colon ?? text.endIndex)]
        let first = name.prefix { $0 != "/" }
        if first.count < name.count, first.contains(where: { $0 == "." || $0 == ":" }) || first == "localhost" {
            registry = String(first)
            path = String(name.dropFirst(first.count + 1))
        } else {
            registry = ""
            path = String(name)
        }
    }

    /// The name without the tag.
    public var repository: String { registry.isEmpty ? path : "\(registry)/\(path)" }

    /// The reference as `[REGISTRY/]PATH[:TAG]`.
    public var description: String { tag.isEmpty ? repository : "\(repository):\(tag)" }
}
