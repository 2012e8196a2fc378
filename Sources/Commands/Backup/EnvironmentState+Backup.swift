import Model

extension EnvironmentState {
    /// What a backup keeps: secrets and addresses. What was done and what containers have is of this host only.
    func exported() throws -> Value {
        var kept = ValueMap()
        for folder in ["secrets/", "addresses/"] {
            for entry in try entries(below: folder) { kept[folder + entry.key] = entry.value }
        }
        return ["format": 1, "entries": .map(kept)]
    }

    /// Puts back what a backup kept. Throws `Problems` where the value is none.
    func restore(_ value: Value) throws {
        guard value["format"]?.int == 1, let kept = value["entries"]?.map else {
            throw Problems("the archive is no backup that this version reads")
        }
        try erase()
        for (key, value) in kept {
            guard key.hasPrefix("secrets/") || key.hasPrefix("addresses/") else { continue }
            try put(key, value)
        }
    }
}
