import Model
import Testing

@Suite struct DecimalTests {
    @Test func readsDigitsAlone() {
        #expect(Int(decimal: "0") == 0)
        #expect(Int(decimal: "65535") == 65535)
        #expect(UInt16(decimal: "65536") == nil)
        for text in ["", "+1", "-1", " 1", "1 ", "1.", "0x1", "١", "99999999999999999999"] {
            #expect(Int(decimal: text) == nil, "\(text)")
        }
    }

    @Test func countsOfBytesHaveNoSign() {
        #expect(ByteCount(text: "5m") == ByteCount(bytes: 5 << 20))
        for text in ["+5m", "-5m", "m", "5 m", ""] { #expect(ByteCount(text: text) == nil, "\(text)") }
    }
}
