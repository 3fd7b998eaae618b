/// A shell that completes command lines, and the script that makes it ask the program what to offer.
///
/// A script knows no command and no option: whatever program is installed answers for itself, so that the two cannot
/// differ. What is offered is a word as it is, never code.
package enum Shell: String, CaseIterable, Sendable {
    case bash, zsh, fish

    /// What stands in place of a command's name when a script asks; a shell's name and the words typed follow.
    package static let question = "---complete"

    package func script(for program: String) -> String {
        let text =
            switch self {
            case .bash: bashScript
            case .zsh: zshScript
            case .fish: fishScript
            }
        return text.split(separator: "PROGRAM", omittingEmptySubsequences: false).joined(separator: program)
    }
}

// Bash makes three words of `--format=s`; `=` and what follows are put together again.
private let bashScript = #"""
    #!/bin/bash
    # Completion of PROGRAM in bash, by what the program itself answers.
    _PROGRAM() {
        local current=${COMP_WORDS[COMP_CWORD]} word line ending glued=
        local -a words=()
        COMPREPLY=()
        for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
            if [[ ($word == '=' || $glued) && ${#words[@]} -gt 0 ]]; then
                words[${#words[@]} - 1]+=$word
                glued=
                [[ $word == '=' ]] && glued=yes
            else
                words+=("$word")
            fi
        done
        [[ $current == '=' ]] && current=
        while IFS= read -r line; do
            case $line in
            :folders)
                compopt -o filenames 2>/dev/null
                while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -d -- "$current")
                ;;
            :files*)
                compopt -o filenames 2>/dev/null
                while IFS= read -r word; do
                    [[ $line == :files || -d $word ]] && COMPREPLY+=("$word") && continue
                    for ending in ${line#:files}; do
                        [[ $word == *".$ending" ]] && COMPREPLY+=("$word")
                    done
                done < <(compgen -f -- "$current")
                ;;
            *) COMPREPLY+=("${line%%$'\t'*}") ;;
            esac
        done < <(command PROGRAM ---complete bash "${words[@]}" 2>/dev/null)
    }
    complete -F _PROGRAM PROGRAM

    """#

private let zshScript = #"""
    #compdef PROGRAM
    # Completion of PROGRAM in zsh, by what the program itself answers.
    _PROGRAM() {
        local line
        local -a rows endings
        for line in "${(@f)$(command PROGRAM ---complete zsh "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
            case $line in
            (:folders)
                [[ $PREFIX == --*=* ]] && compset -P '*='
                _files -/
                return ;;
            (:files*)
                [[ $PREFIX == --*=* ]] && compset -P '*='
                endings=(${=line#:files})
                if (( $#endings )); then _files -g "*.(${(j:|:)endings})"; else _files; fi
                return ;;
            (?*)
                # A colon divides a word from what it means.
                line=${line//:/\\:}
                rows+=("${line/$'\t'/:}") ;;
            esac
        done
        (( $#rows )) && _describe PROGRAM rows
    }
    if [[ $funcstack[1] == _PROGRAM ]]; then _PROGRAM "$@"; else compdef _PROGRAM PROGRAM; fi

    """#

private let fishScript = #"""
    # Completion of PROGRAM in fish, by what the program itself answers.
    function __PROGRAM_offers
        set -l words (commandline -opc) (commandline -ct)
        set -l value (string replace -r '^--[^=]*=' '' -- $words[-1])
        set -l prefix (string sub -l (math (string length -- $words[-1]) - (string length -- $value)) -- $words[-1])
        for line in (command PROGRAM ---complete fish $words[2..-1] 2>/dev/null)
            switch $line
                case ':folders'
                    printf "$prefix%s\n" (__fish_complete_directories $value '')
                case ':files'
                    printf "$prefix%s\n" (__fish_complete_path $value '')
                case ':files *'
                    set -l endings (string split ' ' -- $line)[2..-1]
                    for path in (__fish_complete_path $value '')
                        string match -q -r '(/|\.('(string join '|' $endings)'))$' -- (string split \t -- $path)[1]
                        and printf "$prefix%s\n" $path
                    end
                case '*'
                    printf '%s\n' $line
            end
        end
    end
    complete -c PROGRAM -f -a '(__PROGRAM_offers)'

    """#
