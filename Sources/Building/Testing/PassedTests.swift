import Glibc
import Model
import System

/// The tests that passed on this machine, by the hash of all that their results depend on. Failures are not kept.
///
/// A file for each: its name is the hash, its content a JSON object that repeats it, with the test's name and seconds. A
/// file that is missing, damaged or old is no result.
public struct PassedTests: Sendable {
    static let format = 1
    /// How long a result is kept that nobody asks for, in seconds: 60 days.
    static let lifetime = 60.0 * 86_400

    /// Where results are kept that belong to no engine in particular: `MINKE_TEST_RESULTS`, else `tests` in the
    /// folder of this program's caches.
    public static var standardFolder: String {
        environmentVariable("MINKE_TEST_RESULTS") ?? "\(Files.cacheDirectory())/tests"
    }

    public let folder: String

    public init(folder: String = PassedTests.standardFolder) { self.folder = folder }

    /// The seconds that the test took when it passed; nil where it did not, or nobody knows.
    public func seconds(of identity: String) -> Double? {
        let path = "\(folder)/\(identity).json"
        guard let value = Self.read(path), value["format"]?.int == Self.format,
            value["identity"]?.string == identity, let seconds = value["seconds"].flatMap(Self.number)
        else { return nil }
        // A result that is in use does not grow old. Where it cannot be written, it does.
        _ = utimes(path, nil)
        return seconds
    }

    /// Keeps a pass, and forgets results that have grown old.
    ///
    /// - Throws: `SystemError` where it cannot be written.
    public func keep(_ identity: String, name: String, seconds: Double) throws {
        try Files.makeDirectory(folder)
        let value: Value = [
            "format": .int(Self.format), "identity": .string(identity), "name": .string(name),
            "seconds": .double((seconds * 10).rounded() / 10),
        ]
        try Files.write(JSON.text(value) + "\n", to: "\(folder)/\(identity).json")
        prune(before: Double(time(nil)) - Self.lifetime)
    }

    /// Removes what was not asked for since a time in seconds since 1970, left-overs of writes that were cut short
    /// among it.
    func prune(before time: Double) {
        for name in (try? Files.names(in: folder)) ?? [] where name.hasSuffix(".json") || name.hasPrefix(".") {
            let path = "\(folder)/\(name)"
            guard let status = try? Files.status(of: path), status.kind == .file, status.modified < time else {
                continue
            }
            try? Files.remove(path)
        }
    }

    private static func read(_ path: String) -> Value? {
        guard let bytes = try? Files.read(path) else { return nil }
        return try? JSON.parse(bytes)
    }

    private static func number(_ value: Value) -> Double? {
        switch value {
        case .double(let number): number
        case .int(let number): Double(number)
        default: nil
        }
    }
}

/// How long tests took when they last ran, whether or not they passed, so that the longest can begin first.
public struct TestDurations: Sendable {
    private let folder: String

    /// - Parameter folder: that of the results; a file there for each test.
    public init(folder: String = PassedTests.standardFolder) { self.folder = "\(folder)/durations" }

    /// Seconds; nil for a test that never ran here.
    public subscript(name: String) -> Double? {
        (try? Files.readText("\(folder)/\(name)")).flatMap { text in
            Double(text.filter { !$0.isWhitespace })
        }
    }

    /// Notes how long a test took.
    ///
    /// - Throws: `SystemError` where it cannot be written.
    public func note(_ name: String, seconds: Double) throws {
        try Files.makeDirectory(folder)
        try Files.write("\((seconds * 10).rounded() / 10)\n", to: "\(folder)/\(name)")
    }
}
