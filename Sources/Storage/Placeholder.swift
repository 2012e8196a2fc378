import System
import Model
public struct StoreEntry: Sendable { public var key: String; public var value: [UInt8] }
public struct StoreLock: Sendable { public func release() {} }
public protocol Store: Sendable { func get(_ key: String) throws -> StoreEntry?; func put(_ key: String, _ value: [UInt8]) throws; func delete(_ key: String) throws; func delete(prefix: String) throws; func range(prefix: String) throws -> [StoreEntry]; func lock(_ n: String, owner: String) throws -> StoreLock }
public final class SQLiteStore: Store {
    let d: Locked<[String: [UInt8]]>; let path: String
    public init(path: String) throws { self.path = path; try Files.makeDirectory(Files.folder(of: path), mode: 0o700); var m: [String: [UInt8]] = [:]
        if Files.exists(path) { for (k, v) in try JSON.parse(try Files.readText(path)).map! { m[k] = Array(v.string!.utf8) } }
        d = Locked(m) }
    func save() throws { let m = d.value; try Files.write(JSON.text(.map(ValueMap(m.map { ($0.key, .string(String(decoding: $0.value, as: UTF8.self))) }))), to: path, mode: 0o600) }
    public func get(_ key: String) throws -> StoreEntry? { d.value[key].map { StoreEntry(key: key, value: $0) } }
    public func put(_ key: String, _ value: [UInt8]) throws { d.withLock { $0[key] = value }; try save() }
    public func delete(_ key: String) throws { d.withLock { _ = $0.removeValue(forKey: key) }; try save() }
    public func delete(prefix: String) throws { d.withLock { m in for k in m.keys where k.hasPrefix(prefix) { m[k] = nil } }; try save() }
    public func range(prefix: String) throws -> [StoreEntry] { d.value.filter { $0.key.hasPrefix(prefix) }.map { StoreEntry(key: $0.key, value: $0.value) }.sorted { $0.key < $1.key } }
    public func lock(_ n: String, owner: String) throws -> StoreLock { StoreLock() }
}
