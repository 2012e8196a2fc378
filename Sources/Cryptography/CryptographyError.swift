import CCrypto

/// A failed cryptographic operation.
public struct CryptographyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The operation that failed, and the reason.
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

/// Unwraps the result of an OpenSSL call.
///
/// - Throws: `CryptographyError` where the call returned a null pointer.
func needed<Pointer>(_ pointer: Pointer?, _ what: String) throws -> Pointer {
    guard let pointer else { throw CryptographyError.failed(what) }
    return pointer
}

/// Checks the result of an OpenSSL call.
///
/// - Throws: `CryptographyError` unless the result is positive.
func check(_ result: Int32, _ what: String) throws {
    if result <= 0 { throw CryptographyError.failed(what) }
}
