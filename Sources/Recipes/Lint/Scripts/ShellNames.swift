/// The variables that a shell text sets, and those that every shell has.
enum ShellNames {
    static let ofEveryShell: Set<String> = [
        "HOME", "PATH", "PWD", "OLDPWD", "IFS", "UID", "EUID", "PPID", "LINENO", "HOSTNAME", "REPLY", "OPTARG",
        "OPTIND", "PIPESTATUS", "FUNCNAME", "RANDOM", "SECONDS", "SHELL", "SHLVL", "BASH", "BASHPID", "BASH_SOURCE",
        "BASH_VERSION", "BASH_VERSINFO", "BASH_REMATCH", "BASH_LINENO", "BASH_COMMAND", "EPOCHSECONDS",
        "EPOCHREALTIME", "HOSTTYPE", "MACHTYPE", "OSTYPE", "GROUPS", "DIRSTACK", "COPROC", "MAPFILE", "TERM", "_",
    ]

    /// The names that the code assigns, reads into, loops over or declares.
    static func assigned(in code: String) -> Set<String> {
        var names: Set<String> = []
        for match in code.occurrences(
            of: #/(?:^|[\s;&|({"'`])([A-Za-z_]\w*)(?:\[[^\]]*\])?\+?=/#.anchorsMatchLineEndings())
        {
            names.insert(String(match.1))
        }
        for match in code.occurrences(of: #/\b(?:for|select)\s+([A-Za-z_]\w*)/#) { names.insert(String(match.1)) }
        for match in code.occurrences(of: #/\bprintf\s+-v\s+([A-Za-z_]\w*)/#) { names.insert(String(match.1)) }
        for match in code.occurrences(of: #/\bgetopts\s+\S+\s+([A-Za-z_]\w*)/#) { names.insert(String(match.1)) }
        let readers = #/\b(?:read|mapfile|readarray|local|declare|export|readonly|typeset)\b([^\n;|&<>]*)/#
        for match in code.occurrences(of: readers) {
            for word in match.1.split(separator: " ") {
                let name = word.prefix { $0 != "=" }
                if name.wholeMatch(of: #/[A-Za-z_]\w*/#) != nil { names.insert(String(name)) }
            }
        }
        return names
    }
}
