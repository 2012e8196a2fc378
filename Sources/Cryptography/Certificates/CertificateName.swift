import CCrypto

/// A name that a certificate can be for.
enum CertificateName: Hashable {
    case dns(String)
    /// An IP address in its 4 or 16 bytes.
    case address([UInt8])

    /// Parses an IPv4 or IPv6 address, or a DNS name, which may begin with `*.`.
    ///
    /// - Throws: `CryptographyError` for any other text.
    init(_ text: String) throws {
        if let address = CertificateName.address(text) {
            self = .address(address)
            return
        }
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        let isValid =
            !text.isEmpty && text.utf8.count <= 253
            && labels.enumerated().allSatisfy { index, label in
                index == 0 && label == "*" && labels.count > 1 || CertificateName.isLabel(label)
            }
            // A name whose last label has digits alone would be taken for an address.
            && labels.last.map { !$0.utf8.allSatisfy { (0x30...0x39).contains($0) } } ?? false
        guard isValid else {
            throw CryptographyError("'\(text)' cannot be in a certificate, expected a DNS name or an IP address")
        }
        self = .dns(text)
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
            && label.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "-")
                    || byte == UInt8(ascii: "_")
            }
    }

    private static func address(_ text: String) -> [UInt8]? {
        guard let octets = a2i_IPADDRESS(text) else {
            ERR_clear_error()
            return nil
        }
        defer { ASN1_OCTET_STRING_free(octets) }
        return bytes(of: octets)
    }

    static func bytes(of string: UnsafePointer<ASN1_STRING>) -> [UInt8] {
        let count = Int(ASN1_STRING_length(string))
        guard count > 0, let data = ASN1_STRING_get0_data(string) else { return [] }
        return Array(UnsafeBufferPointer(start: data, count: count))
    }

    /// The name as text; an IPv6 address is written without `::`.
    var text: String {
        switch self {
        case .dns(let name): return name
        case .address(let bytes) where bytes.count == 4: return bytes.map(String.init).joined(separator: ".")
        case .address(let bytes):
            return stride(from: 0, to: bytes.count - 1, by: 2)
                .map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }
                .joined(separator: ":")
        }
    }
}
