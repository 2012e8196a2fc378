import Building
import CommandLine
import DockerEngine
import Glibc
import Model

extension CommandDefinition {
    static let images = CommandDefinition(
        "images",
        summary: "List Minke's images",
        examples: [
            ("minke images", "all of them"),
            ("minke images --filter label=openstack=nova", "those of a component group"),
        ],
        options: [
            .repeated(
                "filter", short: "f", "label=KEY[=VALUE]",
                summary: "only images with the label; a key without a dot is one of io.minke")
        ]
    ) { arguments in
        var labels: [String] = []
        for filter in arguments.list("filter") {
            guard filter.hasPrefix("label="), filter.count > 6 else {
                throw Problems("--filter expects label=KEY or label=KEY=VALUE, not '\(filter)'")
            }
            labels.append(String(filter.dropFirst(6)))
        }
        arguments.show(ImageListReport(list: try await ImageList.read(try Engine(), labels: labels), now: time(nil)))
        return .done
    }
}

/// The images of this program.
struct ImageListReport: Report {
    let list: ImageList
    /// The present time, in seconds since 1970.
    let now: Int

    var value: Value { list.value }

    func text(_ style: Style) -> String {
        if list.rows.isEmpty { return "there are no images" }
        var table = Table(["IMAGE", "RECIPE", "RELEASE", "IDENTITY", "SIZE", "AGE"])
        for row in list.rows {
            let names = row.tags.isEmpty ? ["-"] : row.tags
            for name in names {
                table.add([
                    name, row.recipe, row.release, String(row.identity.prefix(12)), megabytes(row.size),
                    Duration.seconds(max(0, now - row.created)).words(fractions: false),
                ])
            }
        }
        return table.text(style)
    }
}
