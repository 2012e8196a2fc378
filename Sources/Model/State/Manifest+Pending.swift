extension Manifest {
    private static let pendingPrefix = "pending "

    /// The same while files are changed: what is in their places, and what the process has taken of it, is not known
    /// until the change is done. Whatever they are to be then, they are put there and taken at this cost or a higher one.
    public func pending(_ paths: [String], cost: ChangeCost) -> Manifest {
        var manifest = self
        for path in paths { manifest.files[path] = Self.pendingPrefix + cost.rawValue }
        return manifest
    }

    /// Whether a change of any file was begun and not finished.
    public var isPending: Bool { files.values.contains { $0.hasPrefix(Self.pendingPrefix) } }

    /// What it costs at least to take a file of which a change was begun and not finished; nil for any other.
    public func pendingCost(of path: String) -> ChangeCost? {
        guard let digest = files[path], digest.hasPrefix(Self.pendingPrefix) else { return nil }
        return ChangeCost(rawValue: String(digest.dropFirst(Self.pendingPrefix.count))) ?? .restart
    }
}
