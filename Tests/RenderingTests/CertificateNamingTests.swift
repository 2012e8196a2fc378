import Layouts
import Model
import Rendering
import TestEnvironments
import TestTools
import Testing

@testable import Recipes

/// Certificates are named from the recipes alone, before any is made.
@Suite struct CertificateNamingTests {
    private func resolver(_ files: String) throws -> Resolver {
        let recipe = """
            summary: app
            image: {parent: root}
            service:
              command: [app]
              settings: {tls: {type: boolean, default: true, help: whether there is TLS}}
              files: {\(files.replacing("\n", with: " "))}
              jobs: {first: {command: [first]}}

            """
        let catalog = try Catalog.parse(
            files: [
                "recipes/root/recipe.yaml": "summary: r\nimage: {root: {variant: minbase}}\n",
                "recipes/app/recipe.yaml": recipe,
                "releases/epoxy.yaml": "summary: Epoxy\ndefault: true\ndebian: trixie\n",
            ], folder: "c", recipes: ["app"])
        let environment = try Environment.parse(text: "services: {app: 2}\n", file: "lab.yaml")
        return Resolver(
            layout: try Layout(environment: environment, catalog: catalog, kept: [:]), secrets: [:], images: [:])
    }

    @Test func namesOneForAllOrOneForEach() throws {
        let wanted = try resolver(
            """
            own.pem: {certificate: {names: ["{{ member.name }}", "{{ '' }}"]}},
            shared.pem: {certificate: {names: [app.example]}},
            again.pem: {certificate: {names: [app.example]}}
            """
        ).wantedCertificates()
        #expect(Set(wanted.names) == [["app1"], ["app2"], ["app.example"]])
        #expect(wanted.names.count == 3)
        #expect(!wanted.includesAuthority)
    }

    @Test func namesThoseOfFilesThatAreThere() throws {
        let wanted = try resolver(
            """
            first.pem: {certificate: {names: ["first-{{ member.name }}"]}, when: "{{ member.index == 0 }}"},
            plain.pem: {certificate: {names: [plain]}, when: "{{ not settings.tls }}"},
            job.pem: {certificate: {names: ["job-{{ member.name }}"]}, for: [first]},
            ca.pem: {authority: true, when: "{{ settings.tls }}"}
            """
        ).wantedCertificates()
        #expect(Set(wanted.names) == [["first-app1"], ["job-app1"]])
        #expect(wanted.includesAuthority)
    }

    @Test func namesNoneWithoutSuchAFile() throws {
        let resolver = try resolver(
            "app.conf: {content: app}, ca.pem: {authority: true, when: \"{{ not settings.tls }}\"}")
        #expect(resolver.wantedCertificates().isEmpty)
        #expect(resolver.authority == nil)
    }

    /// Whatever is rendered was named: an environment with all that the repository has is rendered from what was made
    /// for these names.
    @Test(arguments: ["identity", "openstack", "openstack-2"]) func namesAllThatIsRendered(file: String) throws {
        let environment = try ResolvedEnvironment(file: file)
        let wanted = environment.resolver.wantedCertificates()
        var texts: Set<String> = []
        for member in environment.desired.members {
            texts.formUnion(try environment.resolver.files(ofMember: member.name).map(\.text))
        }
        for job in environment.desired.jobs {
            texts.formUnion(try environment.resolver.files(of: job).map(\.text))
        }
        #expect(!wanted.names.isEmpty)
        for text in wanted.samples.texts.values { #expect(texts.contains(text)) }
    }

    @Test func rendersNothingThatWasNotMade() throws {
        let resolver = try resolver("own.pem: {certificate: {names: [\"{{ member.name }}\", app.example]}}")
        let problems = thrown(Problems.self) { try resolver.files(ofMember: "app1") }
        #expect(problems?.all.map(\.message) == ["no certificate was made for app1, app.example"])
        let signed = resolver.having(resolver.wantedCertificates().samples)
        #expect(try signed.files(ofMember: "app1").map(\.text) == ["CERTIFICATE of app1 app.example"])
    }
}
