import Glibc

/// The file of a program, which is looked for in the folders of a search path, then where Debian keeps programs for
/// root, which the PATH of other users lacks; nil where there is none. `Subprocess` starts the one that is found here.
public func findProgram(_ name: String, in searchPath: String? = environmentVariable("PATH")) -> String? {
    let folders = (searchPath ?? "/usr/bin:/bin").split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin"]
    return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 && !Files.isDirectory($0) }
}
