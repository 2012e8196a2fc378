import CShims
import Glibc
import Synchronization

/// A request from outside to stop.
public enum StopSignal: Int32, Sendable {
    case interrupt = 2
    case terminate = 15

    /// The exit status that shells expect of a program that a signal ended.
    public var exitStatus: Int32 { 128 + rawValue }
}

/// The arrivals of SIGINT and SIGTERM from now on; while a stream is read, they no longer end the program.
public func stopSignals() -> AsyncStream<StopSignal> {
    SignalForwarder.shared.subscribe()
}

private final class SignalForwarder: Sendable {
    static let shared = SignalForwarder()

    private struct State {
        var subscribers: [Int: AsyncStream<StopSignal>.Continuation] = [:]
        var nextKey = 0
        var writingEnd: Int32?
    }

    private let state = Mutex(State())

    func subscribe() -> AsyncStream<StopSignal> {
        let (stream, continuation) = AsyncStream.makeStream(of: StopSignal.self)
        let key = state.withLock { state in
            state.nextKey += 1
            state.subscribers[state.nextKey] = continuation
            if state.writingEnd == nil { state.writingEnd = startReader() }
            if let end = state.writingEnd {
                minke_forward_signal(StopSignal.interrupt.rawValue, end)
                minke_forward_signal(StopSignal.terminate.rawValue, end)
            }
            return state.nextKey
        }
        continuation.onTermination = { [weak self] _ in self?.unsubscribe(key) }
        return stream
    }

    private func unsubscribe(_ key: Int) {
        state.withLock { state in
            state.subscribers[key] = nil
            guard state.subscribers.isEmpty else { return }
            minke_restore_signal(StopSignal.interrupt.rawValue)
            minke_restore_signal(StopSignal.terminate.rawValue)
        }
    }

    private func startReader() -> Int32? {
        guard let pipe = try? Pipe() else { return nil }
        setNonBlocking(pipe.writing.number)
        let reading = pipe.reading.release()
        ThreadPool.shared.run { [self] in
            var byte: UInt8 = 0
            while true {
                let count = read(reading, &byte, 1)
                if count < 0, errno == EINTR { continue }
                guard count == 1 else { return }
                guard let signal = StopSignal(rawValue: Int32(byte)) else { continue }
                let subscribers = state.withLock { Array($0.subscribers.values) }
                for subscriber in subscribers { subscriber.yield(signal) }
            }
        }
        return pipe.writing.release()
    }
}
