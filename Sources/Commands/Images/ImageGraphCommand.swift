import Building
import CommandLine
import Model

extension CommandDefinition {
    static let graph = CommandDefinition(
        "graph",
        summary: "Show which image is built on which",
        examples: [("minke graph --format dot | dot -Tsvg > images.svg", "a picture")],
        options: OptionDefinition.imageSelection + [
            .value(
                "format", "FORMAT", .choice(["text", "dot", "mermaid"]), default: "text",
                summary: "text, dot or mermaid")
        ],
        arguments: [.recipes]
    ) { arguments in
        let selection = try ImageSelection(arguments)
        let graph = ImageGraph(selection.plan, selection.images)
        arguments.show(ImageGraphReport(graph: graph, format: arguments.required("format")))
        return .done
    }
}

/// The graph in one of its formats.
struct ImageGraphReport: Report {
    let graph: ImageGraph
    let format: String

    var value: Value { graph.value }

    func text(_ style: Style) -> String {
        switch format {
        case "dot": graph.dot
        case "mermaid": graph.mermaid
        default: graph.text
        }
    }
}
