import Model

/// The objects that Keystone should have for one service.
public struct WantedIdentity: Sendable {
    /// A domain in which a service keeps users.
    public struct Domain: Sendable {
        /// The name, by which an existing domain is found.
        public var name: String
        /// The description; an existing domain whose description differs gets this one.
        public var description: String

        /// Describes a domain.
        public init(name: String, description: String) {
            self.name = name
            self.description = description
        }
    }

    /// A user, with its password and its roles on one project or domain.
    public struct User: Sendable {
        /// The name, by which an existing user is found in the domain.
        public var name: String
        /// The password; an existing user whose password differs gets this one.
        public var password: String
        /// The name of the user's domain, which is wanted or exists; nil for the default domain.
        public var domain: String?
        /// The project of the default domain on which the user has its roles; nil if it has them on its own domain.
        public var project: String?
        /// The names of the roles that the user is assigned.
        public var roles: [String]

        /// Describes a user of the default domain without a project; both can be set afterwards.
        public init(name: String, password: String, roles: [String]) {
            self.name = name
            self.password = password
            self.roles = roles
        }
    }

    /// A service of the catalogue, with its endpoints in one region.
    public struct Service: Sendable {
        /// The type, such as `image`.
        public var type: String
        /// The name; type and name together find an existing service.
        public var name: String
        /// The description; an existing service whose description differs gets this one.
        public var description: String
        /// The identifier of the region.
        public var region: String
        /// The endpoints' URLs by interface (`public`, `internal`, `admin`).
        public var urls: [String: String]

        /// Describes a service and its endpoints.
        public init(type: String, name: String, description: String, region: String, urls: [String: String]) {
            self.type = type
            self.name = name
            self.description = description
            self.region = region
            self.urls = urls
        }
    }

    /// The names of projects of the default domain.
    public var projects: [String]
    /// The names of roles.
    public var roles: [String]
    /// The service users, with their role assignments.
    public var users: [User]
    /// The domains beside the default one.
    public var domains: [Domain] = []
    /// The entries of the service catalogue.
    public var services: [Service] = []

    /// Describes objects, still without domains and services.
    public init(projects: [String], roles: [String], users: [User]) {
        self.projects = projects
        self.roles = roles
        self.users = users
    }
}

/// A record of the Keystone objects that were created for a service, by paths such as `/users/8f0c`.
public protocol IdentityLedger: Sendable {
    /// Records that an object was created; the name is empty for objects without one.
    func note(made path: String, name: String) async throws
    /// Whether the object was created for the service.
    func wasMade(_ path: String) async throws -> Bool
    /// Removes an object from the record.
    func forget(made path: String) async throws
}

extension Keystone {
    /// Creates missing objects and corrects those that differ; others are left alone. The service's endpoints in other
    /// regions are deleted if they were created for it.
    ///
    /// - Throws: `RESTFailure` if Keystone refuses a request; `Problems` if a user's domain does not exist.
    public func converge(_ wanted: WantedIdentity, ledger: any IdentityLedger) async throws {
        async let services: Void = convergeServices(wanted, ledger)
        async let users: Void = convergeUsers(wanted, ledger)
        _ = try await (services, users)
    }

    private func convergeUsers(_ wanted: WantedIdentity, _ ledger: any IdentityLedger) async throws {
        for project in wanted.projects { _ = try await ensure("/projects", "project", named: project) }
        for role in wanted.roles { _ = try await ensure("/roles", "role", named: role, inDomain: false) }
        for domain in wanted.domains { try await converge(domain, ledger) }
        for user in wanted.users {
            let domain = try await id(ofDomain: user.domain)
            async let place = place(ofRolesOf: user, domain: domain)
            async let id = converge(user, domain: domain, ledger)
            let (path, userID) = try await (place, id)
            for role in user.roles {
                let roleID = try await ensure("/roles", "role", named: role, inDomain: false)
                try await put("\(path)/users/\(userID)/roles/\(roleID)")
            }
        }
    }

    private func place(ofRolesOf user: WantedIdentity.User, domain: String) async throws -> String {
        guard let project = user.project else { return "/domains/\(domain)" }
        return "/projects/\(try await ensure("/projects", "project", named: project))"
    }

    /// The identifier of a domain, or of the default domain for nil.
    private func id(ofDomain name: String?) async throws -> String {
        guard let name else { return "default" }
        let found = try await list("/domains?name=\(name.percentEncoded)", "domains").first?["id"]?.string
        guard let found else { throw Problems("Keystone has no domain \(name), which a service's user belongs to") }
        return found
    }

    private func converge(_ domain: WantedIdentity.Domain, _ ledger: any IdentityLedger) async throws {
        let query = "/domains?name=\(domain.name.percentEncoded)"
        let fields: Value = [
            "name": .string(domain.name), "description": .string(domain.description), "enabled": true,
        ]
        if let found = try await list(query, "domains").first {
            if found["description"]?.string != domain.description || found["enabled"]?.bool == false {
                try await update("/domains/\(found["id"]?.string ?? "")", "domain", fields)
            }
            return
        }
        let id = try await create("/domains", "domain", fields)["id"]?.string ?? ""
        try await ledger.note(made: "/domains/\(id)", name: domain.name)
    }

