import CShims

/// The environment of this process, read from the C library.
enum ProcessEnvironment {
    /// The environment variables, each as `NAME=VALUE`.
    static var entries: [String] {
        var entries: [String] = []
        guard var next = minke_environment() else { return [] }
        while let entry = next.pointee {
            entries.append(String(cString: entry))
            next += 1
        }
        return entries
    }
}
