import Glibc

extension Files {
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
func environmentVariables() -> [String: String] {
    var variables: [String: String] = [:]
    for entry in ProcessEnvironment.entries {
        guard let equals = entry.firstIndex(of: "=") else { continue }
        variables[String(entry[..<equals])] = String(entry[entry.index(after: equals)...])
    }
    return variables
}
