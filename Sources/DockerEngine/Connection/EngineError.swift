import Glibc
import HTTP
import Model
import System

/// An error of a call that the engine refused.
public struct EngineError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The call in words that follow "cannot", such as `create container keystone1`.
    public let call: String
    /// The response's HTTP status; 200 where the refusal came later in a stream.
    public let status: Int
    /// The engine's message.
    public let message: String

    /// Creates an error.
    public init(call: String, status: Int, message: String) {
        self.call = call
        self.status = status
        self.message = message
    }

    init(call: String, response: HTTPResponse) {
        let told = (try? response.json())?["message"]?.string ?? response.text
        self.init(call: call, status: response.status, message: told.isEmpty ? "no reason given" : told)
    }

    /// Whether an object of the call does not exist (status 404).
    public var isNotFound: Bool { status == 404 }
    /// Whether the call conflicts with an object's state or name (status 409).
    public var isConflict: Bool { status == 409 }

    /// The call, the engine's message and the status as a sentence.
    public var description: String { "cannot \(call): \(message) (engine status \(status))" }
}

/// An error of an engine that cannot be reached.
public struct EngineUnreachable: Error, Sendable, CustomStringConvertible {
    /// The address in the form of `DOCKER_HOST`.
    public let address: String
    /// The reason of the failed connection.
    public let reason: String
    /// Whether the socket exists but this user may not use it.
    public var isForbidden = false

    /// The problem in words, without a remedy.
    public var finding: String {
        isForbidden ? "permission denied at \(address)" : "no Docker engine answers at \(address): \(reason)"
    }

    /// The remedy of the problem.
    public var remedy: String {
        isForbidden ? "run as root, or join the group docker" : "start it, or state another one in DOCKER_HOST"
    }

    /// The problem and the remedy.
    public var description: String { "\(finding); \(remedy)" }
}

extension EngineUnreachable {
    /// Creates an error of a failed connection.
    ///
    /// - Parameter reason: the connection's reason, used where checking the socket of this host gives no better one.
    init(_ address: EngineAddress, reason: String) {
        guard let socket = address.settings.unixSocket else {
            self.init(address: address.description, reason: reason)
            return
        }
        let code = access(socket, R_OK | W_OK) == 0 ? 0 : errno
        self.init(
            address: address.description, reason: code == 0 ? reason : SystemError.text(of: code),
            isForbidden: code == EACCES)
    }
}
