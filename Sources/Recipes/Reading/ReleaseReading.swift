import Documents
import Model

/// A reader of the files of catalog/releases.
enum ReleaseReading {
    static func read(_ node: YAMLNode, name: String, problems: ProblemList, record: KeyRecord? = nil) -> Release? {
        let context = ReadingContext(problems: problems, record: record)
        return NodeReader<Release>.object { reader in
            let summary = reader.required("summary", .filled)
            let debian = reader.required("debian", .label)
            var release = Release(name: name)
            release.openstack = reader.value("openstack", .filled, default: "")
            release.isDefault = reader.value("default", .bool, default: false)
            release.sources = reader.value("sources", .list(of: .filled), default: [])
            release.values = reader.value("values", .entries(of: .value), default: [])
                .reduce(into: ValueMap()) { $0[$1.key] = $1.value }
            release.follows = reader.value("follows", .entries(of: .entries(of: .filled)), default: [])
                .reduce(into: [:]) { follows, entry in
                    follows[entry.key] = entry.value.reduce(into: [:]) { $0[$1.key] = $1.value }
                }
            guard let summary, let debian else { return nil }
            release.summary = summary
            release.debian = debian
            return release
        }.read(node, context)
    }
}
