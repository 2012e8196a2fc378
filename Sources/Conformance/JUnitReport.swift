extension TestReport {
    /// The report as JUnit XML, the format that continuous integration systems read.
    public var junit: String {
        var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#]
        lines.append(
            #"<testsuite name="\#(escaped(environment))" tests="\#(results.count)" "#
                + #"failures="\#(results(.failed).count)" errors="0" skipped="\#(results(.skipped).count)" "#
                + #"time="\#(seconds)">"#)
        for result in results {
            let name = result.test.name.dropFirst(result.test.className.count + 1)
            let head =
                #"  <testcase classname="\#(escaped(result.test.className))" name="\#(escaped(String(name)))" "#
                + #"time="\#(result.seconds)""#
            switch result.status {
            case .passed: lines.append(head + "/>")
            case .skipped:
                lines.append(head + ">")
                lines.append(#"    <skipped message="\#(escaped(result.shortReason))"/>"#)
                lines.append("  </testcase>")
            case .failed:
                lines.append(head + ">")
                lines.append(
                    #"    <failure message="\#(escaped(result.shortReason))">\#(escaped(result.reason))</failure>"#)
                let members = (logs[result.test.text] ?? []).map { "\($0.member) | \($0.text)\n" }.joined()
                if !members.isEmpty { lines.append("    <system-err>\(escaped(members))</system-err>") }
                lines.append("  </testcase>")
            }
        }
        lines.append("</testsuite>")
        return lines.joined(separator: "\n") + "\n"
    }
}

/// The text escaped for HTML and XML. Characters that XML 1.0 does not allow become U+FFFD.
func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
        default:
            let isKnown = scalar.value >= 0x20 && scalar.value != 0xfffe && scalar.value != 0xffff
            result.unicodeScalars.append(isKnown ? scalar : "\u{fffd}")
        }
    }
    return result
}
