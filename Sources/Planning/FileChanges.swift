import Model

/// The differences between a member's wanted files and those in its container.
struct FileChanges {
    var paths: [String] = []
    var cost = ChangeCost.reload
    /// Each change in words, without secrets.
    var descriptions: [String] = []

    var summary: String {
        switch descriptions.count {
        case 0: "configuration changed"
        case 1...3: descriptions.joined(separator: "; ")
        default: descriptions.prefix(3).joined(separator: "; ") + " and \(descriptions.count - 3) more"
        }
    }
}

extension Planner {
    func fileChanges(of member: DesiredMember, container: ObservedContainer) throws -> FileChanges {
        var changes = FileChanges()
        guard let manifest = container.manifest else {
            changes.paths = member.files.map(\.path)
            changes.cost = .restart
            changes.descriptions = ["its files are not known"]
            return changes
        }
        let rendered = try files(member.name)
        for digest in member.files where manifest.files[digest.path] != digest.digest {
            changes.paths.append(digest.path)
            guard let file = rendered.first(where: { $0.path == digest.path }) else { continue }
            changes.add(file, before: manifest)
        }
        let wanted = Set(member.files.map(\.path))
        for path in manifest.files.keys.sorted() where !wanted.contains(path) {
            changes.paths.append(path)
            changes.cost = max(changes.cost, .restart)
            changes.descriptions.append("\(path) removed")
        }
        return changes
    }
}

extension FileChanges {
    fileprivate mutating func add(_ file: RenderedFile, before: Manifest) {
        let pending = before.pendingCost(of: file.path)
        if let pending { cost = max(cost, pending) }
        if before.files[file.path] == Manifest.edited {
            cost = max(cost, file.cost)
            descriptions.append("\(file.path) edited by hand")
            return
        }
        guard let old = before.entries[file.path], !file.entries.isEmpty else {
            cost = max(cost, file.cost)
            descriptions.append("\(file.path) \(before.files[file.path] == nil ? "added" : "changed")")
            return
        }
        let new = file.manifestEntries
        for key in Set(old.keys).union(new.keys).sorted() where old[key] != new[key] {
            let entry = file.entries.first { $0.manifestKey == key }
            cost = max(cost, entry?.cost ?? file.cost)
            let name = "\(file.path) \(key)"
            // Also where only one of them is a secret.
            if [old[key], new[key]].contains(where: { $0?.contains(Manifest.hiddenPrefix) ?? false }) {
                descriptions.append("\(name) changed")
                continue
            }
            switch (old[key], new[key]) {
            case (let before?, let after?): descriptions.append("\(name) \(before) -> \(after)")
            case (nil, let after?): descriptions.append("\(name) = \(after) added")
            default: descriptions.append("\(name) removed")
            }
        }
        if old == new {
            cost = max(cost, file.cost)
            descriptions.append("\(file.path) \(pending == nil ? "changed" : "was being changed")")
        }
    }
}
