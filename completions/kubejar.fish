# Completion of kubejar for fish.
#
# "kubejar __complete WORD..." prints the choices for its last word, each with a description behind a tab, and at the
# end ":NUMBER", a sum of: 1 it failed, 2 no space behind the word, 4 no file names, 8 files with the extensions that
# were printed, 16 folders, 32 the order stays.

function __kubejar_ask
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    set -g __kubejar_choices ($words[1] __complete $words[2..-1] "$typed" 2>/dev/null)
    set -g __kubejar_directive 0
    if set -q __kubejar_choices[1]; and string match -qr '^:[0-9]+$' -- $__kubejar_choices[-1]
        set -g __kubejar_directive (string sub -s 2 -- $__kubejar_choices[-1])
        set -e __kubejar_choices[-1]
    end
    # What stands before the sign of --flag=value belongs to the word.
    set -l flag (string match -r -- '^-[^=]*=' "$typed")
    if test -n "$flag"
        set -g __kubejar_choices "$flag"$__kubejar_choices
    end
end

function __kubejar_bit
    test (math "floor($__kubejar_directive / $argv[1]) % 2") -eq 1
end

function __kubejar_words
    __kubejar_ask
    if __kubejar_bit 1
        return 1
    end
    if __kubejar_bit 8; or __kubejar_bit 16
        return 1
    end
    if not set -q __kubejar_choices[1]
        return 1
    end
    # fish adds no space behind these characters; two choices keep it from adding one behind others.
    if __kubejar_bit 2; and test (count $__kubejar_choices) -eq 1
        set -l word (string split -m1 \t -- $__kubejar_choices[1])[1]
        if not string match -qr '[/=@:.,]$' -- $word
            set -g __kubejar_choices $__kubejar_choices $word.
        end
    end
    return 0
end

function __kubejar_files
    not __kubejar_words; and not __kubejar_bit 1; and not __kubejar_bit 4
end

complete -c kubejar -e
complete -c kubejar -n __kubejar_files -F
complete -k -c kubejar -n __kubejar_words -f -a '$__kubejar_choices'
