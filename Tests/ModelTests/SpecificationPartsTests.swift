import Model
import Testing

/// The hashed form of specifications, which is in the labels of containers that run: where it changes, every container
/// is replaced by an upgrade of the program.
@Suite struct SpecificationPartsTests {
    @Test func theHashedFormStays() {
        var specification = ContainerSpecification()
        specification.image = "minke/keystone:epoxy-latest"
        specification.imageIdentity = "3f2a"
        specification.command = ["uwsgi", "/etc/minke/uwsgi.ini"]
        specification.user = "42:42"
        specification.environment = ["B": "2", "A": "1"]
        specification.hostname = "keystone1"
        specification.domain = "cloud.test"
        specification.network = "cloud"
        specification.addresses = [IPv4Address(198, 18, 0, 5), IPv4Address(198, 18, 0, 6)]
        specification.macAddress = "02:42:c6:12:00:05"
        specification.aliases = ["keystone"]
        specification.attachments = [.init(network: "cloud-overlay", address: IPv4Address(198, 18, 1, 5))]
        specification.mounts = [.init(volume: "cloud-keystone-keys", path: "/etc/keystone/keys")]
        specification.hasFiles = true
        specification.tmpfs = [.init(path: "/run", options: "size=8m,mode=0755")]
        specification.ports = [.init(address: "127.0.0.1", hostPort: 5000, containerPort: 5000)]
        specification.memory = 268_435_456
        specification.logSize = 10_485_760
        specification.logFiles = 3
        specification.capabilities = ["NET_ADMIN"]
        specification.devices = ["/dev/net/tun"]
        specification.deviceRules = ["c 10:232 rw"]
        specification.sysctls = ["net.core.somaxconn": "512"]
        specification.ulimits = ["nofile": 2048]
        specification.security = ["no-new-privileges"]
        specification.isReadOnly = true
        specification.usesEngine = true
        specification.stopSignal = "SIGINT"
        specification.grace = .seconds(30)
        specification.health = .init(
            command: ["true"], interval: .seconds(5), timeout: .seconds(2), startPeriod: .seconds(60))
        #expect(
            JSON.text(.map(specification.parts)) == """
                {"MAC address":"02:42:c6:12:00:05","address":["198.18.0.5","198.18.0.6"],"aliases":["keystone"],\
                "capabilities":["NET_ADMIN"],"command":["uwsgi","/etc/minke/uwsgi.ini"],"configuration":true,\
                "device rules":["c 10:232 rw"],"devices":["/dev/net/tun"],"engine's socket":true,\
                "environment":{"A":"1","B":"2"},"grace":30.0,"health check":["true","5.0","2.0","60.0"],\
                "hostname":"keystone1.cloud.test","image":"3f2a","log":"10485760x3","memory":268435456,\
                "network":"cloud","networks":["cloud-overlay 198.18.1.5"],"ports":["127.0.0.1:5000:5000/tcp"],\
                "read-only":true,"restart":"unless-stopped","security":["no-new-privileges"],\
                "stop signal":"SIGINT","sysctls":{"net.core.somaxconn":"512"},"tmpfs":["/run:size=8m,mode=0755"],\
                "ulimits":{"nofile":"2048"},"user":"42:42","volumes":["cloud-keystone-keys:/etc/keystone/keys"]}
                """)
    }

    @Test func theHashedFormOfAPodsMemberStays() {
        var specification = ContainerSpecification()
        specification.image = "minke/ovs:latest"
        specification.pod = "node1"
        specification.sharesProcesses = true
        #expect(
            JSON.text(.map(specification.parts)) == """
                {"grace":10.0,"image":"minke/ovs:latest","log":"0x0","pod":"node1","restart":"unless-stopped",\
                "shares processes":true}
                """)
    }

    @Test func everyPartHasATitleOfItsOwn() {
        let titles = ContainerSpecification.Part.allCases.map(\.title)
        #expect(Set(titles).count == titles.count)
    }
}
