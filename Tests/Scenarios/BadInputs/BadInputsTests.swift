import System
import Testing

@Suite struct BadInputsTests {
    /// A mistake of a user, with the complaint that it must cause.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let what: String
        /// The lines of the environment's file below the four-line head that all scenarios share.
        var environment = "services: {ledger: 1, shop: 2, vault: 1, clock: 1}"
        /// A file below the catalogue, and the text that is replaced in it.
        var recipe: (file: String, old: String, new: String)?
        /// The beginning of a line of the complaint: `FILE:LINE:COLUMN: ` and the message.
        let told: String

        var testDescription: String { what }
    }

    static let mistakes = [
        Mistake(
            what: "a misspelt key", environment: "servcies: {shop: 1}",
            told: "environment.yaml:5:1: unknown key \"servcies\"; did you mean services?"),
        Mistake(
            what: "a service that the catalogue does not have", environment: "services: {ledger: 1, shpo: 2}",
            told: "environment.yaml:5:23: unknown service shpo; did you mean shop?"),
        Mistake(
            what: "a setting that the recipe does not have",
            environment: "services:\n  ledger: 1\n  shop: {settings: {greting: hi}}",
            told: "environment.yaml:7:30: shop has no setting greting; did you mean greeting?"),
        Mistake(
            what: "a setting of the wrong type",
            environment: "services:\n  ledger: 1\n  shop: {settings: {tills: many}}",
            told: "environment.yaml:7:28: shop's setting tills is \"many\", expected an integer"),
        Mistake(
            what: "a setting beyond its range",
            environment: "services:\n  ledger: 1\n  shop: {settings: {tills: 10}}",
            told: "environment.yaml:7:28: shop's setting tills is an integer 10, expected 9 at most"),
        Mistake(
            what: "a service without a value", environment: "services: {ledger: 1, shop: }",
            told: "environment.yaml:5:29: services.shop is empty, expected a number of members, or a mapping; "),
        Mistake(
            what: "less memory than engines give", environment: "services: {clock: {memory: 1k}}",
            told: "environment.yaml:5:28: services.clock.memory is \"1k\", expected 6m at least, or 0 for no limit"),
        Mistake(
            what: "more members than the recipe allows", environment: "services: {ledger: 2}",
            told: "environment.yaml:5:12: ledger has 2 members and can have 1 at most"),
        Mistake(
            what: "a required service that is left out", environment: "services: {shop: 1}",
            told: "environment.yaml:5:12: shop needs ledger; add `ledger: 1` under `services:`"),
        Mistake(
            what: "a required service without members", environment: "services: {ledger: 0, shop: 1}",
            told: "environment.yaml:5:12: shop needs ledger, which has no members; give it one: `ledger: 1`"),
        Mistake(
            what: "a required service on another host",
            environment: "hosts: {local: {}, far: {}}\nservices: {ledger: {host: far}, shop: 1}",
            told: "environment.yaml:6:12: shop needs ledger, which has no members on this host; give it one on local"),
        Mistake(
            what: "a host that nobody knows", environment: "services: {clock: {host: nowhere}}",
            told: "environment.yaml:5:26: unknown host nowhere; there is local"),
        Mistake(
            what: "fewer named members than replicas",
            environment: "services:\n  clock: {replicas: 2, members: {one: {}}}",
            told: "environment.yaml:6:21: clock names 1 member, and has replicas: 2; "),
        Mistake(
            what: "an address outside of the network",
            environment: "services:\n  clock: {members: {clock1: {address: 10.0.0.1}}}",
            told: "environment.yaml:6:39: address 10.0.0.1 of clock1 is not in the network "),
        Mistake(
            what: "an unknown release", environment: "services: {clock: {image: {release: two}}}",
            told: "environment.yaml:5:12: unknown release two; releases are one"),
        Mistake(
            what: "a file that the service does not have",
            environment: "services: {vault: {config: {volt.conf: {vault: {lock: no}}}}}",
            told: "environment.yaml:5:49: vault has no file volt.conf; did you mean vault.conf?"),
        Mistake(
            what: "values that the program cannot take",
            environment: "services: {vault: {config: {vault.conf: {vault: {alarm: bel, bolts: many}}}}}",
            told:
                "environment.yaml:5:57: vault's vault.conf [vault] alarm is \"bel\", expected one of bell, siren; "
                + "did you mean bell?"),
        Mistake(
            what: "a value beyond the program's range",
            environment: "services:\n  vault: {config: {vault.conf: {vault: {bolts: 13}}}}",
            told: "environment.yaml:6:48: vault's vault.conf [vault] bolts is \"13\", expected an integer from 1 to 12"),
        Mistake(
            what: "a secret that nobody asks for",
            environment: "secrets: {shop.seel: {file: seal}}\nservices: {ledger: 1, shop: 1}",
            told:
                "environment.yaml:5:22: no service of this environment has a secret shop.seel; did you mean shop.seal?"),
        Mistake(
            what: "a secret in the file itself",
            environment: "secrets: {shop.seal: hunter2}\nservices: {ledger: 1, shop: 1}",
            told:
                "environment.yaml:5:22: secrets.shop.seal is written into the environment file; "
                + "write {file: PATH}, where only the file at PATH holds it"),
        Mistake(
            what: "YAML that is none", environment: "services: {ledger: 1, shop: [}",
            told: "environment.yaml:5:30: this is not YAML: did not find expected node content"),
        Mistake(
            what: "a key twice", environment: "services: {clock: 1}\nservices: {ledger: 1}",
            told: "environment.yaml:6:1: the key \"services\" is given twice, first in line 5; remove one of the two"),
        Mistake(
            what: "a recipe's template that names what is not there",
            recipe: ("recipes/shop/recipe.yaml", "{{ settings.tills }}", "{{ settings.tils }}"),
            told: "recipes/shop/recipe.yaml:41:18: the template reads settings.tils, which does not exist; "),
        Mistake(
            what: "a recipe's probe of a listener that is not there",
            recipe: ("recipes/vault/recipe.yaml", "tcp: {listener: api,", "tcp: {listener: apo,"),
            told: "recipes/vault/recipe.yaml:27:21: unknown listener apo; did you mean api?"),
        Mistake(
            what: "a recipe's grant that the other does not provide",
            recipe: ("recipes/shop/recipe.yaml", "grant: {user: shop, password:", "grant: {user: shop, pasword:"),
            told: "recipes/shop/recipe.yaml:33:14: the grant lacks password, which ledger's account needs"),
    ]

    @Test func tellsWhereEveryMistakeIsAndChangesNothing() async throws {
        try await Scenario.run("bad-inputs", services: "services: {ledger: 1, shop: 2, vault: 1, clock: 1}") {
            scenario in
            try await scenario.minke("up")
            let listing = try await scenario.listing()
            let before = try await scenario.members()
            for mistake in Self.mistakes {
                scenario.step(mistake.what)
                try scenario.declare(mistake.environment)
                var original: (file: String, text: String)?
                if let recipe = mistake.recipe {
                    let file = "\(scenario.catalogFolder)/\(recipe.file)"
                    let text = try Files.readText(file)
                    original = (file, text)
                    try #require(text.contains(recipe.old), "\(mistake.what)")
                    try Files.write(text.replacing(recipe.old, with: recipe.new), to: file)
                }
                for command in ["plan", "up"] {
                    let run = try await scenario.minke(command, "--yes", expecting: 2)
                    let lines = run.errors.split(separator: "\n")
                    try #require(
                        lines.contains { $0.hasPrefix("\(scenario.folder)/\(mistake.told)") },
                        "\(mistake.what) is told as: \(run.errors)")
                }
                if let original { try Files.write(original.text, to: original.file) }
            }
            scenario.step("another subnet than the network has")
            try scenario.declare("services: {ledger: 1, shop: 2, vault: 1, clock: 1}")
            let text = try Files.readText(scenario.environmentFile)
            let other = "198.18.\(scenario.place + 210).0/24"
            try Files.write(text.replacing(scenario.subnet, with: other), to: scenario.environmentFile)
            let run = try await scenario.minke("up", "--yes", expecting: 2)
            try #require(
                run.errors.hasPrefix(
                    "\(scenario.environmentFile):3:19: network minke-\(scenario.name) has subnet \(scenario.subnet), "))
            try #require(try await scenario.listing() == listing)
            try #require(try await scenario.members() == before)
            try scenario.declare("services: {ledger: 1, shop: 2, vault: 1, clock: 1}")
            try await scenario.requireNothingToDo()
        }
    }

    @Test(arguments: [
        (["up", "--nonsense"], "--nonsense"), (["upp"], "the nearest is minke up"), (["up", "-j", "none"], "-j"),
        (["exec", "shop1"], "command"), (["logs", "--tail", "-1"], "--tail"),
        (["logs", "--since", "yesterday"], "RFC 3339"), (["build", "--version", "a b"], "--version 'a b' cannot be"),
    ])
    func refusesCommandLinesThatMeanNothing(words: [String], told: String) async throws {
        let run = try await Subprocess(try Places.program(), words).run()
        #expect(run.status.code == 2)
        #expect(run.errorText.contains(told), "\(run.errorText)")
    }
}
