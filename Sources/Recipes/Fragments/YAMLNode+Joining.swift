import Documents

extension YAMLNode {
    /// The node merged with another, key by key. This node's value takes precedence; an empty one removes the other's.
    ///
    /// - Parameter conflict: called with the path of a value that both nodes have and that differs.
    func joined(
        with other: YAMLNode, path: [String] = [], conflict: (([String]) -> Void)? = nil
    ) -> YAMLNode {
        guard let ours = entries, let theirs = other.entries else {
            if value != other.value { conflict?(path) }
            return self
        }
        let joined = ours.compactMap { entry -> Entry? in
            guard let theirs = other.entry(entry.key) else { return entry }
            if entry.value.isNull { return nil }
            return Entry(
                key: entry.key, keyPlace: entry.keyPlace,
                value: entry.value.joined(with: theirs.value, path: path + [entry.key], conflict: conflict))
        }
        return YAMLNode(.mapping(joined + theirs.filter { self.entry($0.key) == nil }), at: place)
    }
}
