import Model

extension EnvironmentReading {
    /// The name of an environment whose file gives none: the file's name without its ending, as far as it can be one,
    /// and whether no other file could lead to the same.
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

    /// Refuses a name that another file could have too, since both environments would have each other's containers.
    func checkNameOfFile() {
        let name = nameOfFile
        if name.isItsOwn { return }
        problems.add(
            at: Place(file: file, line: 1, column: 1),
            "the environment has no `name:`, and that of its file is no name of its own",
            remedy: "write `name: \(name.text)`, which it had without one so far, or another name")
    }
}
