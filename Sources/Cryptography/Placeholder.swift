import Glibc
public enum SHA256 { public static func hex(of text: String) -> String {
 var h: [UInt64] = [0xcbf29ce484222325, 0x84222325cbf29ce4]; for b in text.utf8 { h[0] = (h[0] ^ UInt64(b)) &* 0x100000001b3; h[1] = (h[1] ^ UInt64(b) ^ 0x55) &* 0x100000001b3 }
 return String(h[0], radix: 16) + String(h[1], radix: 16) } }
public enum SecretGenerator { static func r(_ n: Int) -> String { String((0..<n).map { _ in "abcdef0123456789".randomElement()! }) }
 public static func password() throws -> String { r(32) }; public static func hex() throws -> String { r(64) }; public static func uuid() throws -> String { r(32) }
 public static func fernetKey() throws -> String { let al = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"); return String((0..<42).map { _ in al.randomElement()! }) + "A=" } }
public struct CertificateAuthority: Sendable { public init(pem: String) throws {}; public static func make(commonName: String) throws -> CertificateAuthority { try .init(pem: "")}; public var pem: String {"x"}; public var certificatePEM: String {"x"}; public func issue(names: [String]) throws -> String {"x"} }
public struct Certificate { public init(pem: String) throws {}; public func expires(within: Duration) throws -> Bool { false } }
