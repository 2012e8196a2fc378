extension Manifest {
    private static let pendingPrefix = "pending "

    /// The manifest while files are being changed. Until that is finished, neither their content is known, nor whether
    /// the process has read it; the next run therefore writes them again and has them read, at this cost or a higher
    /// one.
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
