import Glibc

/// The path of a program, looked up in the search path, then in /usr/sbin and /sbin, which Debian leaves out of
/// ordinary users' PATH; nil if there is none. `Subprocess` uses the same lookup.
public func findProgram(_ name: String, in searchPath: String? = environmentVariable("PATH")) -> String? {
    let folders = (searchPath ?? "/usr/bin:/bin").split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin"]
    return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 && !Files.isDirectory($0) }
}
