import Documents
import Model
import Templates

extension RecipeReading {
    func listener(_ name: String, _ reader: MappingReader) -> Listener? {
        let port = reader.required("port", .port)
        let transport = reader.required("protocol", .oneOf(Listener.Transport.self))
        guard let port, let transport else { return nil }
        return Listener(name: name, port: port, transport: transport)
    }

    func endpoint(_ name: String, _ reader: MappingReader) -> EndpointRecipe? {
        let listener = reader.required("listener", .label)
        let ports = reader.required("ports", .list(of: .port))
        let path = reader.optional("path", urlPath)
        let check = reader.optional("check", .object { self.check($0) })
        let timeout = reader.optional("timeout", .duration)
        let capacity = reader.value("capacity", .list(of: .label), default: [])
        let isPublic = reader.value("public", .bool, default: true)
        guard let listener, let ports else { return nil }
        if ports.isEmpty, let node = reader.node["ports"] {
            reader.context.under("ports").refuse(node, expected: "a list of one port at least")
        }
        var endpoint = EndpointRecipe(name: name, listener: listener, ports: ports)
        endpoint.path = path ?? endpoint.path
        endpoint.check = check
        endpoint.timeout = timeout ?? endpoint.timeout
        endpoint.capacity = capacity
        endpoint.isPublic = isPublic
        return endpoint
    }

    /// A command whose program and arguments are templates.
    var commandTemplate: NodeReader<[Template]> {
        NodeReader { [self] node, context in
            guard NodeReader<[String]>.command.read(node, context) != nil else { return nil }
            return NodeReader<[Template]>.list(of: template).read(node, context)
        }
    }

    private func check(_ reader: MappingReader) -> EndpointRecipe.Check? {
        let path = reader.required("path", urlPath)
        let status = reader.value("status", statuses, default: [200])
        return path.map { EndpointRecipe.Check(path: $0, status: status) }
    }

    func probe(_ reader: MappingReader) -> ProbeRecipe? {
        var method: ProbeRecipe.Method?
        if let entry = reader.exactlyOne(of: ["http", "tcp", "exec"]) {
            switch entry.key {
            case "http": method = reader.read(entry, .object { self.httpProbe($0) })
            case "tcp": method = reader.read(entry, .object { self.tcpProbe($0) })
            default: method = reader.read(entry, commandTemplate).map { .exec($0) }
            }
        }
        return probe(reader, method)
    }

    /// A probe by a method with the times that the document gives.
    func probe(_ reader: MappingReader, _ method: ProbeRecipe.Method?) -> ProbeRecipe? {
        let timeout = reader.optional("timeout", .duration)
        let within = reader.optional("within", .duration)
        let every = reader.optional("every", .duration)
        guard let method else { return nil }
        var probe = ProbeRecipe(method: method)
        probe.timeout = timeout ?? probe.timeout
        probe.within = within ?? probe.within
        probe.every = every
        return probe
    }

    private func httpProbe(_ reader: MappingReader) -> ProbeRecipe.Method? {
        let listener = reader.required("listener", .label)
        let path = reader.value("path", urlPath, default: "/")
        let status = reader.value("status", statuses, default: [200])
        let contains = reader.optional("contains", .filled)
        return listener.map { .http(listener: $0, path: path, status: status, contains: contains) }
    }

    private func tcpProbe(_ reader: MappingReader) -> ProbeRecipe.Method? {
        let listener = reader.required("listener", .label)
        let send = reader.optional("send", .text)
        let expect = reader.optional("expect", .text)
        return listener.map { .tcp(listener: $0, send: send, expect: expect) }
    }

    private var statuses: NodeReader<[Int]> { .list(of: .int(in: 100...599)) }

    private var urlPath: NodeReader<String> {
        NodeReader<String>.text.mapped(expecting: "a path that begins with /") {
            $0.hasPrefix("/") && $0.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? $0 : nil
        }
    }
}
