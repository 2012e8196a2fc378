extension Manifest {
    private static let pendingPrefix = "pending "

    /// The manifest while the files of these paths are changed: until that is done, neither their content nor what the
    /// process has read of it is known. Whatever the change is to be, they are then written and taken at this cost or a
    /// higher one.
    public func pending(_ paths: [String], cost: ChangeCost) -> Manifest {
        var manifest = self
        for path in paths { manifest.files[path] = Self.pendingPrefix + cost.rawValue }
        return manifest
    }

    /// Whether a change of any file was begun but not finished.
    public var isPending: Bool { files.values.contains { $0.hasPrefix(Self.pendingPrefix) } }

    /// The least cost of taking a file whose change was begun but not finished; nil for any other file.
    public func pendingCost(of path: String) -> ChangeCost? {
        guard let digest = files[path], digest.hasPrefix(Self.pendingPrefix) else { return nil }
        return ChangeCost(rawValue: String(digest.dropFirst(Self.pendingPrefix.count))) ?? .restart
    }
}
