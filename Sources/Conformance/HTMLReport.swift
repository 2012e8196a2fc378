import Model

extension TestReport {
    /// The report as one HTML page without scripts: failures first, each with the cloud's log lines about it.
    public var html: String {
        let failed = results(.failed)
        let skipped = results(.skipped)
        var lines = [
            "<!DOCTYPE html>", #"<html lang="en">"#, "<head>", #"<meta charset="utf-8">"#,
            "<title>\(escaped(environment)): \(escaped(lists.joined(separator: ", ")))</title>",
            "<style>", Self.style, "</style>", "</head>", "<body>",
            "<h1>\(escaped(environment)): \(escaped(lists.joined(separator: ", ")))</h1>",
            "<p>\(results(.passed).count) passed, \(failed.count) failed, \(skipped.count) skipped, "
                + "\(missing.count) not run, in \(Duration.seconds(seconds).words())</p>",
        ]
        if !failed.isEmpty { lines.append("<h2>Failed</h2>") }
        for result in failed { lines += section(of: result) }
        if !leftovers.isEmpty {
            lines += ["<h2>Left in the cloud</h2>", "<ul>"]
            lines += leftovers.map { left in
                "<li>\(escaped(left.object.words)): \(escaped(left.reason ?? "removed"))</li>"
            }
            lines.append("</ul>")
        }
        if !skipped.isEmpty {
            lines += ["<h2>Skipped</h2>", "<table>", "<tr><th>reason</th><th>tests</th></tr>"]
            lines += skipReasons.map { "<tr><td>\(escaped($0.reason))</td><td>\($0.count)</td></tr>" }
            lines.append("</table>")
        }
        if !missing.isEmpty {
            lines += ["<h2>Not run</h2>", "<ul>"] + missing.map { "<li>\(escaped($0.text))</li>" } + ["</ul>"]
        }
        lines += ["<h2>All tests</h2>", "<table>"]
        lines.append("<tr><th>test</th><th>result</th><th>seconds</th><th>reason</th></tr>")
        lines += results.map { result in
            "<tr class=\"\(result.status.rawValue)\"><td>\(escaped(result.test.name))<br><small>"
                + "\(escaped(result.test.id ?? ""))</small></td><td>\(result.status.rawValue)</td>"
                + "<td>\(result.seconds)</td><td>\(escaped(result.shortReason))</td></tr>"
        }
        lines += ["</table>", "</body>", "</html>"]
        return lines.joined(separator: "\n") + "\n"
    }

    private func section(of result: TestResult) -> [String] {
        var lines = [
            "<details>", "<summary>\(escaped(result.test.name)): \(escaped(result.shortReason))</summary>",
            "<pre>\(escaped(result.reason))</pre>",
        ]
        if let written = logs[result.test.text], !written.isEmpty {
            lines.append("<h3>Log lines of its last requests</h3>")
            let text = written.map { "\($0.member) | \($0.text)" }.joined(separator: "\n")
            lines.append("<pre>\(escaped(text))</pre>")
        }
        if !result.log.isEmpty { lines += ["<h3>The test's log</h3>", "<pre>\(escaped(result.log))</pre>"] }
        return lines + ["</details>"]
    }

    private static let style = """
        body { font-family: sans-serif; margin: 2em; }
        pre { overflow-x: auto; background: #f4f4f4; padding: 1em; }
        table { border-collapse: collapse; }
        td, th { border: 1px solid #ccc; padding: .2em .6em; text-align: left; vertical-align: top; }
        tr.failed td { background: #fdd; }
        tr.skipped td { color: #777; }
        """
}
