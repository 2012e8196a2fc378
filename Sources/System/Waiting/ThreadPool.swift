import Glibc

/// A pool of threads for blocking work. Its size has no limit, since one piece of work may wait for another; idle
/// threads are reused.
final class ThreadPool: @unchecked Sendable {
    static let shared = ThreadPool()

    typealias Work = @Sendable () -> Void

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let arrived = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    // Guarded by `mutex`.
    private var waiting: [Work] = []
    private var idle = 0

    private static let idleLimit = 16

    private init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(arrived, nil)
    }

    func run(_ work: @escaping Work) {
        pthread_mutex_lock(mutex)
        waiting.append(work)
        let needsThread = waiting.count > idle
        if !needsThread { pthread_cond_signal(arrived) }
        pthread_mutex_unlock(mutex)
        if needsThread { startThread() }
    }

    private func startThread() {
        var thread = pthread_t()
        let body = Unmanaged.passUnretained(self).toOpaque()
        let error = pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<ThreadPool>.fromOpaque(pointer).takeUnretainedValue().work()
                return nil
            }, body)
        if error == 0 {
            pthread_detach(thread)
        } else {
            // If no thread can be created, the work runs here: late is better than never.
            takeWork(waitingForMore: false)?()
        }
    }

    private func work() {
        while let work = takeWork(waitingForMore: true) { work() }
    }

    private func takeWork(waitingForMore: Bool) -> Work? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while waiting.isEmpty {
            guard waitingForMore, idle < Self.idleLimit else { return nil }
            idle += 1
            pthread_cond_wait(arrived, mutex)
            idle -= 1
        }
        return waiting.removeFirst()
    }
}
