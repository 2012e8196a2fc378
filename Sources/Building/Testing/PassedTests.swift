import Glibc
import Model
import System

/// The tests that passed on this machine, by the hash of all that their results depend on; failures are not kept.
///
/// Each test has a file whose name is the hash and whose content is a JSON object with the hash, the test's name and
/// seconds. A file that is missing, damaged or old counts as no result.
public struct PassedTests: Sendable {
    static let format = 1
    /// The time, in seconds, for which an unused result is kept: 60 days.
    static let lifetime = 60.0 * 86_400

    /// The folder of results that belong to no engine in particular: `MINKE_TEST_RESULTS`, else `tests` in the folder
    /// of this program's caches.
    public static var standardFolder: String {
        environmentVariable("MINKE_TEST_RESULTS") ?? "\(Files.cacheDirectory())/tests"
    }

    public let folder: String

    public init(folder: String = PassedTests.standardFolder) { self.folder = folder }

    /// The seconds that the test took when it passed; nil where no pass is known.
    public func seconds(of identity: String) -> Double? {
        let path = "\(folder)/\(identity).json"
        guard let value = Self.read(path), value["format"]?.int == Self.format,
            value["identity"]?.string == identity, let seconds = value["seconds"].flatMap(Self.number)
        else { return nil }
        // A result that is used stays young. One whose time cannot be written grows old.
        _ = utimes(path, nil)
        return seconds
    }

    /// Keeps a pass and removes results that have grown old.
    ///
    /// - Throws: `SystemError` where the result cannot be written.
    public func keep(_ identity: String, name: String, seconds: Double) throws {
        try Files.makeDirectory(folder)
        let value: Value = [
            "format": .int(Self.format), "identity": .string(identity), "name": .string(name),
            "seconds": .double((seconds * 10).rounded() / 10),
        ]
        try Files.write(JSON.text(value) + "\n", to: "\(folder)/\(identity).json")
        prune(before: Double(time(nil)) - Self.lifetime)
    }

    /// Removes results that were not used since a time in seconds since 1970, and the remains of interrupted writes of
    /// that age.
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

/// The durations of tests when they last ran, passed or not, so that the longest can begin first.
public struct TestDurations: Sendable {
    private let folder: String

    /// - Parameter folder: the folder of the results; the durations lie in `durations` below it, a file for each test.
    public init(folder: String = PassedTests.standardFolder) { self.folder = "\(folder)/durations" }

    /// The seconds that a test took; nil for a test that never ran here.
    public subscript(name: String) -> Double? {
        (try? Files.readText("\(folder)/\(name)")).flatMap { text in
            Double(text.filter { !$0.isWhitespace })
        }
    }

    /// Writes a test's duration down.
    ///
    /// - Throws: `SystemError` where the duration cannot be written.
    public func note(_ name: String, seconds: Double) throws {
        try Files.makeDirectory(folder)
        try Files.write("\((seconds * 10).rounded() / 10)\n", to: "\(folder)/\(name)")
    }
}
