import CCrypto

/// The failure to hash, generate, read or sign something, with the reason.
public struct CryptographyError: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String

    init(_ description: String) {
        self.description = description
    }

    /// A failure of OpenSSL, with the first reason that it recorded.
    static func failed(_ what: String) -> CryptographyError {
        let code = ERR_get_error()
        ERR_clear_error()
        guard code != 0 else { return CryptographyError("\(what) failed") }
        var buffer = [CChar](repeating: 0, count: 256)
        ERR_error_string_n(code, &buffer, buffer.count)
        let reason = buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
        return CryptographyError("\(what) failed: \(String(decoding: reason, as: UTF8.self))")
    }
}

/// Gives `pointer`, or throws the failure of the call that gave none.
func needed<Pointer>(_ pointer: Pointer?, _ what: String) throws -> Pointer {
    guard let pointer else { throw CryptographyError.failed(what) }
    return pointer
}

/// Throws unless an OpenSSL call succeeded.
func check(_ result: Int32, _ what: String) throws {
    if result <= 0 { throw CryptographyError.failed(what) }
}
