import Glibc

/// A file, link or folder of a tree.
public struct TreeEntry: Sendable, Hashable {
    /// The path below the tree's root, without a leading slash.
    public let path: String
    /// The attributes; a symbolic link has its own.
    public let status: FileStatus
}

extension Files {
    /// The names in a folder, sorted by their bytes, without `.` and `..`.
    public static func names(in folder: String) throws -> [String] {
        try FileJournal.noting(.names, folder, FileJournal.answer) { try readNames(in: folder) }
    }

    private static func readNames(in folder: String) throws -> [String] {
        guard let directory = opendir(folder) else { throw SystemError("list \(folder)") }
        defer { closedir(directory) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(directory) else { break }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        if errno != 0 { throw SystemError("list \(folder)") }
        return names.sorted(by: precedesByBytes)
    }

    /// Everything below a folder, sorted, each folder before its content. Symbolic links are not followed.
    ///
    /// - Parameter descending: called with each path below the root; a path for which it returns false is left out,
    ///   with everything below it.
    public static func tree(
        _ root: String, including descending: (String) -> Bool = { _ in true }
    ) throws -> [TreeEntry] {
        var entries: [TreeEntry] = []
        func visit(_ folder: String, prefix: String) throws {
            for name in try names(in: folder) {
                let path = prefix + name
                guard descending(path) else { continue }
                let status = try status(of: folder + "/" + name)
                entries.append(TreeEntry(path: path, status: status))
                if status.kind == .directory { try visit(folder + "/" + name, prefix: path + "/") }
            }
        }
        try visit(root, prefix: "")
        return entries
    }
}

/// Whether a string comes before another by its UTF-8 bytes; `String`'s own order is by Unicode.
func precedesByBytes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
}
