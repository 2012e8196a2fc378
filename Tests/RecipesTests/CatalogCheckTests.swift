import Model
import Testing

@testable import Recipes

/// Mistakes between recipes, and in the names that templates read.
@Suite struct CatalogCheckTests {
    @Test func parentsFormNoCycle() {
        var sample = SampleCatalog()
        sample.files["recipes/a/recipe.yaml"] = "summary: a\nimage: {parent: b}\n"
        sample.files["recipes/b/recipe.yaml"] = "summary: b\nimage: {parent: a}\n"
        #expect(sample.refusal == "c/recipes/a/recipe.yaml:2:17: recipes are built on each other: a -> b -> a")
    }

    @Test func aRecipeHasAParentOrIsTheRoot() {
        #expect(
            SampleCatalog.refusal(of: "summary: a\nimage: {}\n")
                == "recipe.yaml:2:8: image lacks one of the keys parent, root")
    }

    @Test func releasesExist() {
        #expect(
            SampleCatalog.refusal(of: "summary: a\nimage: {parent: root, releases: [epoxi, zed]}\n")
                == "recipe.yaml:2:34: there is no release epoxi; did you mean epoxy?")
    }

    @Test func aChildNeedsItsParentsReleases() {
        var sample = SampleCatalog()
        sample.files["recipes/a/recipe.yaml"] = "summary: a\nimage: {parent: root, releases: [zed]}\n"
        sample.files["recipes/b/recipe.yaml"] = "summary: b\nimage: {parent: a}\n"
        #expect(
            sample.refusal
                == "c/recipes/b/recipe.yaml:2:8: b can be built in epoxy, and its parent a cannot; "
                + "write `releases: [zed]`")
    }

    @Test func requiredServicesExistAndRun() {
        #expect(
            SampleCatalog.refusal(
                ofService: "requires: {a: {service: mariadbb}, b: {service: root}, c: {wait: maybe}}")
                    == """
                    recipe.yaml:4:27: there is no service mariadbb; did you mean mariadb?
                    recipe.yaml:4:51: there is no service root
                    recipe.yaml:4:61: service.requires.c lacks the key "service"
                    recipe.yaml:4:68: service.requires.c.wait is "maybe", expected one of true, endpoint, registration, jobs, replacement, false
                    """)
    }

    @Test func entriesAreDeletedOfServicesThatExist() {
        let refusal = SampleCatalog.refusal(
            ofService: "reports: {a: {endpoint: e, path: /a, list: l, service: s, host: h, up: u, "
                + "delete: {id: id, of: [mariadbb]}}}")
        #expect(refusal.contains("there is no recipe mariadbb; did you mean mariadb?"), "\(refusal)")
    }

    @Test func grantsNameAProvision() {
        let grant = "grant: {name: a, password: b}"
        #expect(
            SampleCatalog.refusal(
                ofService: """
                    requires:
                      first: {service: mariadb, provision: database, \(grant)}
                      second: {service: mariadb, provision: queue, \(grant)}
                    """)
                == "recipe.yaml:6:50: mariadb has no `provides` of the name queue; it provides database")
    }

    @Test func grantsMatchWhatIsProvided() {
        #expect(
            SampleCatalog.refusal(
                ofService: """
                    requires:
                      database: {service: mariadb, grant: {name: a, pasword: b}}
                      queue: {service: mariadb, grant: {name: a}}
                    """)
                    == """
                    recipe.yaml:5:41: the grant lacks password, which mariadb's database needs
                    recipe.yaml:5:51: mariadb's database needs no pasword; did you mean password?
                    recipe.yaml:6:31: mariadb has no `provides` of the name queue; it provides database
                    """)
    }

    @Test func sharedSecretsHaveOneKind() {
        var sample = SampleCatalog()
        for (name, kind) in [("a", "hex"), ("b", "uuid")] {
            sample.files["recipes/\(name)/recipe.yaml"] =
                "summary: a\nimage: {parent: root}\nservice: {secrets: {k: {kind: \(kind), scope: environment}}}\n"
        }
        #expect(
            sample.refusal
                == "c/recipes/b/recipe.yaml:3:24: secret k of the environment is a uuid here and a hex in a")
    }

    @Test func retiredServicesHaveNoRecipe() throws {
        var sample = SampleCatalog()
        sample.files["retired.yaml"] = "glance-registry: glance-api does its work\nmariadb: it is gone\nempty: ''\n"
        #expect(
            sample.refusal == """
                c/retired.yaml:2:10: mariadb is retired, but a recipe of that name exists
                c/retired.yaml:3:8: empty is "", expected a text
                """)
        sample.files["retired.yaml"] = "glance-registry: glance-api does its work\n"
        let catalog = try Catalog.parse(files: sample.files, folder: "c", recipes: ["mariadb", "glance-registry"])
        #expect(catalog.retired == ["glance-registry": "glance-api does its work"])
        #expect(catalog.recipes.keys.sorted() == ["mariadb", "root"])
    }

    @Test func templatesReadWhatExists() {
        let roots =
            "common, endpoints, environment, generated, image, member, network, networks, public, release, requires, "
            + "secrets, service, settings"
        let refusal = SampleCatalog.refusal(
            ofService: """
                settings:
                  log-level: {type: string, default: info, help: h}
                secrets: {key-0: {}}
                requires: {database: {service: mariadb}}
                files:
                  good:
                    content: "{{ settings.log_level }} {{ secrets['key-0'] }} {{ requires.database.ports.sql }}"
                  bad:
                    content: "{{ settings.loglevel }} {{ secrets.key_1 }} {{ requires.database.ports.sqll }}"
                  worse:
                    content: "{{ setings.a }} {{ grant.name }} {{ requires.cache.address }} {{ member.ip }}"
                  front: {content: "{{ front.endpoints }} {{ release.mariadb }} {{ endpoints.identity.public }}"}
                """)
        #expect(
            refusal == """
                recipe.yaml:12:16: the template reads requires.database.ports.sqll, which does not exist; did you mean sql?
                recipe.yaml:12:16: the template reads secrets.key_1, which does not exist; did you mean key_0?
                recipe.yaml:12:16: the template reads settings.loglevel, which does not exist; did you mean log-level?
                recipe.yaml:14:16: the template reads grant, which does not exist; there is \(roots)
                recipe.yaml:14:16: the template reads member.ip, which does not exist; there is address, addresses, host, hostname, index, name, pod
                recipe.yaml:14:16: the template reads requires.cache, which does not exist; there is database
                recipe.yaml:14:16: the template reads setings, which does not exist; did you mean settings?
                recipe.yaml:15:22: the template reads endpoints.identity, which does not exist; there is no such name
                recipe.yaml:15:22: the template reads front, which does not exist; there is \(roots)
                """)
    }

    @Test func mistakesInTemplateFilesHaveTheirPlace() {
        #expect(
            SampleCatalog.refusal(
                ofService: "files: {a: {template: a.j2}, b: {template: b.j2}}",
                templates: ["a.j2": "# one\nworkers = {{ settings.workers }}\n", "b.j2": "x\n{% if %}\n"]
            )
            .contains("templates/a.j2:2:14: the template reads settings.workers, which does not exist"))
        #expect(
            SampleCatalog.refusal(ofService: "files: {b: {template: b.j2}}", templates: ["b.j2": "x\n{% if %}\n"])
                .hasPrefix("templates/b.j2:2:"))
    }

    @Test func mistakesInTemplatesInPlaceHaveTheirPlace() {
        #expect(
            SampleCatalog.refusal(ofService: "environment: {A: \"{{ 1 + }}\"}").hasPrefix("recipe.yaml:4:"))
    }

    @Test func aFolderWithoutRecipeIsNoticed() {
        var sample = SampleCatalog()
        sample.files["recipes/empty/"] = ""
        #expect(sample.refusal == "c/recipes/empty/recipe.yaml:1:1: recipe empty has no recipe.yaml")
    }

    @Test func releasesAreRight() {
        var sample = SampleCatalog()
        sample.files["releases/zed.yaml"] = "summary: Zed\ndefault: true\ndebain: bookworm\n"
        #expect(
            sample.refusal == """
                c/releases/zed.yaml:1:1: the key "debian" is missing
                c/releases/zed.yaml:3:1: unknown key "debain"; did you mean debian?
                """)
        sample.files["releases/zed.yaml"] = "summary: Zed\ndefault: true\ndebian: bookworm\n"
        #expect(
            sample.refusal
                == "c/releases/zed.yaml:2:10: releases epoxy and zed are both the default; mark one of them")
    }

    @Test func aBrokenRecipeDoesNotHideTheOthers() {
        var sample = SampleCatalog()
        sample.files["recipes/mariadb/recipe.yaml"] = "summary: [\n"
        sample.files["recipes/x/recipe.yaml"] = "image: {parent: root}\n"
        #expect(
            sample.refusal == """
                c/recipes/mariadb/recipe.yaml:2:1: this is not YAML: did not find expected node content while parsing a flow node that begins in line 2
                c/recipes/x/recipe.yaml:1:1: the key "summary" is missing
                """)
    }

    @Test func someRecipesComeWithWhatTheyNeed() throws {
        var sample = SampleCatalog()
        sample.files["recipes/app/recipe.yaml"] =
            "summary: a\nimage: {parent: base}\nservice: {requires: {database: {service: mariadb}}}\n"
        sample.files["recipes/base/recipe.yaml"] = "summary: a\nimage: {parent: root}\n"
        sample.files["recipes/other/recipe.yaml"] = "summary: ["
        let some = try Catalog.parse(files: sample.files, folder: "c", recipes: ["app"])
        #expect(some.recipes.keys.sorted() == ["app", "base", "mariadb", "root"])
        #expect(throws: Problems.self) { try Catalog.parse(files: sample.files, folder: "c", recipes: ["ap"]) }
    }
}