    /// Deletes an object that was created for a service. A domain goes with its users and projects.
    public func remove(_ path: String) async throws {
        // Keystone deletes only domains that are disabled.
        if path.hasPrefix("/domains/") {
            do {
                try await update(path, "domain", ["enabled": false])
            } catch let failure as RESTFailure where failure.status == 404 {}
        }
        try await delete(url + path)
    }

    private func convergeServices(_ wanted: WantedIdentity, _ ledger: any IdentityLedger) async throws {
        for service in wanted.services { try await converge(service, ledger) }
    }

    /// Returns the identifier of the object with a name, which is created if it is missing.
    private func ensure(
        _ path: String, _ key: String, named name: String, inDomain: Bool = true
    ) async throws -> String {
        let query = path + "?name=\(name.percentEncoded)" + (inDomain ? "&domain_id=default" : "")
        if let id = try await list(query, key + "s").first?["id"]?.string { return id }
        var fields: ValueMap = ValueMap([("name", .string(name))])
        if inDomain { fields["domain_id"] = "default" }
        do {
            return try await create(path, key, .map(fields))["id"]?.string ?? ""
        } catch let failure as RESTFailure where failure.status == 409 {
            // A concurrent registration has created it meanwhile.
            guard let id = try await list(query, key + "s").first?["id"]?.string else { throw failure }
            return id
        }
    }

    private func converge(
        _ user: WantedIdentity.User, domain: String, _ ledger: any IdentityLedger
    ) async throws -> String {
        let query = "/users?name=\(user.name.percentEncoded)&domain_id=\(domain)"
        if let id = try await list(query, "users").first?["id"]?.string {
            if try await !accepts(user: id, password: user.password) {
                try await update("/users/\(id)", "user", ["password": .string(user.password), "enabled": true])
            }
            return id
        }
        let fields: Value = [
            "name": .string(user.name), "password": .string(user.password), "domain_id": .string(domain),
            "enabled": true,
        ]
        let id = try await create("/users", "user", fields)["id"]?.string ?? ""
        try await ledger.note(made: "/users/\(id)", name: user.name)
        return id
    }

    private func converge(_ wanted: WantedIdentity.Service, _ ledger: any IdentityLedger) async throws {
        _ = try await ensureRegion(wanted.region)
        let found = try await list("/services?type=\(wanted.type.percentEncoded)", "services")
            .first { $0["name"]?.string == wanted.name }
        let fields: Value = [
            "type": .string(wanted.type), "name": .string(wanted.name),
            "description": .string(wanted.description), "enabled": true,
        ]
        let id: String
        if let found, let known = found["id"]?.string {
            id = known
            if found["description"]?.string != wanted.description || found["enabled"]?.bool == false {
                try await update("/services/\(id)", "service", fields)
            }
        } else {
            id = try await create("/services", "service", fields)["id"]?.string ?? ""
            try await ledger.note(made: "/services/\(id)", name: wanted.name)
        }
        let all = try await list("/endpoints?service_id=\(id)", "endpoints")
        let endpoints = all.filter { $0["region_id"]?.string == wanted.region }
        for (interface, url) in wanted.urls.sorted(by: { $0.key < $1.key }) {
            let fields: Value = [
                "service_id": .string(id), "region_id": .string(wanted.region), "interface": .string(interface),
                "url": .string(url), "enabled": true,
            ]
            guard let endpoint = endpoints.first(where: { $0["interface"]?.string == interface }),
                let endpointID = endpoint["id"]?.string
            else {
                let made = try await create("/endpoints", "endpoint", fields)["id"]?.string ?? ""
                try await ledger.note(made: "/endpoints/\(made)", name: "")
                continue
            }
            if endpoint["url"]?.string != url || endpoint["enabled"]?.bool == false {
                try await update("/endpoints/\(endpointID)", "endpoint", fields)
            }
        }
        for endpoint in all where endpoint["region_id"]?.string != wanted.region {
            let path = "/endpoints/\(endpoint["id"]?.string ?? "")"
            guard try await ledger.wasMade(path) else { continue }
            try await delete(url + path)
            try await ledger.forget(made: path)
        }
    }

    private func ensureRegion(_ region: String) async throws {
        if try await list("/regions", "regions").contains(where: { $0["id"]?.string == region }) { return }
        do {
            _ = try await create("/regions", "region", ["id": .string(region)])
        } catch let failure as RESTFailure where failure.status == 409 {}
    }
}

extension String {
    /// The text with everything but unreserved characters percent-encoded (RFC 3986).
    public var percentEncoded: String {
        var encoded = ""
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return encoded
    }
}
