import Glibc

extension Files {
    /// Creates an empty folder, mode 0700, for temporary files; the caller removes it.
    ///
    /// It is below TMPDIR if that is set, else below /tmp or /var/tmp, the first that meets the needs.
    ///
    /// - Throws: `NoTemporaryPlace` if none does.
    public static func makeTemporaryDirectory(
        prefix: String = "minke", needs: TemporaryNeeds = TemporaryNeeds()
    ) throws -> String {
        let folders = environmentVariable("TMPDIR").map { [$0] } ?? ["/tmp", "/var/tmp"]
        return try makeDirectory(in: try needs.place(among: folders, FileSystem.init(at:)), prefix: prefix)
    }

    /// Creates an empty folder with a new name, mode 0700, in `base`.
    private static func makeDirectory(in base: String, prefix: String) throws -> String {
        var template = Array("\(base)/\(prefix).XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { buffer -> String? in
            guard let start = buffer.baseAddress, mkdtemp(start) != nil else { return nil }
            return String(cString: start)
        }
        guard let made else { throw SystemError("make a temporary folder in \(base)") }
        return made
    }

    /// Runs `body` with a new empty folder, which is removed afterwards.
    ///
    /// - Parameter parent: the folder to create it in; nil for one for temporary files that meets the needs.
    public static func withTemporaryDirectory<T: Sendable>(
        prefix: String = "minke", in parent: String? = nil, needs: TemporaryNeeds = TemporaryNeeds(),
        isolation: isolated (any Actor)? = #isolation, _ body: (String) async throws -> T
    ) async throws -> T {
        let folder =
            if let parent {
                try makeDirectory(in: parent, prefix: prefix)
            } else {
                try makeTemporaryDirectory(prefix: prefix, needs: needs)
            }
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
        try FileSystem(at: path).free
    }

    /// The path of the running program's own file.
    public static func executablePath() throws -> String {
        try target(ofLink: "/proc/self/exe")
    }

    /// The current working directory.
    public static func currentDirectory() throws -> String {
        guard let path = getcwd(nil, 0) else { throw SystemError("find the current folder") }
        defer { free(path) }
        return String(cString: path)
    }

    /// The folder of this program's caches: `$XDG_CACHE_HOME/minke` (XDG Base Directory Specification), else
    /// `$HOME/.cache/minke`, else /var/cache/minke.
    public static func cacheDirectory() -> String {
        if let cache = environmentVariable("XDG_CACHE_HOME"), cache.hasPrefix("/") { return cache + "/minke" }
        if let home = environmentVariable("HOME"), home.hasPrefix("/") { return home + "/.cache/minke" }
        return "/var/cache/minke"
    }
}

/// The value of an environment variable; nil if it is unset or empty.
public func environmentVariable(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
}

/// All environment variables of this program.
public func environmentVariables() -> [String: String] {
    var variables: [String: String] = [:]
    for entry in ProcessEnvironment.entries {
        guard let equals = entry.firstIndex(of: "=") else { continue }
        variables[String(entry[..<equals])] = String(entry[entry.index(after: equals)...])
    }
    return variables
}
