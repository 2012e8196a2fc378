import Documents
import Model

/// Checks of the forms of names in recipes and environments.
enum Names {
    /// Whether a text is a label of RFC 1123 in lower case, which is valid in DNS and in the engine's names.
    static func isLabel(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last, text.utf8.count <= 63 else { return false }
        return isAlphanumeric(first) && isAlphanumeric(last)
            && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }

    static let labelForm = "a name of small letters, digits and hyphens, 63 at most"

    /// Whether a text is a host name, in either case, or an IPv4 address.
    static func isHostName(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 253, labels.allSatisfy({ isLabel($0.lowercased()) }) else { return false }
        // A name that ends in a number is everywhere taken for an address (RFC 1123, section 2.1).
        let isNumeric = labels.last?.utf8.allSatisfy { (0x30...0x39).contains($0) } ?? false
        return !isNumeric || IPv4Address(text: text) != nil
    }

    /// Whether a text is a path from the root, without `..`, colons or spaces.
    static func isAbsolutePath(_ text: String) -> Bool {
        text.hasPrefix("/") && (text == "/" || isPath(text.dropFirst()))
    }

    /// Whether a text is a path below a folder, without `.` and `..`.
    static func isRelativePath(_ text: String) -> Bool { isPath(text[...]) }

    private static func isPath(_ text: Substring) -> Bool {
        text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part != "." && part != ".."
                && part.utf8.allSatisfy {
                    $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "\\")
                }
        }
    }

    /// Whether a text is the name of a region, in characters that every service and client accepts.
    static func isRegion(_ text: String) -> Bool {
        (1...63).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                isAlphanumeric($0 | 0x20) && $0 > 0x20 || [0x2D, 0x2E, 0x5F].contains($0)
            }
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

extension NodeReader where Output == String {
    /// A name that serves as a DNS label.
    static var label: Self {
        NodeReader<String>.text.mapped(expecting: Names.labelForm) { Names.isLabel($0) ? $0 : nil }
    }

    /// A text that is not empty.
    static var filled: Self { NodeReader<String>.text.mapped(expecting: "a text") { $0.isEmpty ? nil : $0 } }

    static var hostName: Self {
        NodeReader<String>.text.mapped(expecting: "a host name or an address") { Names.isHostName($0) ? $0 : nil }
    }

    /// The domain that members' host names end in; its length leaves room for a name in certificates and the kernel,
    /// which allow 64 characters.
    static var domain: Self {
        NodeReader<String>.text.mapped(expecting: "a domain of labels with dots between them, 60 characters at most") {
            Names.isHostName($0) && $0.utf8.count <= 60 ? $0 : nil
        }
    }

    static var region: Self {
        NodeReader<String>.text.mapped(
            expecting: "a name of letters, digits, dots, hyphens and underscores, 63 at most"
        ) { Names.isRegion($0) ? $0 : nil }
    }

    static var absolutePath: Self {
        NodeReader<String>.text.mapped(expecting: "a path that begins with /") {
            Names.isAbsolutePath($0) ? $0 : nil
        }
    }

    static var relativePath: Self {
        NodeReader<String>.text.mapped(expecting: "a path without . and .. that does not begin with /") {
            Names.isRelativePath($0) ? $0 : nil
        }
    }

    /// A device cgroup rule: the kind, the numbers and the permitted access.
    static var deviceRule: Self {
        NodeReader<String>.text.mapped(expecting: "a rule as \"c 10:232 rw\"") { text in
            let words = text.split(separator: " ", omittingEmptySubsequences: false)
            guard words.count == 3, ["b", "c"].contains(words[0]), ["r", "w", "rw"].contains(words[2]) else {
                return nil
            }
            let numbers = words[1].split(separator: ":", omittingEmptySubsequences: false).map { UInt32($0) }
            return numbers.count == 2 && !numbers.contains(nil) ? text : nil
        }
    }

