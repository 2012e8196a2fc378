import Model

/// Checks of the references to a service's endpoints.
extension RecipeCheck {
    func checkReports(_ service: ServiceRecipe) {
        for report in service.reports {
            expect(
                report.endpoint, among: names.endpoints, "endpoint", "service", "reports", report.name, "endpoint")
        }
        if let version = service.version {
            expect(version.endpoint, among: names.endpoints, "endpoint", "service", "version", "endpoint")
        }
    }

    func checkIdentity(_ service: ServiceRecipe) {
        if let endpoint = service.identity?.endpoint {
            expect(endpoint, among: names.endpoints, "endpoint", "service", "identity", "endpoint")
            expectPublic(endpoint, of: service, "service", "identity", "endpoint")
        }
        if service.identity?.services.isEmpty == false, service.identity?.endpoint == nil,
            document.node["service"]?["identity"]?["endpoint"] == nil
        {
            problems.add(
                at: document.place("service", "identity"), "the identity has a service and no endpoint",
                remedy: "name one of `endpoints:`")
        }
        if let endpoint = service.administration?.endpoint {
            expect(endpoint, among: names.endpoints, "endpoint", "service", "administration", "endpoint")
            expectPublic(endpoint, of: service, "service", "administration", "endpoint")
        }
    }

    /// Checks that an endpoint announced to clients outside is public.
    private func expectPublic(_ name: String, of service: ServiceRecipe, _ path: String...) {
        guard service.endpoints.contains(where: { $0.name == name && !$0.isPublic }) else { return }
        problems.add(
            at: document.place(path), "endpoint \(name) has `public: false`, but it is announced to clients outside",
            remedy: "make it public, or name another one")
    }
}
