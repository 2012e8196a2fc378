import CCurl

/// An error of an exchange without a complete response; a response of any status is no such error.
public struct HTTPFailure: Error, Sendable, CustomStringConvertible {
    /// The part of the exchange that failed.
    public enum Kind: Sendable {
        /// The server does not accept connections, or its name cannot be resolved.
        case unreachable
        /// TLS failed, for example because of a certificate.
        case tls
        /// The connection broke, or the response was not HTTP.
        case broken
        /// The URL or an option is wrong.
        case request
    }

    /// The part of the exchange that failed.
    public let kind: Kind
    /// The method and URL, such as `GET http://host/path`.
    public let subject: String
    /// The reason, in libcurl's words or this module's.
    public let reason: String

    /// The subject and the reason.
    public var description: String { "\(subject): \(reason)" }

    init(_ code: CURLcode, subject: String, detail: String) {
        self.subject = subject
        let text = String(cString: curl_easy_strerror(code))
        reason = detail.isEmpty ? text : detail
        kind =
            switch code {
            case CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .unreachable
            case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
                CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CIPHER, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ISSUER_ERROR:
                .tls
            case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_FUNCTION_ARGUMENT, CURLE_NOT_BUILT_IN,
                CURLE_UNKNOWN_OPTION:
                .request
            default: .broken
            }
    }

    init(_ kind: Kind, subject: String, reason: String) {
        self.kind = kind
        self.subject = subject
        self.reason = reason
    }
}
