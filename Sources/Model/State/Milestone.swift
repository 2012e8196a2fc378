/// A result that steps can wait for, whichever step reaches it: its name means the same on every host, in every plan.
public enum Milestone: Sendable, Hashable, Comparable {
    /// A member that is healthy with its wanted specification and files.
    case member(String)
    /// The job `name` of a service, done.
    case job(service: String, name: String)
    /// The grant for the requirement of a service, done.
    case grant(service: String, requirement: String)
    /// The service, registered in Keystone.
    case registration(service: String)
    /// A network, made on a host.
    case network(host: String, name: String)
    /// The images that new containers of a host need, copied to it.
    case images(host: String)
    /// An interface of a host, put on its network again.
    case attachment(host: String, interface: String)
    /// A container whose member handed over its workloads.
    case vacancy(container: String)
    /// A container, stopped.
    case stop(container: String)
    /// A container, removed.
    case removal(container: String)
    /// The entry of a member that is gone, deleted at the API of the service that listed it.
    case withdrawal(member: String, teller: String)
    /// The objects in Keystone of a service that is gone, deleted.
    case deregistration(service: String)
    /// A network, removed from a host.
    case networkRemoval(host: String, name: String)
    /// A volume, removed from a host.
    case volumeRemoval(host: String, name: String)
}

extension Step {
    /// The milestone that the step reaches. No other step of its plan reaches the same one.
    public var milestone: Milestone {
        switch action {
        case .create(let member, _, _), .verify(let member, _), .keep(let member, _), .start(let member, _),
            .replace(let member, _, _, _, _), .configure(let member, _, _, _), .restart(let member, _),
            .rename(let member, _, _):
            .member(member)
        case .runJob(let service, let name): .job(service: service, name: name)
        case .grant(let service, let requirement): .grant(service: service, requirement: requirement)
        case .register(let service): .registration(service: service)
        case .createNetwork(let network): .network(host: host, name: network.name)
        case .copyImages: .images(host: host)
        case .attach(let interface, _): .attachment(host: host, interface: interface)
        case .vacate(_, let container): .vacancy(container: container)
        case .stop(_, let container): .stop(container: container)
        case .remove(_, let container): .removal(container: container)
        case .withdraw(let departure, let teller): .withdrawal(member: departure.member, teller: teller)
        case .deregister(let service): .deregistration(service: service)
        case .removeNetwork(let name): .networkRemoval(host: host, name: name)
        case .removeVolume(let name): .volumeRemoval(host: host, name: name)
        }
    }
}
