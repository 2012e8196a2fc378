extension SQLiteStore {
    /// Watches by looking at an interval, of 100 ms by default, whether the file has changed.
    public func watch(prefix: String, from revision: Int?) async throws -> AsyncThrowingStream<StoreEvent, any Error> {
        let start = try await read { tables in
            let next = try revision ?? tables.revision() + 1
            try tables.checkKnown(from: next)
            return next
        }
        return .polling(from: News(next: start, stamp: nil, events: []), every: watchInterval) { news in
            news = try await self.news(prefix: prefix, since: news)
            return news.events
        }
    }

    /// The state of a watch after its last look.
    private struct News: Sendable {
        /// The first revision that the watch has not seen.
        var next: Int
        var stamp: ChangeStamp?
        var events: [StoreEvent]
    }

    private func news(prefix: String, since last: News) async throws -> News {
        let stamp = try await exclusively { tables in
            if try tables.hasLapsedLeases() {
                try tables.connection.transaction(writing: true) { try tables.dropLapsedLeases() }
            }
            return try tables.changeStamp()
        }
        if stamp == last.stamp { return News(next: last.next, stamp: stamp, events: []) }
        return try await read { tables in
            try tables.checkKnown(from: last.next)
            let events = try tables.events(prefix: prefix, from: last.next)
            // The watch may have been asked to begin at a later revision.
            return News(next: max(last.next, try tables.revision() + 1), stamp: stamp, events: events)
        }
    }
}
