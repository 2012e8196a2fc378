import CShims

/// The environment as the C library keeps it.
enum CommandLineEnvironment {
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
