import Glibc

/// An error of the operating system: the attempted operation with its subject, and the reason.
public struct SystemError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The operation in words that follow "cannot", such as `read /etc/hosts`.
    public let operation: String
    /// The errno of the failed call.
    public let code: Int32

    /// Creates an error from the errno of the call that has just failed, or from another code.
    public init(_ operation: String, code: Int32 = errno) {
        self.operation = operation
        self.code = code
    }

    /// The operating system's text for an errno.
    public static func text(of code: Int32) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard let start = buffer.baseAddress, strerror_r(code, start, buffer.count) == 0 else {
                return "error \(code)"
            }
            return String(cString: start)
        }
    }

    /// The operation and the operating system's text for the errno.
    public var description: String { "cannot \(operation): \(Self.text(of: code))" }
}
