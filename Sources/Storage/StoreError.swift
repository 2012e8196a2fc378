import Model
import System

/// A reason why a store cannot do what it was asked for.
public enum StoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file's schema was made by a newer Minke.
    case newerSchema(path: String, found: Int, known: Int)
    /// The file is another program's database.
    case foreign(path: String)
    /// The file is no whole database.
    case damaged(path: String, detail: String)
    /// Another process writes, and has not finished in time.
    case busy(path: String, waited: Duration)
    /// The file cannot be used for a reason of SQLite's or the system's.
    case failed(path: String, detail: String)
    /// The folder, or the file in it, cannot be written or created.
    case unwritable(path: String, reason: String)
    /// Another process has the lock. Its holder is unknown for a moment after it took the lock.
    case lockHeld(name: String, holder: LockHolder?)
    /// The holder of a lock has lost it: another process may have it by now.
    case lockLost(name: String)
    /// The lease has lapsed, or never was.
    case leaseLapsed(LeaseID)
    /// Deletions before the revision `oldest` are no longer known.
    case compacted(oldest: Int)
    /// The request contradicts itself.
    case refused(String)

    /// The reason in words for users, with the remedy where there is one.
    public var description: String {
        switch self {
        case .newerSchema(let path, let found, let known):
            "\(path) has schema \(found), this Minke knows schemas up to \(known); use the newer Minke that wrote it"
        case .foreign(let path):
            "\(path) is a database of another program, expected one of Minke's; "
                + "name another file, or move this one away"
        case .damaged(let path, let detail):
            "\(path) is damaged (\(detail)); move it away together with \(path)-wal and \(path)-shm, then run the "
                + "command again: what the containers carry (secrets, addresses, configuration) is read from the "
                + "engine, and the rest is made anew"
        case .busy(let path, let waited):
            "another process has been writing to \(path) for \(waited.seconds) s; "
                + "try again, or see with `fuser -v \(path)` which it is"
        case .failed(let path, let detail):
            "cannot use \(path): \(detail)"
        case .unwritable(let path, let reason):
            "cannot keep state in \(Files.folder(of: path)): \(reason); "
                + "name a folder that can be written by --state DIR or MINKE_STATE"
        case .lockHeld(let name, let holder):
            "\(name) is locked by \(holder?.description ?? "another process"); wait for its end, or end it"
        case .lockLost(let name):
            "the lock of \(name) was lost, since the state folder was removed or replaced meanwhile; "
                + "put the folder back, and run the same command again"
        case .leaseLapsed(let lease):
            "lease \(lease) has lapsed or never was; grant a new one and put its keys again"
        case .compacted(let oldest):
            "changes before revision \(oldest) are no longer known; take a snapshot and watch from there"
        case .refused(let reason):
            "\(reason)"
        }
    }
}
