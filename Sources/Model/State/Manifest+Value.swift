extension Manifest {
    /// The form in which the store and the container keep the manifest.
    public var value: Value {
        .map(
            ValueMap([
                ("files", Self.map(files)),
                ("entries", .map(ValueMap(entries.sorted { $0.key < $1.key }.map { ($0.key, Self.map($0.value)) }))),
                ("parts", .map(parts)),
            ]))
    }

    public init?(_ value: Value) {
        guard let files = value["files"]?.map, let parts = value["parts"]?.map else { return nil }
        var entries: [String: [String: String]] = [:]
        for (path, keys) in value["entries"]?.map ?? ValueMap() { entries[path] = Self.strings(keys.map) }
        self.init(files: Self.strings(files), entries: entries, parts: parts)
    }

    private static func map(_ texts: [String: String]) -> Value {
        .map(ValueMap(texts.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    }

    private static func strings(_ map: ValueMap?) -> [String: String] {
        var texts: [String: String] = [:]
        for (key, value) in map ?? ValueMap() { texts[key] = value.string }
        return texts
    }
}
