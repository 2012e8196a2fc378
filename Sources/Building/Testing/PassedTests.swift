import Glibc
import Model
import System

/// The recipes' tests that passed, by the hash of everything that their results depend on. Failures are not kept.
///
/// Each test has a file whose name is the hash and whose content is a JSON object with the hash, the test's name and
/// its duration. A file that is missing, damaged or old counts as no result.
public struct PassedTests: Sendable {
    static let format = 1
    /// The time, in seconds, for which an unused result is kept: 60 days.
    static let lifetime = 60.0 * 86_400

    /// The default folder of results: `MINKE_TEST_RESULTS`, else `tests` in the folder of this program's caches.
    public static var standardFolder: String {
        environmentVariable("MINKE_TEST_RESULTS") ?? "\(Files.cacheDirectory())/tests"
    }

    /// The folder of the results.
    public let folder: String

    /// Uses the results of a folder, which need not exist.
    public init(folder: String = PassedTests.standardFolder) { self.folder = folder }

    /// The duration of the test, in seconds, when it passed; nil if it is not known to pass. The result counts as used.
    public func seconds(of identity: String) -> Double? {
        let path = "\(folder)/\(identity).json"
        guard let value = Self.read(path), value["format"]?.int == Self.format,
            value["identity"]?.string == identity, let seconds = value["seconds"]?.number
        else { return nil }
        // A used result becomes young again; if its time cannot be written, it just grows old.
        _ = utimes(path, nil)
        return seconds
    }

    /// Keeps the result of a test that passed, and removes old results.
    ///
    /// - Throws: `SystemError` if the result cannot be written.
    public func keep(_ identity: String, name: String, seconds: Double) throws {
        try Files.makeDirectory(folder)
        let value: Value = [
            "format": .int(Self.format), "identity": .string(identity), "name": .string(name),
            "seconds": .double((seconds * 10).rounded() / 10),
        ]
        try Files.write(JSON.text(value) + "\n", to: "\(folder)/\(identity).json")
        prune(before: Double(time(nil)) - Self.lifetime)
    }

    /// Removes results, and remains of interrupted writes, that were last used before a time in seconds since 1970.
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
}

/// The durations of tests in their last runs, passed or not, so that the longest can begin first.
public struct TestDurations: Sendable {
    private let folder: String

    /// Uses the durations of a folder, which need not exist.
    ///
    /// - Parameter folder: the folder of the results; the durations are in `durations` below it, one file for each
    ///   test.
    public init(folder: String = PassedTests.standardFolder) { self.folder = "\(folder)/durations" }

    /// The duration of a test, in seconds; nil if it never ran here.
    public subscript(name: String) -> Double? {
        (try? Files.readText("\(folder)/\(name)")).flatMap { text in
            Double(text.filter { !$0.isWhitespace })
        }
    }

    /// Keeps a test's duration.
    ///
    /// - Throws: `SystemError` if the duration cannot be written.
    public func note(_ name: String, seconds: Double) throws {
        try Files.makeDirectory(folder)
        try Files.write("\((seconds * 10).rounded() / 10)\n", to: "\(folder)/\(name)")
    }
}
