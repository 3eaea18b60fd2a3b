# Completion of kubectl for fish.
#
# "kubectl __complete WORD..." prints the choices for its last word, each with a description behind a tab, and at the
# end ":NUMBER", a sum of: 1 it failed, 2 no space behind the word, 4 no file names, 8 files with the extensions that
# were printed, 16 folders, 32 the order stays.

function __kubectl_ask
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    set -g __kubectl_choices ($words[1] __complete $words[2..-1] "$typed" 2>/dev/null)
    set -g __kubectl_directive 0
    if set -q __kubectl_choices[1]; and string match -qr '^:[0-9]+$' -- $__kubectl_choices[-1]
        set -g __kubectl_directive (string sub -s 2 -- $__kubectl_choices[-1])
        set -e __kubectl_choices[-1]
    end
    # What stands before the sign of --flag=value belongs to the word.
    set -l flag (string match -r -- '^-[^=]*=' "$typed")
    if test -n "$flag"
        set -g __kubectl_choices "$flag"$__kubectl_choices
    end
end

function __kubectl_bit
    test (math "floor($__kubectl_directive / $argv[1]) % 2") -eq 1
end

function __kubectl_words
    __kubectl_ask
    if __kubectl_bit 1
        return 1
    end
    if __kubectl_bit 8; or __kubectl_bit 16
        return 1
    end
    if not set -q __kubectl_choices[1]
        return 1
    end
    # fish adds no space behind these characters; two choices keep it from adding one behind others.
    if __kubectl_bit 2; and test (count $__kubectl_choices) -eq 1
        set -l word (string split -m1 \t -- $__kubectl_choices[1])[1]
        if not string match -qr '[/=@:.,]$' -- $word
            set -g __kubectl_choices $__kubectl_choices $word.
        end
    end
    return 0
end

function __kubectl_files
    not __kubectl_words; and not __kubectl_bit 1; and not __kubectl_bit 4
end

complete -c kubectl -e
complete -c kubectl -n __kubectl_files -F
complete -k -c kubectl -n __kubectl_words -f -a '$__kubectl_choices'