    /// One of `known`, in either case and with or without `prefix`.
    static func word(_ what: String, prefix: String, known: [String]) -> Self {
        Self { node, context in
            let text = node.scalar?.text.uppercased() ?? ""
            let bare = text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text
            if known.contains(bare) { return bare }
            context.refuse(
                node, expected: what, remedy: Remedy.meant(by: bare, among: known))
            return nil
        }
    }

    /// A signal's name, without `SIG`.
    static var signal: Self {
        word(
            "the name of a signal, as HUP or TERM", prefix: "SIG",
            known: [
                "HUP", "INT", "QUIT", "ABRT", "KILL", "USR1", "USR2", "TERM", "CONT", "STOP", "WINCH", "ALRM", "PIPE",
                "TTIN", "TTOU", "TSTP", "URG", "PWR", "RTMIN", "RTMIN+1", "RTMIN+2", "RTMIN+3", "RTMIN+4",
            ])
    }

    /// A Linux capability, without `CAP_`.
    static var capability: Self {
        word(
            "the name of a capability, as NET_ADMIN", prefix: "CAP_",
            known: [
                "AUDIT_CONTROL", "AUDIT_READ", "AUDIT_WRITE", "BLOCK_SUSPEND", "BPF", "CHECKPOINT_RESTORE", "CHOWN",
                "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "IPC_LOCK", "IPC_OWNER", "KILL", "LEASE",
                "LINUX_IMMUTABLE", "MAC_ADMIN", "MAC_OVERRIDE", "MKNOD", "NET_ADMIN", "NET_BIND_SERVICE",
                "NET_BROADCAST", "NET_RAW", "PERFMON", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_ADMIN",
                "SYS_BOOT", "SYS_CHROOT", "SYS_MODULE", "SYS_NICE", "SYS_PACCT", "SYS_PTRACE", "SYS_RAWIO",
                "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "SYSLOG", "WAKE_ALARM",
            ])
    }
}

extension NodeReader where Output == IPv4Address {
    /// An address at which ports are published: one of the host's, or 0.0.0.0 for all of them.
    static var publishedAddress: Self {
        Self { node, context in
            if node.scalar?.text == "0.0.0.0" { return IPv4Address(0, 0, 0, 0) }
            return NodeReader<IPv4Address>.hostAddress.read(node, context)
        }
    }
}

extension NodeReader where Output == ByteCount {
    /// A memory limit that the engine accepts, 6 MiB at least; 0 for no limit.
    static var memory: Self {
        let least = ByteCount(bytes: 6 << 20)
        return bytes.mapped(expecting: "\(least) at least, or 0 for no limit") { count in
            count.bytes == 0 || count.bytes >= least.bytes ? count : nil
        }
    }
}

extension NodeReader where Output == [String] {
    /// A command: a list of the program and its arguments.
    static var command: Self {
        Self { node, context in
            if let words = node.items, !words.isEmpty {
                let texts = words.compactMap { NodeReader<String>.text.read($0, context) }
                return texts.count == words.count ? texts : nil
            }
            context.refuse(node, expected: "a list of a program and its arguments")
            return nil
        }
    }
}

extension NodeReader {
    /// A mapping whose keys are labels that the document chooses.
    static func labelled<Item>(
        _ item: @escaping (String, YAMLNode, ReadingContext) -> Item?
    ) -> Self where Output == [Item] {
        Self { node, context in
            NodeReader<[(key: String, value: Item)]>.named { key, place, node, inner in
                if !Names.isLabel(key) {
                    context.problems.add(
                        at: place, "\(context.path) has \"\(key)\", expected \(Names.labelForm)")
                }
                return item(key, node, inner)
            }.read(node, context)?.map(\.value)
        }
    }

    /// A mapping of labels to mappings with known keys.
    static func objects<Item>(
        _ item: @escaping (String, MappingReader) -> Item?
    ) -> Self where Output == [Item] {
        labelled { key, node, context in
            NodeReader<Item>.object { item(key, $0) }.read(node, context)
        }
    }
}
