import Model
import Recipes
import System

/// The source of a root image.
public enum RootSource: Sendable, Hashable {
    /// A Debian mirror, with the lines of the image's sources.list.
    case mirror(sources: [String])
    /// An image of a registry, on which the recipe's packages and files are installed.
    case image(String, sources: [String])

    static let defaultMirror = "http://deb.debian.org/debian"

    /// - Parameter mirror: the mirror to use instead of Debian's own, also in the image (`MINKE_MIRROR`).
    init(release: Release, rootImage: String?, mirror: String?) {
        var sources = release.sources
        if sources.isEmpty { sources = ["deb \(Self.defaultMirror) \(release.debian) main"] }
        if let mirror { sources = sources.map { Self.replaceMirror(in: $0, with: mirror) } }
        self = rootImage.map { .image($0, sources: sources) } ?? .mirror(sources: sources)
    }

    var canonical: Value {
        switch self {
        case .mirror(let sources): ["sources": .list(sources.map { .string($0) })]
        case .image(let name, let sources):
            ["image": .string(name), "sources": .list(sources.map { .string($0) })]
        }
    }

    /// Replaces Debian's main address in a line. `debian-security` stays, since its path and contents differ.
    static func replaceMirror(in line: String, with mirror: String) -> String {
        line.split(separator: " ").map { $0 == defaultMirror ? mirror : String($0) }.joined(separator: " ")
    }

    /// The Debian mirror that the host's own apt uses; nil if none is found.
    static func hostMirror(aptFolder: String = "/etc/apt") -> String? {
        var texts: [String] = []
        if let text = try? Files.readText("\(aptFolder)/sources.list") { texts.append(text) }
        for name in (try? Files.names(in: "\(aptFolder)/sources.list.d")) ?? []
        where name.hasSuffix(".list") || name.hasSuffix(".sources") {
            if let text = try? Files.readText("\(aptFolder)/sources.list.d/\(name)") { texts.append(text) }
        }
        let lines = texts.flatMap { textLines($0) }
        for line in lines where line.hasPrefix("deb ") || line.hasPrefix("URIs:") {
            for word in line.split(separator: " ") where word.hasPrefix("http") {
                var address = word
                while address.hasSuffix("/") { address = address.dropLast() }
                if address.hasSuffix("/debian") { return String(address) }
            }
        }
        return nil
    }
}
