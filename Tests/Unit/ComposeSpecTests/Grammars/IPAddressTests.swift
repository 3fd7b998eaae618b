import Testing

@testable import ComposeSpec

/// Addresses and networks as Go's `net.ParseIP` and `net.ParseCIDR` read them.
@Suite
struct IPAddressTests {
    @Test(
        "What is an address, and which",
        arguments: [
            ("1.2.3.4", 0, 0x0102_0304), ("255.255.255.255", 0, 0xFFFF_FFFF), ("0.0.0.0", 0, 0), ("::", 0, 0),
            ("::1", 0, 1), ("1::", 1 << 48, 0), ("fFfF::", 0xFFFF << 48, 0),
            ("1:2:3:4:5:6:7:8", 0x0001_0002_0003_0004, 0x0005_0006_0007_0008),
            ("1:2:3:4:5:6:7::", 0x0001_0002_0003_0004, 0x0005_0006_0007_0000), ("::1.2.3.4", 0, 0x0102_0304),
            ("1:2:3:4:5:6:1.2.3.4", 0x0001_0002_0003_0004, 0x0005_0006_0102_0304),
        ] as [(String, UInt64, UInt64)])
    func addresses(_ text: String, _ high: UInt64, _ low: UInt64) {
        let address = IPAddress(text.utf8)
        #expect(address?.high == high)
        #expect(address?.low == low)
        #expect(address?.isVersion6 == text.contains(":"))
    }

    @Test(
        "What is none",
        arguments: [
            "", "256.1.1.1", "1.2.3", "1.2.3.4.5", "1..2.3", ".1.2.3", "1.2.3.", "01.2.3.4", "1.2.3.4a",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "1::2::3", "12345::", "g::", ":1", "1:",
            "1:::2",
            "::1.2.3", "::1.2.3.256", "fe80::1%eth0",
        ])
    func noAddresses(_ text: String) {
        #expect(IPAddress(text.utf8) == nil)
    }

    @Test(
        "The first and the last address of a network",
        arguments: [
            ("10.1.2.3/8", "10.0.0.0", "10.255.255.255"), ("10.1.2.3/32", "10.1.2.3", "10.1.2.3"),
            ("10.1.2.3/0", "0.0.0.0", "255.255.255.255"), ("fd00::5/64", "fd00::", "fd00::ffff:ffff:ffff:ffff"),
            ("fd00::5/128", "fd00::5", "fd00::5"), ("fd00::5/127", "fd00::4", "fd00::5"),
            ("fd00:0:0:1::/63", "fd00::", "fd00:0:0:1:ffff:ffff:ffff:ffff"),
            ("1::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ])
    func networks(_ text: String, _ first: String, _ last: String) {
        let network = Subnet(text.utf8)
        #expect(network?.first == IPAddress(first.utf8))
        #expect(network?.last == IPAddress(last.utf8))
    }

    @Test(
        "What is no network",
        arguments: [
            "10.0.0.0", "10.0.0.0/", "/8", "10.0.0.0/33", "fd00::/129", "10.0.0.0/0008", "10.0.0.0/8/8", "10.0.0.0/x",
        ])
    func noNetworks(_ text: String) {
        #expect(Subnet(text.utf8) == nil)
    }
}
