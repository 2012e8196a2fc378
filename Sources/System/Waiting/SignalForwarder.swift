import CShims
import Glibc
import Synchronization

/// A distributor of signals, which calls their subscribers on a thread of its own.
final class SignalForwarder: Sendable {
    static let shared = SignalForwarder()

    private struct Subscriber {
        let numbers: Set<Int32>
        let receive: @Sendable (Int32) -> Void
    }

    private struct State {
        var subscribers: [Int: Subscriber] = [:]
        var nextKey = 0
        var writingEnd: Int32?
    }

    private let state = Mutex(State())

    func subscribe(_ numbers: Set<Int32>, _ receive: @escaping @Sendable (Int32) -> Void) -> Int {
        state.withLock { state in
            state.nextKey += 1
            state.subscribers[state.nextKey] = Subscriber(numbers: numbers, receive: receive)
            if state.writingEnd == nil { state.writingEnd = startReader() }
            if let end = state.writingEnd {
                for number in numbers { minke_forward_signal(number, end) }
            }
            return state.nextKey
        }
    }

    func unsubscribe(_ key: Int) {
        state.withLock { state in
            guard let gone = state.subscribers.removeValue(forKey: key) else { return }
            let stillWanted = state.subscribers.values.reduce(into: Set<Int32>()) { $0.formUnion($1.numbers) }
            for number in gone.numbers.subtracting(stillWanted) { minke_restore_signal(number) }
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
                let number = Int32(byte)
                let receivers = state.withLock { state in
                    state.subscribers.values.filter { $0.numbers.contains(number) }.map(\.receive)
                }
                for receive in receivers { receive(number) }
            }
        }
        return pipe.writing.release()
    }
}
