import Cryptography
import Glibc
import Synchronization

/// A record of file system reads, from which a later run can tell whether it would read the same.
///
/// Contents are compared, not times. `FileJournal.$current.withValue` makes a journal current for a task and its child
/// tasks.
public final class FileJournal: Sendable {
    /// The journal of the current task; nil if its reads are not recorded.
    @TaskLocal public static var current: FileJournal?

    /// A read that can be repeated: its kind and its path.
    struct Question: Sendable, Hashable {
        enum Kind: Character, Sendable {
            case content = "c"
            case names = "n"
            case kind = "k"
            case linkKind = "s"
            case existence = "e"
            case link = "l"
            case realPath = "r"
        }

        let kind: Kind
        let path: String
    }

    private struct State {
        var answers: [Question: [UInt8]] = [:]
        var isWhole = true
    }

    private let state = Mutex(State())

    /// Creates an empty journal.
    public init() {}

    func note(_ kind: Question.Kind, _ path: String, _ answer: [UInt8]) {
        state.withLock { state in
            let question = Question(kind: kind, path: path)
            // A file that changed between two reads has no single answer.
            if let known = state.answers.updateValue(answer, forKey: question), known != answer {
                state.isWhole = false
            }
        }
    }

    /// Notes a read that cannot be repeated, such as that of a pipe; the journal then has no summary.
    func noteOther() { state.withLock { $0.isWhole = false } }

    /// The recorded reads, one per line, and a digest of their results; nil if the record is incomplete.
    public func summary() -> (questions: String, digest: [UInt8])? {
        state.withLock { state in
            guard state.isWhole, !state.answers.keys.contains(where: { $0.path.utf8.contains(10) }) else { return nil }
            let sorted = state.answers.sorted {
                ($0.key.path, $0.key.kind.rawValue) < ($1.key.path, $1.key.kind.rawValue)
            }
            var digest = Digest()
            for answer in sorted { digest.add(answer.value) }
            return (sorted.map { "\($0.key.kind.rawValue)\($0.key.path)\n" }.joined(), digest.finish())
        }
    }

    /// Repeats recorded reads and returns the digest of their present results; nil if the text is not such a record.
    public static func digest(ofQuestions questions: some StringProtocol) -> [UInt8]? {
        var digest = Digest()
        for line in questions.utf8.split(separator: 10) {
            guard let first = line.first, let kind = Question.Kind(rawValue: Character(Unicode.Scalar(first))) else {
                return nil
            }
            digest.add(answer(kind, String(decoding: line.dropFirst(), as: UTF8.self)))
        }
        return digest.finish()
    }

    private static func answer(_ kind: Question.Kind, _ path: String) -> [UInt8] {
        do {
            return switch kind {
            case .content: answer(try Files.read(path))
            case .names: answer(try Files.names(in: path))
            case .kind: answer(try Files.status(of: path, followingLinks: true))
            case .linkKind: answer(try Files.status(of: path))
            case .existence: answer(Files.exists(path))
            case .link: answer(try Files.target(ofLink: path))
            case .realPath: answer(try Files.realPath(path))
            }
        } catch {
            return answer("\(error)")
        }
    }

    static func answer(_ content: [UInt8]) -> [UInt8] {
        var digest = Digest()
        digest.add(content)
        return digest.finish()
    }

    static func answer(_ names: [String]) -> [UInt8] { answer(Array(names.joined(separator: "\0").utf8)) }

    /// The answer about a path's kind and mode. Owner and times are left out, since nothing depends on them.
    static func answer(_ status: FileStatus) -> [UInt8] { [status.kind.number] + Array("\(status.mode)".utf8) }

    static func answer(_ exists: Bool) -> [UInt8] { [exists ? 1 : 0] }

    static func answer(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// A SHA-256 digest of answers, each preceded by its length.
    private struct Digest {
        private var hash = SHA256()

        mutating func add(_ answer: [UInt8]) {
            withUnsafeBytes(of: UInt64(answer.count)) { hash.update($0) }
            hash.update(answer)
        }

        func finish() -> [UInt8] { hash.digest() }
    }
}

extension FileJournal {
    /// Runs `body` and records its result or error in the current journal.
    static func noting<Found>(
        _ kind: Question.Kind, _ path: String, _ found: (Found) -> [UInt8], _ body: () throws -> Found
    ) rethrows -> Found {
        guard let journal = current else { return try body() }
        do {
            let result = try body()
            journal.note(kind, path, found(result))
            return result
        } catch {
            journal.note(kind, path, answer("\(error)"))
            throw error
        }
    }
}
