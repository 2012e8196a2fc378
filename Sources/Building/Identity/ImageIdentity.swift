import Cryptography
import Model
import Recipes
import System

/// A hash over everything that an image is built from: images with the same identity are interchangeable.
///
/// It is SHA-256 over a JSON object with sorted keys (the format's version, the recipe's `image` section, the part of
/// the release that builds can see, the source of a root image, the parent's identity), followed by every file of the
/// content: type, mode, path and the length of the data, then the bytes or a link's target.
enum ImageIdentity {
    static let format = 1

    static func compute(
        image: ImageRecipe, name: String, content: RecipeContent, release: Release, root: RootSource?,
        parent: String?
    ) throws -> String {
        var hash = SHA256()
        hash.update(
            JSON.bytes([
                "format": .int(format), "recipe": .string(name), "image": image.canonical,
                "release": release.canonical, "root": root.map(\.canonical) ?? .null,
                "parent": parent.map { .string($0) } ?? .null,
            ]))
        for entry in content.entries {
            switch entry.kind {
            case .directory:
                hash.update("\ndirectory \(entry.path)")
            case .link(let target), .hardLink(let target):
                hash.update("\nlink \(entry.path) \(target.utf8.count)\n\(target)")
            case .file(let source):
                let bytes: [UInt8] =
                    switch source {
                    case .bytes(let bytes): bytes
                    case .file(let path, _): try Files.read(path)
                    }
                hash.update("\nfile \(String(entry.mode, radix: 8)) \(entry.path) \(bytes.count)\n")
                hash.update(bytes)
            }
        }
        return hash.hex()
    }
}

extension ImageRecipe {
    /// The `image` section without `releases`, which do not change the image.
    var canonical: Value {
        var map = ValueMap()
        if let parent { map["parent"] = .string(parent) }
        if let node { map["node"] = .string(node) }
        if !arguments.isEmpty { map["arguments"] = .map(texts(arguments)) }
        if !groups.isEmpty { map["groups"] = .map(texts(groups)) }
        if let root { map["root"] = root.canonical }
        return .map(map)
    }
}

extension RootRecipe {
    var canonical: Value {
        [
            "variant": .string(variant), "packages": list(packages), "dpkg": list(dpkg), "apt": list(apt),
            "files": files.map { .string($0) } ?? .null, "finish": list(finish),
        ]
    }
}

extension Release {
    /// The part of the release that a build can see.
    var canonical: Value {
        ["name": .string(name), "debian": .string(debian), "sources": list(sources), "values": .map(values)]
    }
}

private func list(_ texts: [String]) -> Value { .list(texts.map { .string($0) }) }

private func texts(_ map: [String: String]) -> ValueMap { ValueMap(map.map { ($0.key, .string($0.value)) }) }
