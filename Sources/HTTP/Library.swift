import CCurl
import CShims
import Glibc
import System

/// Loads and initializes libcurl, once.
///
/// - Throws: `SystemError` where it is missing or cannot be initialized.
func loadLibrary() throws {
    if library != CURLE_OK {
        throw SystemError(
            "use libcurl (\(minke_curl_missing().map { String(cString: $0) } ?? "it cannot be set up"))", code: ENOSYS)
    }
}

private let library: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))
