import Cryptography
import Model
import System

/// The files that a recipe's test can see: its own folder, except for the list of broken images, broken.yaml, and the
/// files of the catalogue that it names.
///
/// A test names a file of the catalogue by `$CATALOG/PATH`, in a file of its own folder or in another file that it
/// names in this way. A path that a variable completes, such as `$CATALOG/options/$release.ini`, stands for its whole
/// folder, and `lib/NAME.sh` for every `lib/NAME.*`. The test runs without the rest of the catalogue, so nothing else
/// can change its result.
public struct RecipeTestFiles: Sendable, Hashable {
    /// The files, sorted, with paths below the catalogue's folder and their contents in memory.
    public let entries: [TarEntry]
    /// The recipes whose images the files name by `IMAGE_<recipe>`, with `_` for `-`.
    public let images: Set<String>

    /// Reads the files.
    ///
    /// - Parameters:
    ///   - recipe: the folder of the recipe.
    ///   - name: the recipe's name.
    ///   - catalog: the catalogue's folder.
    /// - Throws: `SystemError` if a file cannot be read.
    public init(recipe folder: String, name: String, catalog: String) throws {
        var found: [String: TarEntry] = [:]
        var images: Set<String> = []
        var waiting: [TarEntry] = []
        // The test must not see which broken images it is tried with.
        let broken = "recipes/\(name)/test/broken.yaml"
        func take(_ path: String, at place: String) throws {
            guard found[path] == nil, path != broken, let entry = try Self.entry(path, at: place) else { return }
            found[path] = entry
            waiting.append(entry)
        }
        func takeTree(_ path: String, at place: String) throws {
            for entry in try Files.tree(place) { try take("\(path)/\(entry.path)", at: "\(place)/\(entry.path)") }
        }
        try takeTree("recipes/\(name)/test", at: "\(folder)/test")
        while let entry = waiting.popLast() {
            guard case .file(.bytes(let bytes)) = entry.kind else { continue }
            let text = String(decoding: bytes, as: UTF8.self)
            for match in text.matches(of: #/\bIMAGE_([A-Za-z0-9_]+)/#) { images.insert(String(match.1)) }
            for path in Self.catalogPaths(in: text) {
                let place = "\(catalog)/\(path)"
                if path.hasPrefix("lib/"), path.hasSuffix(".sh"), Files.isDirectory("\(catalog)/lib") {
                    let stem = Files.name(of: path).dropLast(3)
                    for other in try Files.names(in: "\(catalog)/lib") where other.hasPrefix("\(stem).") {
                        try take("lib/\(other)", at: "\(catalog)/lib/\(other)")
                    }
                } else if Files.isDirectory(place) {
                    try takeTree(path, at: place)
                } else if Files.exists(place) {
                    try take(path, at: place)
                }
            }
        }
        entries = found.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        self.images = images
    }

    /// Writes the files into a folder that takes the catalogue's place.
    public func write(below folder: String) throws {
        for entry in entries {
            let path = "\(folder)/\(entry.path)"
            try Files.makeDirectory(Files.folder(of: path))
            switch entry.kind {
            case .file(.bytes(let bytes)): try Files.write(bytes, to: path, mode: entry.mode)
            case .link(let target): try Files.link(path, to: target)
            case .directory: try Files.makeDirectory(path)
            case .file, .hardLink: continue
            }
        }
    }

    /// Adds the files to a hash: type, mode, path and length, then the content.
    func hash(into hash: inout SHA256) {
        for entry in entries {
            switch entry.kind {
            case .file(.bytes(let bytes)):
                hash.update("\nfile \(String(entry.mode, radix: 8)) \(entry.path) \(bytes.count)\n")
                hash.update(bytes)
            case .link(let target): hash.update("\nlink \(entry.path) \(target.utf8.count)\n\(target)")
            case .directory: hash.update("\ndirectory \(entry.path)")
            case .file, .hardLink: continue
            }
        }
    }

    /// The paths below the catalogue's folder that a text names; if a variable completes a path, its folder.
    private static func catalogPaths(in text: String) -> [String] {
        text.matches(of: #/\bCATALOG(?::\?[^}]*)?\}?\/([A-Za-z0-9_.\/-]*)([^A-Za-z0-9_.\/-]?)/#).map { match in
            let isCut = match.2 == "$" || match.2 == "*" || match.2 == "{"
            var path = match.1
            if isCut { path = path.lastIndex(of: "/").map { path[..<$0] } ?? "" }
            while path.last == "/" { path.removeLast() }
            return String(path)
        }
        .filter { path in !path.isEmpty && !path.split(separator: "/").contains("..") }
    }

    /// The entry of a file with a fixed mode, since checkouts differ in the permission bits that the umask clears; nil
    /// for devices and the like.
    private static func entry(_ path: String, at place: String) throws -> TarEntry? {
        let status = try Files.status(of: place)
        switch status.kind {
        case .file:
            return TarEntry(
                path, .file(.bytes(try Files.read(place))), mode: status.mode & 0o111 == 0 ? 0o644 : 0o755)
        case .directory: return TarEntry(path, .directory)
        case .link: return TarEntry(path, .link(try Files.target(ofLink: place)))
        case .other: return nil
        }
    }
}
