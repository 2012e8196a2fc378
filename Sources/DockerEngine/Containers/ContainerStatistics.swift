import Model

/// The resources that a container uses at a moment; counters grow from the container's start.
public struct ContainerStatistics: Sendable, Hashable {
    /// The container's processor time in nanoseconds.
    let processorTime: Int
    /// The processor time of the whole host, in nanoseconds.
    let hostProcessorTime: Int
    /// The number of processors that are online.
    public let processors: Int
    /// The memory in bytes, without the reclaimable part of the page cache.
    public let memory: Int
    /// The memory limit in bytes; the host's memory where there is none.
    public let memoryLimit: Int
    /// The number of processes and threads.
    public let processes: Int
    /// The bytes received on all networks.
    public let receivedBytes: Int
    /// The bytes sent on all networks.
    public let sentBytes: Int
    /// The bytes read from block devices.
    public let readBytes: Int
    /// The bytes written to block devices.
    public let writtenBytes: Int

    /// The percentage of one processor that the container used since an earlier moment; several processors give more
    /// than 100.
    public func processorPercent(since earlier: ContainerStatistics) -> Double {
        let host = hostProcessorTime &- earlier.hostProcessorTime
        guard host > 0 else { return 0 }
        return Double(processorTime &- earlier.processorTime) / Double(host) * Double(processors) * 100
    }
}

/// The processes of a container, as `ps` lists them.
public struct ContainerProcesses: Sendable, Hashable {
    /// The titles of the columns.
    public let titles: [String]
    /// The columns of each process.
    public let rows: [[String]]
}

extension Engine {
    /// Measures the resources that a running container uses now.
    public func statistics(of container: String) async throws -> ContainerStatistics {
        let query = [("stream", "0"), ("one-shot", "1")]
        return ContainerStatistics(
            try await call(
                "measure container \(container)", "GET", "\(path(container))/stats", query: query
            ).json())
    }

    /// Lists the processes of a running container.
    public func processes(of container: String, psArguments: String = "-ef") async throws -> ContainerProcesses {
        let value = try await call(
            "list the processes of container \(container)", "GET", "\(path(container))/top",
            query: [("ps_args", psArguments)]
        ).json()
        return ContainerProcesses(
            titles: value.texts("Titles"),
            rows: value.items("Processes").map { ($0.list ?? []).compactMap(\.string) })
    }
}

extension ContainerStatistics {
    init(_ value: Value) {
        let processor = value["cpu_stats"] ?? .null
        processorTime = processor["cpu_usage"]?.number("total_usage") ?? 0
        hostProcessorTime = processor.number("system_cpu_usage")
        processors = processor["online_cpus"]?.wholeNumber ?? 1
        let memory = value["memory_stats"] ?? .null
        // cgroup v1 and v2 name the reclaimable part of the page cache differently.
        let cache = memory["stats"]?["total_inactive_file"] ?? memory["stats"]?["inactive_file"]
        self.memory = max(0, memory.number("usage") &- (cache?.wholeNumber ?? 0))
        memoryLimit = memory.number("limit")
        processes = value["pids_stats"]?.number("current") ?? 0
        let networks = value["networks"]?.map.map { Array($0) } ?? []
        receivedBytes = networks.reduce(0) { $0 &+ $1.value.number("rx_bytes") }
        sentBytes = networks.reduce(0) { $0 &+ $1.value.number("tx_bytes") }
        let transfers = value["blkio_stats"]?.items("io_service_bytes_recursive") ?? []
        func sum(_ operation: String) -> Int {
            transfers.filter { $0.text("op").lowercased() == operation }.reduce(0) { $0 &+ $1.number("value") }
        }
        readBytes = sum("read")
        writtenBytes = sum("write")
    }
}
