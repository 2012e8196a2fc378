import Glibc

/// The path of a program, searched in the folders of the search path, then in /usr/sbin and /sbin, where Debian has
/// root's programs and which other users' PATH lacks; nil where there is none. `Subprocess` starts the program that is
/// found here.
public func findProgram(_ name: String, in searchPath: String? = environmentVariable("PATH")) -> String? {
    let folders = (searchPath ?? "/usr/bin:/bin").split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin"]
    return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 && !Files.isDirectory($0) }
}
