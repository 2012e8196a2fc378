import Model

/// Rules for Dockerfiles.
enum DockerfileRules {
    static let all = [
        LintRule(name: "dockerfile", summary: "each image but the root has a Dockerfile that builders understand") {
            recipe, report in
            guard let dockerfile = recipe.dockerfile else {
                if recipe.recipe?.image.parent != nil {
                    report(
                        recipe.place(), "\(recipe.name) has no Dockerfile", "write one that begins with `ARG PARENT`")
                }
                return
            }
            let known = [
                "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "ONBUILD",
                "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
            ]
            for instruction in dockerfile.instructions where !known.contains(instruction.name) {
                report(
                    instruction.place, "unknown instruction \(instruction.name)",
                    Remedy.meant(by: instruction.name, among: known))
            }
            for run in dockerfile.all("RUN") where run.arguments.hasPrefix("<<") {
                report(run.place, "not every builder reads here documents", "join the commands with && and \\")
            }
        },
        LintRule(name: "dockerfile-parent", summary: "an image is built on the parent that the recipe names") {
            recipe, report in
            guard let dockerfile = recipe.dockerfile else { return }
            let first = dockerfile.instructions.first
            if first?.name != "ARG" || first?.arguments != "PARENT" {
                report(first?.place, "the Dockerfile does not begin with `ARG PARENT`", nil)
            }
            var stages: [String] = []
            for from in dockerfile.all("FROM") {
                let words = from.words
                let image = words.first ?? ""
                if image != "${PARENT}" && image != "$PARENT" && !stages.contains(image) {
                    report(
                        from.place, "the image is built on \(image), expected ${PARENT}",
                        "the parent and its version come from recipe.yaml and the build")
                }
                if words.count == 3, words[1].uppercased() == "AS" { stages.append(words[2]) }
            }
            if stages.isEmpty, dockerfile.all("FROM").count > 1 {
                report(dockerfile.all("FROM").last?.place, "there are two FROM, and no stage has a name", nil)
            }
            for copy in dockerfile.all("COPY") {
                guard let flag = copy.words.first(where: { $0.hasPrefix("--from=") }) else { continue }
                let source = String(flag.dropFirst("--from=".count))
                if !stages.contains(source) {
                    report(copy.place, "files are copied from \(source), which is no stage of this Dockerfile", nil)
                }
            }
        },
        LintRule(name: "dockerfile-volume", summary: "a volume is a path in the container that the recipe knows") {
            recipe, report in
            for volume in recipe.dockerfile?.all("VOLUME") ?? [] {
                if volume.looksLikeJSON, volume.json == nil {
                    report(
                        volume.place, "VOLUME \(volume.arguments) is neither a JSON list nor a path",
                        "write `VOLUME /path`")
                    continue
                }
                for path in volume.words {
                    if path.contains(":") {
                        report(
                            volume.place, "VOLUME \(path) names a path of the host, which an image cannot do",
                            "name the path in the container, and its volume under `volumes:`")
                    } else if !path.hasPrefix("/") {
                        report(volume.place, "VOLUME \(path) is no path from the root", nil)
                    } else if let service = recipe.service, !service.volumes.contains(where: { $0.path == path }) {
                        report(
                            volume.place, "VOLUME \(path) is none of the recipe's volumes, so its data is lost",
                            "name it under `volumes:`, or remove the line")
                    }
                }
            }
        },
        LintRule(name: "dockerfile-add", summary: "nothing is downloaded by ADD") { recipe, report in
            for add in recipe.dockerfile?.all("ADD") ?? [] {
                guard let url = add.words.first(where: { $0.contains("://") || $0.hasPrefix("git@") }) else { continue }
                report(
                    add.place, "ADD downloads \(url), which may be another file the next time",
                    "use a package of the release, or COPY a file of the recipe")
            }
        },
        LintRule(name: "dockerfile-download", summary: "software comes from packages of the release") {
            recipe, report in
            for run in recipe.dockerfile?.all("RUN") ?? [] {
                let code = ShellText(run.arguments).codeText
                // It matches only at the start of a command, since the same words can be names of packages.
                let pattern =
                    #/(?:^|[;&|(`{]|\b(?:then|do|else|exec|eatmydata)\s)\s*(curl\s|wget\s|git\s+clone|(?:pip3?|npm|gem)\s+install)/#
                for match in code.occurrences(of: pattern) {
                    report(
                        run.place(ofByte: code.utf8.distance(from: code.startIndex, to: match.1.startIndex)),
                        "`\(match.1.trimmingBlanks())` downloads whatever version is current",
                        "use a package of the release, or COPY a file of the recipe")
                }
            }
        },
        LintRule(name: "dockerfile-packages", summary: "packages come alone and leave no lists behind") {
            recipe, report in
            for run in recipe.dockerfile?.all("RUN") ?? [] {
                let code = ShellText(run.arguments).codeText
                for (offset, _) in installs(in: code) {
                    report(
                        run.place(ofByte: offset), "packages are installed with those that they only recommend",
                        "use minke-install, or add --no-install-recommends")
                }
                let cleans = code.contains("/var/lib/apt/lists") || code.contains("minke-clean")
                let usesLists = #/\bapt(?:-get)?\s[^\n;&|]*\bupdate\b/#
                if let match = code.occurrences(of: usesLists).first, !cleans {
                    report(
                        run.place(ofByte: code.utf8.distance(from: code.startIndex, to: match.range.lowerBound)),
                        "the lists of packages stay in the image",
                        "use minke-install, or remove /var/lib/apt/lists/* in the same RUN")
                }
            }
            for script in recipe.scripts where !script.path.hasPrefix("test/") {
                for (offset, _) in installs(in: ShellText(script.text).codeText) {
                    report(
                        script.place(ofByte: offset), "packages are installed with those that they only recommend",
                        "use minke-install, or add --no-install-recommends")
                }
            }
        },
    ]

    /// The commands that install packages without excluding recommended ones.
    private static func installs(in code: String) -> [(offset: Int, command: Substring)] {
        code.occurrences(of: #/\b(?:apt|apt-get|aptitude)\s(?:[^;&|\n]|\\\n)*\binstall\b(?:[^;&|\n]|\\\n)*/#)
            .filter { !$0.output.contains("--no-install-recommends") && !$0.output.contains("Install-Recommends=") }
            .map { (code.utf8.distance(from: code.startIndex, to: $0.range.lowerBound), $0.output) }
    }
}
