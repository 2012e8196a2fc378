import CCurl
import CShims
import System

/// A libcurl handle with its connections. It is used by one thread at a time; any thread may call `wakeUp`.
final class Worker: @unchecked Sendable {
    private let multi: UnsafeMutableRawPointer
    private let easy: UnsafeMutableRawPointer

    init() throws {
        try loadLibrary()
        guard let multi = curl_multi_init(), let easy = curl_easy_init() else {
            throw SystemError("set up libcurl", code: 12)
        }
        self.multi = multi
        self.easy = easy
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_multi_cleanup(multi)
    }

    func wakeUp() { curl_multi_wakeup(multi) }

    func run(_ transfer: Transfer) throws -> HTTPResponse {
        curl_easy_reset(easy)
        return try transfer.withOptions(on: easy) {
            curl_multi_add_handle(multi, easy)
            defer { curl_multi_remove_handle(multi, easy) }
            while true {
                if transfer.cancellation.isCancelled { throw CancellationError() }
                var running: Int32 = 0
                guard curl_multi_perform(multi, &running) == CURLM_OK else { return CURLE_FAILED_INIT }
                let result = minke_curl_result(multi)
                if result >= 0 { return CURLcode(rawValue: UInt32(result)) }
                curl_multi_poll(multi, nil, 0, 60_000, nil)
            }
        }
    }
}
