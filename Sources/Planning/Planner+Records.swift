import Model

extension Planner {
    /// The key of the record that a milestone was reached.
    public static func recordKey(_ milestone: Milestone) -> String {
        switch milestone {
        case .member(let name): "member/\(name)"
        case .job(let service, let name): "job/\(service)/\(name)"
        case .memberJob(let service, let name, let member): "job/\(service)/\(name)/\(member)"
        case .grant(let service, let requirement): "grant/\(service)/\(requirement)"
        case .memberGrant(let service, let requirement, let member): "grant/\(service)/\(requirement)/\(member)"
        case .registration(let service): "registration/\(service)"
        case .network(let host, let name): "network/\(host)/\(name)"
        case .images(let host): "images/\(host)"
        case .attachment(let host, let interface): "attachment/\(host)/\(interface)"
        case .vacancy(let container): "vacancy/\(container)"
        case .stop(let container): "stop/\(container)"
        case .removal(let container): "removal/\(container)"
        case .withdrawal(let member, let teller): "withdrawal/\(member)/\(teller)"
        case .deregistration(let service): "deregistration/\(service)"
        case .networkRemoval(let host, let name): "network-removal/\(host)/\(name)"
        case .volumeRemoval(let host, let name): "volume-removal/\(host)/\(name)"
        }
    }
}
