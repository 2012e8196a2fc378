/// A server behind the front, as the front reports it.
public struct FrontServer: Sendable, Hashable {
    /// A state of a server, in the words of the front's command `front-state`.
    public enum State: String, Sendable { case up, down, drain, maint }

    /// The name of the backend, which stands for an endpoint of a service.
    public var backend: String
    /// The server's name, which stands for a member's slot (`Slot.serverName`).
    public var name: String
    /// The state that decides whether the server gets requests: only one that is up does.
    public var state: State
    /// The result of the front's last check, in the front's words.
    public var check: String

    /// Creates a server's state.
    public init(backend: String, name: String, state: State, check: String) {
        self.backend = backend
        self.name = name
        self.state = state
        self.check = check
    }

    /// Reads an entry of the output of the front's command `front-state`; nil where the value is none.
    public init?(_ value: Value) {
        guard let backend = value["backend"]?.string, let name = value["server"]?.string,
            let state = value["state"]?.string.flatMap(State.init(rawValue:))
        else { return nil }
        self.init(backend: backend, name: name, state: state, check: value["check"]?.string ?? "")
    }

    /// The reason why the server gets no requests, as a clause; nil where it gets them.
    public var complaint: String? {
        switch state {
        case .up: nil
        case .down: "the front's check of \(backend) fails (\(check))"
        case .drain, .maint: "the front sends it no requests (\(state.rawValue))"
        }
    }

    /// Whether somebody told the front to send the server no requests.
    public var isWithheld: Bool { state == .drain || state == .maint }
}

extension DesiredMember {
    /// The slot under which the front knows a container: always `a` where a member never runs twice, since both slots
    /// have one address.
    public func serverSlot(of slot: Slot) -> Slot { replacement == .startFirst ? slot : .a }

    /// The name under which the front knows a container.
    public func server(in slot: Slot) -> String { serverSlot(of: slot).serverName(member: name) }

    /// The front's servers that stand for the member's container in this slot.
    public func servers(in slot: Slot, of all: [FrontServer]) -> [FrontServer] {
        let name = server(in: slot)
        return all.filter { $0.name == name && backends.contains($0.backend) }
    }
}
