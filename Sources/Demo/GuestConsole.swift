import Model

/// The text that a guest wrote on its console.
package struct GuestConsole: Sendable {
    package let lines: [String]
    /// The keys that the guest showed before its console began anew, as it does when an instance is moved or woken.
    package var earlierKeys: [String] = []

    init(_ text: String) {
        lines = text.split(whereSeparator: \.isNewline).map { line in
            String(line.filter { $0 == "\t" || !$0.unicodeScalars.contains { $0.value < 32 || $0.value == 127 } })
        }
    }

    /// Whether the guest can be used: Minke's own guest says so, others show a prompt for a login.
    package var isReady: Bool {
        lines.contains { $0.contains("minke-guest: ready") || $0.hasSuffix("login:") || $0.hasSuffix("login: ") }
    }

    /// The guest's keys for ssh, the latest of each type, each as `TYPE BASE64`.
    package var hostKeys: [String] {
        var keys: [String: String] = [:]
        for line in lines {
            let words = line.split(separator: " ").map(String.init)
            for (type, key) in zip(words, words.dropFirst())
            where ["ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa"].contains(type) && key.hasPrefix("AAAA") {
                keys[type] = key
            }
        }
        return keys.isEmpty ? earlierKeys : keys.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    }

    /// The last lines that are not empty.
    package func end(_ count: Int) -> [String] { Array(lines.filter { !$0.allSatisfy(\.isWhitespace) }.suffix(count)) }
}

/// The facts that a guest tells of itself over ssh.
package struct GuestFacts: Sendable, Hashable {
    /// The facts in the order in which the guest tells them.
    package var facts: [(name: String, value: String)] = []
    /// The instance's id, as the metadata service tells it.
    package var instance: String?

    /// The command that the guest's shell runs; each line of the answer is `NAME=VALUE`.
    static let command = """
        echo "hostname=$(uname -n)"; echo "kernel=$(uname -sr)"; \
        read -r up rest </proc/uptime; echo "uptime=$up s"; \
        test ! -r /run/guest || cat /run/guest; \
        url=http://169.254.169.254/openstack/latest/meta_data.json; \
        echo "metadata=$(wget -q -T 10 -O - $url 2>/dev/null || curl -s -m 10 $url)"
        """

    init(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            guard let equals = line.firstIndex(of: "=") else { continue }
            let name = String(line[..<equals])
            let value = String(line[line.index(after: equals)...])
            if name == "metadata" {
                instance = (try? JSON.parse(Array(value.utf8)))?["uuid"]?.string
            } else {
                facts.append((name, value))
            }
        }
    }

    package static func == (left: GuestFacts, right: GuestFacts) -> Bool { left.value == right.value }
    package func hash(into hasher: inout Hasher) { hasher.combine(value) }

    package var value: Value {
        var map = ValueMap(facts.map { ($0.name, Value.string($0.value)) })
        map["metadata-instance"] = instance.map(Value.string) ?? .null
        return .map(map)
    }
}
