import Model

@testable import Recipes

/// A small catalogue without findings, for tests that put one mistake into it.
struct LintSample {
    /// The texts by path below the catalogue's folder.
    var files: [String: String] = [
        "releases/epoxy.yaml": "summary: Epoxy\ndefault: true\ndebian: trixie\n",
        "options/epoxy/shop.ini": "[DEFAULT]\nname = text\n",
        "recipes/root/recipe.yaml": "summary: the root\nimage: {root: {variant: minbase}}\n",
        "recipes/root/test/run": "#!/bin/sh\nset -eu\n",
        "recipes/root/test/broken.yaml": Self.broken,
        "recipes/x/recipe.yaml": """
        summary: a service
        image: {parent: root, groups: {openstack: glance}, node: controller}
        service:
          user: {name: x, id: 42400}
          listeners: {api: {port: 9292, protocol: http}}
          endpoints: {e: {listener: api, ports: [9292]}}
          volumes: {data: {path: /var/lib/x, scope: service}}
          settings: {name: {type: string, default: a, help: h}}
          secrets: {database: {}, key: {kind: fernet-key}}
          files:
            x.conf:
              ini:
                DEFAULT: {bind_port: 9292, name: "{{ settings.name }}"}
                database: {connection: "mysql://x:{{ secrets.database | urlpart }}@host/x", key: "{{ secrets.key }}"}
            y.conf: {template: y.j2}

        """,
        "recipes/x/templates/y.j2": "name = {{ settings.name }}\n",
        "recipes/x/Dockerfile": """
        ARG PARENT
        FROM ${PARENT}
        # What starts it.
        COPY x-start /usr/bin/
        RUN minke-user x 42400 /var/lib/x \\
            && ln -s /etc/minke/x.conf /etc/x.conf
        USER x
        VOLUME /var/lib/x
        EXPOSE 9292
        CMD ["x-start"]

        """,
        "recipes/x/x-start": "#!/bin/bash\nset -euo pipefail\nexec x --config /etc/minke/y.conf\n",
        "recipes/x/test/run": "#!/bin/bash\nset -euo pipefail\ntest -x /usr/bin/x\n",
        "recipes/x/test/broken.yaml": Self.broken,
    ]
    /// A list of broken images.
    static let broken = "- {bug: b, told: t, dockerfile: USER 0}\n"
    /// The paths of the executable files.
    var executables: Set = ["recipes/x/x-start", "recipes/x/test/run", "recipes/root/test/run"]

    /// Replaces a part of a file of recipe `x`.
    mutating func replace(_ old: String, with new: String, in file: String) {
        files["recipes/x/\(file)"] = files["recipes/x/\(file)"]?.replacing(old, with: new)
    }

    /// The findings of the rules, one a line, with paths below recipe `x`.
    func findings() throws -> String {
        let texts = files.filter { $0.key.hasSuffix("recipe.yaml") || !$0.key.contains("/test/") }
        let source = CatalogSource(files: texts, folder: "c")
        let documents = try CatalogLoading(source: source, wanted: nil).checkedDocuments()
        let recipes = Lint.linted(documents, optionLists: try source.options.names()) { name in
            let prefix = "recipes/\(name)/"
            let own = files.filter { $0.key.hasPrefix(prefix) }.sorted { $0.key < $1.key }
            let linted = own.map { path, text in
                LintedFile(
                    path: String(path.dropFirst(prefix.count)), text: text,
                    isExecutable: executables.contains(path), place: Place(file: "c/\(path)", line: 1, column: 1))
            }
            return (linted, linted.map(\.path))
        }
        return Lint.sorted(Lint.findings(in: recipes)).map(\.description).joined(separator: "\n")
            .replacing("c/recipes/x/", with: "")
    }
}
