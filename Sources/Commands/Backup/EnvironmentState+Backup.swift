import Model

extension EnvironmentState {
    /// What a backup keeps: secrets and addresses. What was done and what containers have is of this host only.
    func exported() throws -> Value {
        var kept = ValueMap()
        for folder in ["secrets/", "addresses/"] {
            for entry in try entries(below: folder) { kept[folder + entry.key] = entry.value }
        }
        return ["format": 1, "environment": .string(environment), "entries": .map(kept)]
    }

    /// Puts back what a backup kept. Throws `Problems` where the value is none.
    func restore(_ value: Value) throws {
        guard value["format"]?.int == 1, let kept = value["entries"]?.map else {
            throw Problems("the archive is no backup that this version reads")
        }
        // Its volumes have that name in theirs, and would not be found.
        if let other = value["environment"]?.string, other != environment {
            throw Problems(
                "the archive is of the environment \(other), and this one is \(environment)",
                remedy: "name the file of \(other) with -e; nothing was done")
        }
        try erase()
        for (key, value) in kept {
            guard key.hasPrefix("secrets/") || key.hasPrefix("addresses/") else { continue }
            try put(key, value)
        }
    }
}
