import Model

/// An event that an engine reports.
public struct EngineEvent: Sendable, Hashable {
    /// The type of the object: `container`, `image`, `network`, `volume`, `daemon` and others.
    public let type: String
    /// The action, such as `start`, `die` or `health_status: healthy`.
    public let action: String
    /// The id or name of the object that the event concerns.
    public let subject: String
    /// The object's labels and more, such as `name`, `image` and `exitCode`.
    public let attributes: [String: String]
    /// The time in nanoseconds since 1970.
    public let time: Int
}

extension Engine {
    /// Listens to events from now on, or from `since`, until `until` or until the stream is no longer read.
    ///
    /// The engine already listens when the call returns, so that no later event is missed. Times are seconds since
    /// 1970, with or without a fraction, or in RFC 3339.
    public func events(
        filters: Filters = [:], since: String? = nil, until: String? = nil
    ) async throws -> AsyncThrowingStream<EngineEvent, any Error> {
        var query = filters.pair
        if let since { query.append(("since", since)) }
        if let until { query.append(("until", until)) }
        let pieces = try await open("listen to events", "GET", "/events", query: query)
        var lines = LineSplitter()
        return pieces.transformed { try lines.add($0).map { EngineEvent($0) } }
    }
}

extension EngineEvent {
    init(_ value: Value) {
        let actor = value["Actor"] ?? .null
        type = value.text("Type")
        action = value.text("Action")
        subject = actor.text("ID")
        attributes = actor.textMap("Attributes")
        time = value.number("timeNano")
    }
}
