import Testing

@testable import Commands

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
}
