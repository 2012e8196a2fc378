import Documents

extension YAMLNode {
    /// The node with what another one has besides: mappings are joined key by key. An empty value of this one removes
    /// the other's.
    ///
    /// - Parameter conflict: told the keys of a value that both have, where the values differ; without it, this one's
    ///   counts.
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
