import Layouts
import Model
import Rendering

@testable import Recipes

/// An environment of a service of which each member has its own secret, grant and jobs, beside what all have.
package struct DiskEnvironment {
    package let catalog: Catalog
    package let layout: Layout
    package let resolver: Resolver
    package let desired: DesiredState

    /// The recipes' texts.
    package static let files = [
        "releases/epoxy.yaml": "summary: Epoxy\ndefault: true\ndebian: trixie\n",
        "recipes/root/recipe.yaml": "summary: r\nimage: {root: {variant: minbase}}\n",
        "recipes/keeper/recipe.yaml": """
        summary: keeper
        image: {parent: root}
        service:
          command: [keeper]
          volumes: {data: {path: /data}}
          provides: {account: {needs: [user, key], exec: [add], input: account.j2, stored-in: data}}

        """,
        "recipes/keeper/templates/account.j2": "{{ grant.user }} {{ grant.key }}\n",
        "recipes/disk/recipe.yaml": """
        summary: disk
        image: {parent: root}
        service:
          command: [disk]
          volumes: {data: {path: /data, contents: blocks}}
          settings: {spare: {type: boolean, default: false, help: whether it waits for its use}}
          secrets: {own-key: {scope: member}, common: {}}
          generated: {id: {kind: uuid, scope: member}}
          environment: {DISK: "{{ generated.id }}"}
          requires:
            keeper:
              service: keeper
              provision: account
              scope: member
              grant: {user: "{{ member.name }}", key: "{{ secrets.own_key }}"}
              when: "{{ not settings.spare }}"
          files:
            disk.conf:
              ini:
                "disk.{{ member.index }}":
                  key: "{{ secrets['own-key'] }}"
                  peers: ["a", {value: "b", when: "{{ member.index }}"}]
            format.env: {content: "ID={{ generated.id }}", for: [format]}
            common.conf: {content: "{{ secrets.common }}"}
          jobs:
            format:
              command: [format, "{{ member.index }}"]
              scope: member
              stored-in: data
              repeat: once
              when: "{{ not settings.spare }}"
            tell: {command: [tell], after: [format, keeper]}
            check: {command: [check], scope: member, after: [tell], before-members: false}

        """,
    ]

    /// Resolves the environment.
    ///
    /// - Parameter disks: what the file has under `services: disk:`.
    package init(disks: String = "2", files: [String: String] = DiskEnvironment.files) throws {
        let environment = try Environment.parse(
            text: "services: {keeper: 1, disk: \(disks)}\n", file: "lab.yaml")
        catalog = try Catalog.parse(files: files, folder: "c", recipes: ["keeper", "disk"])
        layout = try Layout(environment: environment, catalog: catalog, kept: [:])
        var secrets: [String: String] = [:]
        for service in layout.services {
            for (key, _) in Resolver.secretKeys(service.recipe.keptValues, of: service) { secrets[key] = "of \(key)" }
        }
        resolver = Resolver(layout: layout, secrets: secrets, images: [:])
        desired = try resolver.desiredState()
    }
}
