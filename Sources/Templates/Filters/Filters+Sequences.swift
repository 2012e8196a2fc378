extension Filters {
    static let sequences: [Filter] = [
        Filter("length") { _, input, _ in
            guard let count = try input.optionalCount() else { throw Failure("\(input.described) has no length") }
            return .int(count)
        },
        Filter("list") { _, input, _ in try .list(try input.elements()) },
        Filter("first") { _, input, _ in
            if case .object(let lazy as LazySequence) = input {
                return lazy.next() ?? missing("first")
            }
            return try input.elements().first ?? missing("first")
        },
        Filter("last") { _, input, _ in
            try refuseLazy(input, of: "last")
            return try input.elements().last ?? missing("last")
        },
        Filter("reverse") { _, input, _ in
            if let text = input.text {
                return .string(String(String.UnicodeScalarView(text.unicodeScalars.reversed())))
            }
            let reversed = Array(try input.elements().reversed())
            if case .object(_ as LazySequence) = input { return try .list(reversed) }
            return .object(try LazySequence(reversed))
        },
        Filter("join", ["d", "attribute"]) { _, input, arguments in
            let separator = try arguments[0]?.string() ?? ""
            let path = try arguments.optional(1).map(path) ?? []
            var text = ""
            for (index, element) in try input.elements().enumerated() {
                if index > 0 { text += separator }
                text += try follow(path, from: element).string()
                try Limits.check(bytes: text.utf8.count)
            }
            return .string(text)
        },
        Filter("sort", ["reverse", "case_sensitive", "attribute"]) { _, input, arguments in
            let paths = try attributes(arguments.optional(2))
            let isSensitive = try arguments.flag(1)
            return try .list(
                sorted(try input.elements(), descending: arguments.flag(0)) { element in
                    let keys = try paths.map { path in
                        let key = try follow(path, from: element)
                        return isSensitive ? key : ignoringCase(key)
                    }
                    return keys.count == 1 ? keys[0] : try .list(keys)
                })
        },
        Filter("unique", ["case_sensitive", "attribute"]) { _, input, arguments in
            let path = try arguments.optional(1).map(path) ?? []
            let isSensitive = try arguments.flag(0)
            var seen: Set<Key> = []
            return .object(
                try LazySequence(
                    try input.elements().filter { element in
                        let key = try follow(path, from: element)
                        return seen.insert(try Key(isSensitive ? key : ignoringCase(key))).inserted
                    }))
        },
        Filter("batch", ["linecount", "fill_with"], required: 1) { _, input, arguments in
            .object(
                try LazySequence(
                    batches(
                        try input.elements(), of: try arguments.integer(0) ?? 1, fill: arguments.optional(1))))
        },
        Filter("slice", ["slices", "fill_with"], required: 1) { _, input, arguments in
            .object(
                try LazySequence(
                    slices(try input.elements(), try arguments.integer(0) ?? 1, fill: arguments.optional(1))))
        },
    ]

    private static func missing(_ place: String) -> Datum {
        .undefined(Undefined { Failure("there is no \(place) element of none") })
    }

    static func refuseLazy(_ input: Datum, of filter: String) throws {
        switch input {
        case .object(_ as LazySequence):
            throw Failure("\(filter) cannot read a lazy sequence", remedy: "make it a list with '|list'")
        default: break
        }
    }

    /// The paths of an `attribute` argument, which can name several attributes, separated by commas.
    private static func attributes(_ attribute: Datum?) throws -> [[Datum]] {
        guard let attribute else { return [[]] }
        guard let text = attribute.text else { return [[attribute]] }
        return try text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
            try path(.string(String($0) ?? ""))
        }
    }

    private static func batches(_ elements: [Datum], of size: Int, fill: Datum?) throws -> [Datum] {
        var batches: [Datum] = []
        var batch: [Datum] = []
        for element in elements {
            if batch.count == size {
                batches.append(try .list(batch))
                batch = []
            }
            batch.append(element)
        }
        if !batch.isEmpty {
            if let fill, batch.count < size {
                try Limits.check(elements: size)
                batch += repeatElement(fill, count: size - batch.count)
            }
            batches.append(try .list(batch))
        }
        return batches
    }

    private static func slices(_ elements: [Datum], _ count: Int, fill: Datum?) throws -> [Datum] {
        if count == 0 { throw Failure("slice needs at least one slice") }
        try Limits.check(elements: count)
        if count < 0 { return [] }
        let (size, extra) = elements.count.quotientAndRemainder(dividingBy: count)
        var start = 0
        return try (0..<count).map { number in
            let end = start + size + (number < extra ? 1 : 0)
            defer { start = end }
            var slice = Array(elements[start..<end])
            if let fill, number >= extra { slice.append(fill) }
            return try .list(slice)
        }
    }
}
