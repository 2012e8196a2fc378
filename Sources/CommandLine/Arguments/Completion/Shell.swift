/// A shell that can complete command lines.
public enum Shell: String, Sendable, CaseIterable {
    case bash, zsh, fish

    /// The script by which the shell completes `program`: it asks the program itself for candidates.
    package func completionScript(for program: String) -> String {
        let template =
            switch self {
            case .bash: Shell.bashScript
            case .zsh: Shell.zshScript
            case .fish: Shell.fishScript
            }
        return template.split(separator: "PROGRAM", omittingEmptySubsequences: false).joined(separator: program)
    }

    // bash splits words at `=` and `:`. The script joins them again and replaces only what follows the last of these.
    private static let bashScript = #"""
        # Completion of PROGRAM for bash: source <(PROGRAM completion bash)
        _PROGRAM() {
            local -a words=()
            local index piece line joins=
            for ((index = 1; index <= COMP_CWORD; index++)); do
                piece=${COMP_WORDS[index]}
                if [[ ${#words[@]} -gt 0 && ( $joins || $piece == [=:] ) ]]; then
                    words[${#words[@]}-1]+=$piece
                else
                    words+=("$piece")
                fi
                joins=
                [[ $piece == [=:] ]] && joins=yes
            done
            local last=${words[${#words[@]}-1]} kept=
            if [[ $joins || ${COMP_WORDS[COMP_CWORD-1]} == [=:] ]]; then
                kept=${last%"${last##*[=:]}"}
            fi

            COMPREPLY=()
            while IFS= read -r line; do
                case $line in
                    :files | :folders)
                        compopt -o filenames 2>/dev/null
                        [[ $line == :files ]] && index=-f || index=-d
                        while IFS= read -r piece; do COMPREPLY+=("$piece"); done \
                            < <(compgen "$index" -- "${last#"$kept"}")
                        ;;
                    *)
                        line=${line%%$'\t'*}
                        line=${line#"$kept"}
                        [[ $line == */ ]] && compopt -o nospace 2>/dev/null
                        COMPREPLY+=("$(printf %q "$line")")
                        ;;
                esac
            done < <("$1" complete line -- "${words[@]}" 2>/dev/null)
        }
        complete -F _PROGRAM PROGRAM
        """#

    private static let zshScript = #"""
        #compdef PROGRAM
        # Completion of PROGRAM for zsh: source <(PROGRAM completion zsh), or as _PROGRAM in a folder of $fpath
        _PROGRAM() {
            local -a lines complete partial
            local line word found=1
            lines=("${(@f)$(${(Q)words[1]} complete line -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
            case $lines[1] in
                :files | :folders)
                    compset -P '--*='
                    [[ $lines[1] == :files ]] && _files || _files -/
                    return
                    ;;
            esac
            for line in $lines; do
                word=${line%%$'\t'*}
                [[ $line == *$'\t'* ]] && line=${word//:/\\:}:${line#*$'\t'} || line=${word//:/\\:}
                [[ $word == */ ]] && partial+=("$line") || complete+=("$line")
            done
            (( $#complete )) && _describe -V PROGRAM complete && found=0
            (( $#partial )) && _describe -V PROGRAM partial -S '' && found=0
            return $found
        }
        if [[ $funcstack[1] == _PROGRAM ]]; then
            _PROGRAM "$@"
        else
            compdef _PROGRAM PROGRAM
        fi
        """#

    private static let fishScript = #"""
        # Completion of PROGRAM for fish: PROGRAM completion fish | source
        function __PROGRAM_complete
            set -l words (commandline -opc)
            set -l last (commandline -ct)
            set -l answer ($words[1] complete line -- $words[2..-1] "$last" 2>/dev/null)
            switch "$answer[1]"
                case :files
                    __fish_complete_path (string replace -r -- '^--[^=]*=' '' "$last")
                case :folders
                    __fish_complete_directories (string replace -r -- '^--[^=]*=' '' "$last")
                case '*'
                    string join -- \n $answer
            end
        end
        complete -c PROGRAM -f -a '(__PROGRAM_complete)'
        """#
}
