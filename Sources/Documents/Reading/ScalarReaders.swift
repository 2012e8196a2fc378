import Model

extension NodeReader where Output == String {
    /// A string; numbers and booleans without quotes are refused, since they may not be meant as text.
    public static var string: Self {
        Self { node, context in
            guard let scalar = node.scalar, case .string = scalar.value else {
                let remedy = node.scalar.flatMap { $0.isNull ? nil : "put it in quotes: \"\($0.text)\"" }
                context.refuse(node, expected: "a string", remedy: remedy)
                return nil
            }
            return scalar.text
        }
    }

    /// The text of a scalar of any type, as it stands in the file.
    public static var text: Self {
        Self { node, context in
            guard let scalar = node.scalar, !scalar.isNull else {
                context.refuse(node, expected: "a text")
                return nil
            }
            return scalar.text
        }
    }
}

extension NodeReader where Output == Bool {
    /// A boolean: `true` or `false`, not in quotes.
    public static var bool: Self {
        Self { node, context in
            if let flag = node.scalar?.value.bool { return flag }
            context.refuse(node, expected: "true or false")
            return nil
        }
    }
}

extension NodeReader where Output == Int {
    /// Any 64-bit integer.
    public static var int: Self { int(in: Int.min...Int.max) }

    /// An integer within limits.
    public static func int(in range: ClosedRange<Int>) -> Self {
        Self { node, context in
            if let number = node.scalar?.value.int, range.contains(number) { return number }
            context.refuse(node, expected: expectation(range))
            return nil
        }
    }

    /// A TCP or UDP port.
    public static var port: Self {
        Self { node, context in
            if let number = node.scalar?.value.int, (1...65535).contains(number) { return number }
            context.refuse(node, expected: "a port from 1 to 65535")
            return nil
        }
    }

    private static func expectation(_ range: ClosedRange<Int>) -> String {
        switch (range.lowerBound, range.upperBound) {
        case (Int.min, Int.max): "an integer"
        case (let lower, Int.max): "an integer of at least \(lower)"
        case (let lower, let upper): "an integer from \(lower) to \(upper)"
        }
    }

    /// POSIX permissions in three or four octal digits, such as `"0600"`.
    public static var permissions: Self {
        Self { node, context in
            if let scalar = node.scalar, (3...4).contains(scalar.text.count), let mode = Int(scalar.text, radix: 8) {
                return mode
            }
            context.refuse(node, expected: "permissions in octal digits, as \"0600\"")
            return nil
        }
    }
}

extension NodeReader where Output == Double {
    /// A number, whole or not.
    public static var number: Self {
        Self { node, context in
            if let number = node.scalar?.value.number { return number }
            context.refuse(node, expected: "a number")
            return nil
        }
    }
}

extension NodeReader where Output == Duration {
    /// A duration, such as `500ms`, `30s`, `10m` or `2h`, or a number of seconds.
    public static var duration: Self {
        Self { node, context in
            if let scalar = node.scalar, !scalar.text.isEmpty, let duration = Duration(text: scalar.text) {
                return duration
            }
            context.refuse(node, expected: "a duration, as 30s, 10m or 2h")
            return nil
        }
    }
}

extension NodeReader where Output == ByteCount {
    /// A number of bytes, such as `512m` or `2g`.
    public static var bytes: Self {
        Self { node, context in
            if let scalar = node.scalar, let count = ByteCount(text: scalar.text) { return count }
            context.refuse(node, expected: "a size, as 512m or 2g")
            return nil
        }
    }
}

extension NodeReader where Output == IPv4Address {
    /// An IPv4 address.
    public static var address: Self {
        NodeReader<String>.text.mapped(expecting: "an IPv4 address, as 198.18.16.2") { IPv4Address(text: $0) }
    }

    /// An IPv4 address that a host can have; loopback addresses are included.
    public static var hostAddress: Self {
        NodeReader { node, context in
            guard let address = address.read(node, context) else { return nil }
            guard let reserved = ReservedNetwork.first(with: address), reserved != .loopback else { return address }
            context.refuse(
                node, expected: "an address that a host can have", remedy: "\(address) \(reserved.purpose)")
            return nil
        }
    }
}

extension NodeReader where Output == IPv4Network {
    /// An IPv4 network in CIDR notation.
    public static var network: Self {
        NodeReader<String>.text.mapped(expecting: "an IPv4 network, as 198.18.16.0/24") { IPv4Network(text: $0) }
    }
}

extension NodeReader where Output == Value {
    /// Any value.
    public static var value: Self { Self { node, _ in node.value } }
}

extension NodeReader where Output == YAMLNode {
    /// Any node, with its places.
    public static var node: Self { Self { node, _ in node } }
}
