import CShims
import Glibc
import Synchronization

/// Makes the program ignore SIGPIPE, so that writing to a closed pipe does not end it; called at the program's start.
public func prepareStandardStreams() {
    minke_ignore_broken_pipes()
}

/// Writes one or more lines to the standard output, unbuffered, so that nothing is lost in a crash.
public func printOut(_ text: String, terminator: String = "\n") {
    StandardOutput.write(text + terminator, to: .output)
}

/// Writes one or more lines to the standard error, unbuffered.
public func printError(_ text: String, terminator: String = "\n") {
    StandardOutput.write(text + terminator, to: .errors)
}

/// Writes bytes to the standard output or the standard error, unbuffered.
public func printBytes(_ bytes: [UInt8], to stream: Terminal.Stream = .output) {
    StandardOutput.write(bytes, to: stream)
}

/// The error by which output was lost; nil if none was lost. A reader that has gone does not count.
public var outputLoss: SystemError? {
    let code = StandardOutput.loss.load(ordering: .relaxed)
    return code == 0 ? nil : SystemError("write to the standard output", code: code)
}

private enum StandardOutput {
    static let loss = Atomic<Int32>(0)
    // A text can take several writes; the lock keeps the texts of concurrent tasks apart.
    private static let lock = Mutex(())

    static func write(_ text: String, to stream: Terminal.Stream) {
        var text = text
        text.withUTF8 { write(UnsafeRawBufferPointer($0), to: stream) }
    }

    static func write(_ bytes: [UInt8], to stream: Terminal.Stream) {
        bytes.withUnsafeBytes { write($0, to: stream) }
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to stream: Terminal.Stream) {
        let code = lock.withLock { _ in writeAll(bytes, to: stream.rawValue) }
        if let code, stream == .output, code != EPIPE { loss.store(code, ordering: .relaxed) }
    }
}
