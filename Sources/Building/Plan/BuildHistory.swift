import Model
import System

/// The durations of earlier builds and the sizes of their images, by which the next run is planned.
///
/// The file is a JSON object that maps `RELEASE/RECIPE` to `{"seconds": 12.5, "bytes": 123}`.
struct BuildHistory {
    struct Entry: Hashable {
        var seconds: Double
        var bytes: Int
    }

    /// The estimate for a build without an entry: one group of packages on a shared parent.
    static let unknown = Entry(seconds: 20, bytes: 400 << 20)

    private let path: String
    private var entries: [String: Entry] = [:]

    /// Reads the file of a folder; a missing or damaged file counts as empty.
    init(folder: String) {
        path = "\(folder)/builds.json"
        guard let bytes = try? Files.read(path), let map = (try? JSON.parse(bytes))?.map else { return }
        for (key, value) in map {
            guard let seconds = value["seconds"]?.number else { continue }
            entries[key] = Entry(seconds: seconds, bytes: value["bytes"]?.int ?? Self.unknown.bytes)
        }
    }

    subscript(image: PlannedImage, release: String) -> Entry {
        get { entries["\(release)/\(image.name)"] ?? Self.unknown }
        set { entries["\(release)/\(image.name)"] = newValue }
    }

    func save() throws {
        var map = ValueMap()
        for (key, entry) in entries {
            map[key] = ["seconds": .double((entry.seconds * 10).rounded() / 10), "bytes": .int(entry.bytes)]
        }
        try Files.makeDirectory(Files.folder(of: path))
        try Files.write(JSON.text(.map(map), indented: true) + "\n", to: path)
    }
}
