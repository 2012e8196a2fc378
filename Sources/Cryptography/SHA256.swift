import CCrypto

/// A SHA-256 hash of bytes that are given piece by piece.
public struct SHA256 {
    private var state: State

    /// Creates a hash of no bytes yet.
    public init() {
        state = State()
    }

    /// Adds bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        if !isKnownUniquelyReferenced(&state) { state = State(copying: state) }
        state.update(bytes)
    }

    /// Adds bytes.
    public mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// Adds a text's UTF-8.
    public mutating func update(_ text: String) {
        var text = text
        text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
    }

    /// The digest of all bytes so far, 32 bytes; more may be added afterwards.
    public func digest() -> [UInt8] {
        State(copying: state).finish()
    }

    /// The digest as 64 hexadecimal digits.
    public func hex() -> String {
        Hex.encode(digest())
    }

    /// The digest of `bytes` as 64 hexadecimal digits.
    public static func hex(of bytes: [UInt8]) -> String {
        Hex.encode(digest(of: bytes))
    }

    /// The digest of a text's UTF-8 as 64 hexadecimal digits.
    public static func hex(of text: String) -> String {
        var text = text
        let state = State()
        text.withUTF8 { state.update(UnsafeRawBufferPointer($0)) }
        return Hex.encode(state.finish())
    }

    /// The digest of `bytes`, 32 bytes.
    public static func digest(of bytes: [UInt8]) -> [UInt8] {
        let state = State()
        bytes.withUnsafeBytes { state.update($0) }
        return state.finish()
    }

    /// The algorithm, fetched once: fetching it costs more than hashing a short text.
    private struct Algorithm: @unchecked Sendable {
        let pointer = EVP_MD_fetch(nil, "SHA256", nil)
        static let shared = Algorithm()
    }

    private final class State {
        private let context = EVP_MD_CTX_new()

        init() {
            let started = EVP_DigestInit_ex2(context, Algorithm.shared.pointer, nil)
            precondition(started == 1, "libcrypto has no SHA-256")
        }

        init(copying other: State) {
            let copied = EVP_MD_CTX_copy_ex(context, other.context)
            precondition(copied == 1, "libcrypto could not copy a digest's state")
        }

        deinit { EVP_MD_CTX_free(context) }

        func update(_ bytes: UnsafeRawBufferPointer) {
            EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        }

        func finish() -> [UInt8] {
            [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
                EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
                count = 32
            }
        }
    }
}
