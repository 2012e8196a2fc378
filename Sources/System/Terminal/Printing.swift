import CShims
import Glibc
import Synchronization

/// Prepares the standard streams at the program's start: writing to a closed pipe no longer ends the program.
public func prepareStandardStreams() {
    minke_ignore_broken_pipes()
}

/// Writes a line, or several, to the standard output at once, so that nothing is lost in a crash.
public func printOut(_ text: String, terminator: String = "\n") {
    StandardOutput.write(text + terminator, to: .output)
}

/// Writes a line, or several, to the standard error at once.
public func printError(_ text: String, terminator: String = "\n") {
    StandardOutput.write(text + terminator, to: .errors)
}

/// Writes bytes as they are to one of the standard outputs.
public func printBytes(_ bytes: [UInt8], to stream: Terminal.Stream = .output) {
    StandardOutput.write(bytes, to: stream)
}

/// Whether the reader of the standard output is gone, so that following a log or the like for it is in vain.
public var outputIsClosed: Bool { StandardOutput.isClosed.load(ordering: .relaxed) }

/// The error by which printed text was lost; nil where nothing was lost, except to a reader that is gone.
public var outputLoss: SystemError? {
    let code = StandardOutput.loss.load(ordering: .relaxed)
    return code == 0 ? nil : SystemError("write to the standard output", code: code)
}

private enum StandardOutput {
    static let isClosed = Atomic(false)
    static let loss = Atomic<Int32>(0)
    // One text can take several writes, between which the texts of concurrent tasks must not come.
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
        guard let code, stream == .output else { return }
        if code == EPIPE {
            isClosed.store(true, ordering: .relaxed)
        } else {
            loss.store(code, ordering: .relaxed)
        }
    }
}
