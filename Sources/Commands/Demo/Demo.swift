import Clouds
import CommandLine
import Demo
import Model
import System

extension CommandDefinition {
    static let demo = CommandDefinition(
        "demo",
        summary: "Start an instance in the running cloud and log in to it, or clean up after that",
        discussion: """
            Makes an image, a flavor, a key pair, a security group, an external and a tenant network, a router, an \
            instance with a config drive and a floating IP, each where it is missing; then waits until the guest \
            says on its console that it is ready, and logs in over ssh from this host. It can be interrupted and run \
            again: objects that were made before are found by their mark and used.

            The image is the catalogue's own guest, a few MB, unless --image names another. The cloud needs the \
            services of environments/openstack.yaml, and a network that this host reaches for floating addresses.
            """,
        examples: [
            ("minke demo", "from nothing to a login; the second time, only the login"),
            (
                "minke demo --image https://download.cirros-cloud.net/0.6.3/cirros-0.6.3-x86_64-disk.img --user cirros",
                "the same with another image"
            ),
            ("minke demo --clean", "show the demo's objects, and remove them after consent"),
        ],
        options: [
            .flag("clean", summary: "remove exactly the objects that the demo made"),
            .value("image", "FILE|URL", .file, summary: "start from this image, not from the catalogue's guest"),
            .value(
                "image-format", "FORMAT", .choice(DemoImage.formats),
                summary: "the image's format; without it, its first bytes decide"),
            .value("user", "NAME", default: "root", summary: "the user whom the image lets in"),
            .value("memory", "SIZE", .size, default: "256m", summary: "the instance's memory"),
            .value(
                "public-key", "FILE", .file,
                summary: "your own key for the instance; the private one is beside it, or ssh-agent has it"),
            .value(
                "external-subnet", "CIDR",
                summary: "the subnet of floating addresses; without it, that of the network `external`"),
            .value("external-gateway", "ADDRESS", summary: "the gateway of that subnet"),
            .value("external-pool", "FIRST-LAST", summary: "the addresses of that subnet that the cloud may give away"),
            .value(
                "physical-network", "NAME", default: "physnet1", summary: "the network agents' name of the cable"),
            .value("subnet", "CIDR", default: "198.19.0.0/24", summary: "the instance's own network"),
            .value(
                "wait", "DURATION", .duration, default: "5m", summary: "how long to wait for each thing that takes time"
            ),
        ],
        isResumable: true
    ) { arguments in
        let survey = try await Session(arguments).survey()
        let lock = try survey.session.state.lock(part: "demo", for: arguments.command)
        defer { lock.release() }
        let run = try DemoRun(
            survey, folder: StateFolder.demo(of: survey.desired.environment, in: arguments.findState()),
            limit: arguments.duration("wait") ?? .seconds(300))
        return try await arguments.flag("clean")
            ? cleanDemo(run, survey.desired.environment, arguments) : buildDemo(run, survey, arguments)
    }

    private static func buildDemo(_ run: DemoRun, _ survey: Survey, _ arguments: ParsedArguments) async throws
        -> ExitCode
    {
        let clock = ContinuousClock()
        let start = clock.now
        // The demo logs in at its end, so it does not begin without ssh.
        let ssh = try HostProgram.ssh.require()
        let key = try run.key(arguments.string("public-key"))
        let wishes = try arguments.demoWishes(
            environment: survey.session.environment,
            image: run.image(arguments.string("image"), format: arguments.string("image-format")), publicKey: key.text)
        let (built, steps) = try await arguments.followingDemo { steps in
            try await run.build(wishes, key: key, ssh: ssh, steps: steps)
        }
        arguments.show(
            DemoReport(
                environment: survey.desired.environment, creation: built.creation, steps: steps,
                seconds: (clock.now - start).seconds, login: built.login))
        return .done
    }

    private static func cleanDemo(
        _ run: DemoRun, _ environment: String, _ arguments: ParsedArguments
    ) async throws -> ExitCode {
        let clock = ContinuousClock()
        let ((removed, left, seconds), _) = try await arguments.followingDemo { steps in
            let (cleaning, objects) = try await run.cleaning(steps)
            if !objects.isEmpty {
                for object in objects.reversed() { printError("remove \(object.words)") }
                try await arguments.confirm("Remove that?")
            }
            let start = clock.now
            let (removed, left) = try await cleaning.remove(objects)
            return (removed, left, (clock.now - start).seconds)
        }
        arguments.show(
            DemoCleaningReport(environment: environment, removed: removed, left: left, seconds: seconds))
        return left.isEmpty ? .done : .failed
    }
}

extension ParsedArguments {
    /// Shows the steps of the demo while `body` takes them; returns its result, and the steps that ended well.
    fileprivate func followingDemo<Result: Sendable>(
        _ body: (DemoSteps) async throws -> Result
    ) async throws -> (Result, [DemoSteps.Done]) {
        let display = wantsJSON ? nil : StepDisplay(.errors)
        defer { display?.close() }
        // An error is printed once, at the end.
        let steps = DemoSteps(ShownProgress(display: display, tellsErrors: false))
        let result = try await body(steps)
        return (result, steps.done)
    }
}
