import CCurl
import CShims
import Model
import System

/// One exchange: its options on a libcurl handle, and its result. It is used by one thread.
final class Transfer {
    let cancellation: Cancellation
    private let request: HTTPRequest
    private let settings: HTTPSettings
    private let onHead: (@Sendable (HTTPHead) -> Void)?
    private let onBody: (@Sendable ([UInt8]) throws -> Void)?

    private var status = 0
    private var headers: [(name: String, value: String)] = []
    private var head: HTTPHead?
    private var body: [UInt8] = []
    private var failure: (any Error)?
    private var piece: ArraySlice<UInt8> = []

    init(
        _ request: HTTPRequest, settings: HTTPSettings, cancellation: Cancellation,
        onHead: (@Sendable (HTTPHead) -> Void)?, onBody: (@Sendable ([UInt8]) throws -> Void)?
    ) {
        self.request = request
        self.settings = settings
        self.cancellation = cancellation
        self.onHead = onHead
        self.onBody = onBody
    }

    /// Sets the options on the handle, runs `perform` for the exchange, and returns the response.
    func withOptions(on easy: UnsafeMutableRawPointer, _ perform: () throws -> CURLcode) throws -> HTTPResponse {
        var message = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
        var list: UnsafeMutablePointer<curl_slist>?
        // "Expect: 100-continue" would cost a round trip, or a second where the server does not support it.
        for header in request.headers + [("Expect", "")] {
            list = curl_slist_append(list, header.value.isEmpty ? "\(header.name):" : "\(header.name): \(header.value)")
        }
        defer { curl_slist_free_all(list) }

        let code = try message.withUnsafeMutableBufferPointer { message in
            minke_curl_set_pointer(easy, CURLOPT_ERRORBUFFER, message.baseAddress)
            minke_curl_set_pointer(easy, CURLOPT_HTTPHEADER, list)
            Self.apply(settings, connectLimit: request.connectLimit, to: easy)
            setRequest(on: easy)
            setCallbacks(on: easy)
            defer { minke_curl_set_pointer(easy, CURLOPT_ERRORBUFFER, nil) }
            if case .bytes(let bytes) = request.body {
                return try bytes.withUnsafeBytes { buffer in
                    minke_curl_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(buffer.count))
                    // A null pointer would make libcurl ask for the body instead.
                    return try withUnsafeBytes(of: UInt8(0)) { none in
                        minke_curl_set_pointer(easy, CURLOPT_POSTFIELDS, buffer.baseAddress ?? none.baseAddress)
                        return try perform()
                    }
                }
            }
            return try perform()
        }
        if let failure { throw failure }
        if code == CURLE_OPERATION_TIMEDOUT {
            let limit = request.timeLimit ?? request.connectLimit
            throw TimedOut("the answer to \(request.subject)", after: limit)
        }
        guard code == CURLE_OK else {
            throw HTTPFailure(code, subject: subject, detail: String(decodingCString: message))
        }
        return HTTPResponse(head: head ?? HTTPHead(status: minke_curl_status(easy), headers: headers), body: body)
    }

    private var subject: String {
        settings.unixSocket.map { "\(request.subject) at unix://\($0)" } ?? request.subject
    }

    static func apply(_ settings: HTTPSettings, connectLimit: Duration, to easy: UnsafeMutableRawPointer) {
        minke_curl_set_number(easy, CURLOPT_NOSIGNAL, 1)
        minke_curl_set_number(easy, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(connectLimit))
        minke_curl_set_text(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        minke_curl_set_number(easy, CURLOPT_TCP_KEEPALIVE, 1)
        if let socket = settings.unixSocket { minke_curl_set_text(easy, CURLOPT_UNIX_SOCKET_PATH, socket) }
        if !settings.usesProxy { minke_curl_set_text(easy, CURLOPT_PROXY, "") }
        if let path = settings.tls.authorities { minke_curl_set_text(easy, CURLOPT_CAINFO, path) }
        if let path = settings.tls.certificate { minke_curl_set_text(easy, CURLOPT_SSLCERT, path) }
        if let path = settings.tls.key { minke_curl_set_text(easy, CURLOPT_SSLKEY, path) }
        if !settings.tls.verifies {
            minke_curl_set_number(easy, CURLOPT_SSL_VERIFYPEER, 0)
            minke_curl_set_number(easy, CURLOPT_SSL_VERIFYHOST, 0)
        }
    }

    private func setRequest(on easy: UnsafeMutableRawPointer) {
        minke_curl_set_text(easy, CURLOPT_URL, request.url)
        if let limit = request.timeLimit {
            minke_curl_set_number(easy, CURLOPT_TIMEOUT_MS, Self.milliseconds(limit))
        }
        switch request.body {
        case .none:
            if request.method == "HEAD" { minke_curl_set_number(easy, CURLOPT_NOBODY, 1) }
            if ["POST", "PUT", "PATCH"].contains(request.method) {
                minke_curl_set_number(easy, CURLOPT_POST, 1)
                minke_curl_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, 0)
                minke_curl_set_text(easy, CURLOPT_COPYPOSTFIELDS, "")
            }
        case .bytes:
            minke_curl_set_number(easy, CURLOPT_POST, 1)
        case .pieces(let size, _):
            minke_curl_set_number(easy, CURLOPT_UPLOAD, 1)
            minke_curl_set_number(easy, CURLOPT_UPLOAD_BUFFERSIZE, 256 * 1024)
            // A body that can be read only once cannot be sent again when a reused connection turns out to be closed.
            minke_curl_set_number(easy, CURLOPT_FRESH_CONNECT, 1)
            if let size { minke_curl_set_size(easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(size)) }
        }
        minke_curl_set_text(easy, CURLOPT_CUSTOMREQUEST, request.method)
    }

    private func setCallbacks(on easy: UnsafeMutableRawPointer) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        minke_curl_set_pointer(easy, CURLOPT_HEADERDATA, context)
        minke_curl_set_callback(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            Transfer.from(context)?.receiveHeader(Transfer.buffer(bytes, size * count))
            return size * count
        }
        minke_curl_set_pointer(easy, CURLOPT_WRITEDATA, context)
        minke_curl_set_number(easy, CURLOPT_BUFFERSIZE, 128 * 1024)
        minke_curl_set_callback(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            let isFine = Transfer.from(context)?.receive(Transfer.buffer(bytes, size * count)) ?? false
            return isFine ? size * count : 0
        }
        minke_curl_set_pointer(easy, CURLOPT_READDATA, context)
        minke_curl_set_callback(easy, CURLOPT_READFUNCTION) { bytes, size, count, context in
            guard let bytes, let transfer = Transfer.from(context) else { return Int(CURL_READFUNC_ABORT) }
            return transfer.provide(UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
        }
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func buffer(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: bytes, count: count)
    }

    private func receiveHeader(_ buffer: UnsafeRawBufferPointer) {
        let line = String(decoding: buffer, as: UTF8.self).trimmingSpace()
        if line.hasPrefix("HTTP/") {
            // A new status line follows an interim response or a proxy's, so the head begins again.
            status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            headers = []
        } else if line.isEmpty {
            guard status >= 200, head == nil else { return }
            let complete = HTTPHead(status: status, headers: headers)
            head = complete
            onHead?(complete)
        } else if let colon = line.firstIndex(of: ":") {
            headers.append((String(line[..<colon]), line[line.index(after: colon)...].trimmingSpace()))
        }
    }

    private func receive(_ buffer: UnsafeRawBufferPointer) -> Bool {
        guard let onBody, (200..<300).contains(status) else {
            body += buffer
            return true
        }
        do {
            try onBody(Array(buffer))
            return true
        } catch {
            failure = error
            return false
        }
    }

    private func provide(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard case .pieces(_, let next) = request.body else { return 0 }
        do {
            while piece.isEmpty {
                guard let more = try next() else { return 0 }
                piece = more[...]
            }
        } catch {
            failure = error
            return Int(CURL_READFUNC_ABORT)
        }
        let count = min(piece.count, buffer.count)
        buffer.copyBytes(from: piece.prefix(count))
        piece = piece.dropFirst(count)
        return count
    }

    static func milliseconds(_ duration: Duration) -> Int {
        max(1, Int((duration.seconds * 1000).rounded()))
    }
}
