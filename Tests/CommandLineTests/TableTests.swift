import Testing

@testable import CommandLine

@Suite struct TableTests {
    @Test func alignsColumnsWithoutSpacesAtTheEnd() {
        var table = Table(["MEMBER", "STATE", "NOTE"])
        table.add(["keystone1", "healthy", ""])
        table.add(["db", "", "x"])
        table.add(["a"])
        #expect(
            table.text() == """
                MEMBER     STATE    NOTE
                keystone1  healthy
                db                  x
                a
                """)
    }

    @Test func coloursDoNotChangeTheColumns() {
        var table = Table(["A", "B"])
        table.add([Table.Cell("x", .green), "y"])
        #expect(
            table.text(Style(isColoured: true))
                == "\u{1b}[1mA\u{1b}[0m  \u{1b}[1mB\u{1b}[0m\n\u{1b}[32mx\u{1b}[0m  y")
    }

    @Test func fitsATerminalByItsWidestColumns() {
        var table = Table(["KEY", "READ BY"])
        table.add(["a", String(repeating: "x", count: 400)])
        table.add([String(repeating: "k", count: 30), "short"])
        let lines = table.text(Style(isColoured: false, width: 40)).split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 40 })
        #expect(lines[1].hasSuffix("x…") && lines[2].contains("k…  short"))
        #expect(table.text().split(separator: "\n").map(\.count).max() == 432)
    }

    @Test func columnsKeepTheirHeadingsHoweverNarrowTheTerminal() {
        var table = Table(["REQUESTS/S", "B"])
        table.add(["123456789012345", "123456789"])
        #expect(
            table.text(Style(isColoured: false, width: 5)) == """
                REQUESTS/S  B
                123456789…  1234567…
                """)
    }
}
