import Glibc

extension Files {
    /// Creates an empty folder, mode 0700, below TMPDIR or /tmp; the caller removes it.
    public static func makeTemporaryDirectory(prefix: String = "minke") throws -> String {
        let base = environmentVariable("TMPDIR") ?? "/tmp"
        var template = Array("\(base)/\(prefix).XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { buffer -> String? in
            guard let start = buffer.baseAddress, mkdtemp(start) != nil else { return nil }
            return String(cString: start)
        }
        guard let made else { throw SystemError("make a temporary folder in \(base)") }
        return made
    }

    /// Gives `body` a new empty folder and removes it afterwards.
    public static func withTemporaryDirectory<T: Sendable>(
        prefix: String = "minke", isolation: isolated (any Actor)? = #isolation, _ body: (String) async throws -> T
    ) async throws -> T {
        let folder = try makeTemporaryDirectory(prefix: prefix)
        do {
            let result = try await body(folder)
            try remove(folder)
            return result
        } catch {
            try? remove(folder)
            throw error
        }
    }

    /// The number of bytes that users other than root can still write to the file system of a path.
    public static func freeSpace(at path: String) throws -> Int {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { throw SystemError("look at the file system of \(path)") }
        // Some network file systems have no limit, and report the largest number.
        let (bytes, overflow) = UInt(status.f_bavail).multipliedReportingOverflow(by: UInt(status.f_frsize))
        return overflow ? Int.max : Int(clamping: bytes)
    }

    /// The path of the running program's own file.
    public static func executablePath() throws -> String {
        try target(ofLink: "/proc/self/exe")
    }

    /// The current folder, in which the program was started.
    public static func currentDirectory() throws -> String {
        guard let path = getcwd(nil, 0) else { throw SystemError("find the current folder") }
        defer { free(path) }
        return String(cString: path)
    }

    /// The folder of the user's caches of this program: `XDG_CACHE_HOME`/minke, else `HOME`/.cache/minke, else
    /// /var/cache/minke.
    public static func cacheDirectory() -> String {
        if let cache = environmentVariable("XDG_CACHE_HOME"), cache.hasPrefix("/") { return cache + "/minke" }
        if let home = environmentVariable("HOME"), home.hasPrefix("/") { return home + "/.cache/minke" }
        return "/var/cache/minke"
    }
}

/// A variable of the program's environment that is set and not empty.
public func environmentVariable(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
}

/// All variables of the program's environment.
public func environmentVariables() -> [String: String] {
    var variables: [String: String] = [:]
    for entry in CommandLineEnvironment.entries {
        guard let equals = entry.firstIndex(of: "=") else { continue }
        variables[String(entry[..<equals])] = String(entry[entry.index(after: equals)...])
    }
    return variables
}
