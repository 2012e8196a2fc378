import Clouds
import HTTP
import Model
import System

/// The image that the demo's instance starts from, with a way to get its bytes.
package struct DemoImage: Sendable {
    /// The bytes of an image.
    struct Content: Sendable {
        var body: HTTPRequest.Body
        /// Glance's name of the format.
        var format: String
    }

    /// The image's name in the cloud.
    let name: String
    /// A text that tells these bytes from others: an image's id, a file's name and size, or a URL.
    let source: String
    /// Whether the image is Minke's own, whose console and metadata are known.
    let isGuest: Bool
    /// The image's properties for Nova.
    var properties: [(name: String, value: String)] = []
    /// Gets the bytes, hands them over, and leaves nothing behind.
    let withContent: @Sendable (@Sendable (Content) async throws -> Void) async throws -> Void

    /// The formats that Glance knows, without those that hold no disk of an x86 machine.
    package static let formats = ["qcow2", "raw", "vmdk", "vdi", "vhd", "vhdx", "iso"]

    /// The image that the catalogue's recipe `guest` made.
    static func guest(
        session: Session, image: String, id: String, format: String?
    ) -> DemoImage {
        // Without a source of randomness, the guest's key would take a second of processor time.
        DemoImage(name: "minke-guest", source: id, isGuest: true, properties: [("hw_rng_model", "virtio")]) { use in
            let bytes = try await session.guestDisk(of: image, for: "demo")
            try await use(Content(body: .bytes(bytes), format: format ?? detectedFormat(bytes)))
        }
    }

    /// A file of this host.
    static func file(_ path: String, format: String?) throws -> DemoImage {
        guard let status = try? Files.status(of: path, followingLinks: true), status.kind == .file else {
            throw Problems("there is no image file \(path)", remedy: "--image takes a file or an http(s) URL")
        }
        let source = "\(Files.name(of: path)), \(status.size) bytes"
        return DemoImage(name: Files.name(of: path), source: source, isGuest: false) { use in
            try await use(content(ofFile: path, format: format))
        }
    }

    /// An image that is downloaded into `folder` and removed after its use.
    static func url(_ url: String, format: String?, folder: String) -> DemoImage {
        let path = url.prefix { $0 != "?" && $0 != "#" }
        return DemoImage(name: Files.name(of: String(path)), source: url, isGuest: false) { use in
            let file = "\(folder)/download"
            do {
                try await download(url, to: file)
                try await use(content(ofFile: file, format: format))
                try Files.remove(file)
            } catch {
                try? Files.remove(file)
                throw error
            }
        }
    }

    private static func content(ofFile path: String, format: String?) throws -> Content {
        let start = try FileReader(path).next(upTo: 16) ?? []
        return Content(body: try .file(path), format: format ?? detectedFormat(start))
    }

    /// The format that the first bytes show, `raw` where they show no other.
    static func detectedFormat(_ bytes: [UInt8]) -> String {
        let signatures: [(String, [UInt8])] = [
            ("qcow2", [0x51, 0x46, 0x49, 0xfb]), ("vmdk", Array("KDMV".utf8)), ("vhdx", Array("vhdxfile".utf8)),
        ]
        return signatures.first { bytes.starts(with: $0.1) }?.0 ?? "raw"
    }
}

/// Downloads a file over HTTP, through the proxy that the environment names, and follows redirects.
private func download(_ url: String, to file: String) async throws {
    let client = HTTPClient(HTTPSettings(usesProxy: true))
    var address = url
    for _ in 0..<10 {
        try Files.write("", to: file, mode: 0o600)
        let response = try await client.send(HTTPRequest("GET", address), onBody: { try Files.append($0, to: file) })
        if response.isSuccess { return }
        guard (300..<400).contains(response.status), let next = response.header("Location") else {
            throw DemoFailure("\(address) was answered with \(response.status)")
        }
        address = redirected(address, to: next)
    }
    throw DemoFailure("\(url) leads in circles")
}

/// The URL that a redirect leads to; its location may be only a path of the same server.
func redirected(_ url: String, to location: String) -> String {
    guard location.hasPrefix("/"), let scheme = url.firstRange(of: "://") else { return location }
    if location.hasPrefix("//") { return url[..<scheme.lowerBound] + ":" + location }
    let end = url[scheme.upperBound...].firstIndex(of: "/") ?? url.endIndex
    return url[..<end] + location
}
