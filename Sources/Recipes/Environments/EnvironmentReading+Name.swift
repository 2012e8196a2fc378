import Model

extension EnvironmentReading {
    /// The default name of an environment, derived from the name of its file: without endings, in lower case, with `-`
    /// for other characters. `isItsOwn` is true where only spaces, `_` and capitals were replaced and at most one
    /// ending dropped.
    var nameOfFile: (text: String, isItsOwn: Bool) {
        if file.hasPrefix("/dev/") || file.hasPrefix("/proc/") { return ("environment", false) }
        let name = file.split(separator: "/").last ?? "environment"
        let stem = name.split(separator: ".").first ?? name
        let text = String(stem.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
        let trimmed = String(text.drop { $0 == "-" }.prefix(63))
        guard Names.isLabel(trimmed) else { return ("environment", false) }
        let endings = name.split(separator: ".", omittingEmptySubsequences: false).dropFirst()
        let plain = stem.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_ ".contains($0)) }
        return (trimmed, plain && trimmed.count == stem.count && endings.count <= 1)
    }

    /// Refuses a default name that is not close to the file's own: files with different names could share it, and their
    /// environments would claim the same containers.
    func checkNameOfFile() {
        let name = nameOfFile
        if name.isItsOwn { return }
        problems.add(
            at: Place(file: file, line: 1, column: 1),
            "the environment has no `name:`, and that of its file is no name of its own",
            remedy: "write `name: \(name.text)`, which it had without one so far, or another name")
    }
}
