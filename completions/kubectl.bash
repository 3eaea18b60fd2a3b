# Completion of kubectl for bash.
#
# "kubectl __complete WORD..." prints the choices for its last word, each with a description behind a tab, and at the
# end ":NUMBER", a sum of: 1 it failed, 2 no space behind the word, 4 no file names, 8 files with the extensions that
# were printed, 16 folders, 32 the order stays.

__kubectl_files() {
    local pattern=$1 file
    while IFS= read -r file; do
        if [[ -d $file ]]; then
            COMPREPLY+=("$file/")
        elif [[ -n $pattern && $file =~ \.($pattern)$ ]]; then
            COMPREPLY+=("$file")
        fi
    done < <(compgen -f -- "$2")
    compopt -o nospace -o filenames 2>/dev/null
}

__kubectl_choose() {
    local typed=$1 word longest=0 tab=$'\t'
    shift
    local fitting=()
    for word in "$@"; do
        [[ ${word%%"$tab"*} == "$typed"* ]] && fitting+=("$word")
    done
    # A single choice is inserted, and so is each in turn where the shell walks through them: no descriptions then.
    if ((${#fitting[@]} == 1)) || [[ ${COMP_TYPE:-} == 37 || ${COMP_TYPE:-} == 42 ]]; then
        for word in "${fitting[@]}"; do
            COMPREPLY+=("${word%%"$tab"*}")
        done
        return
    fi
    for word in "${fitting[@]}"; do
        word=${word%%"$tab"*}
        ((${#word} > longest)) && longest=${#word}
    done
    local padded
    for word in "${fitting[@]}"; do
        if [[ $word == *"$tab"* ]]; then
            printf -v padded '%-*s  (%s)' "$longest" "${word%%"$tab"*}" "${word#*"$tab"}"
            COMPREPLY+=("${padded:0:${COLUMNS:-80}-4}")
        else
            COMPREPLY+=("$word")
        fi
    done
}

__start_kubectl() {
    local cur prev words cword
    COMPREPLY=()
    if declare -F _get_comp_words_by_ref >/dev/null 2>&1; then
        _get_comp_words_by_ref -n "=:" cur prev words cword
    else
        words=("${COMP_WORDS[@]}")
        cword=$COMP_CWORD
        cur=${COMP_WORDS[COMP_CWORD]}
    fi

    local line directive=0 choices=()
    while IFS= read -r line; do
        choices+=("$line")
    done < <("${words[0]}" __complete "${words[@]:1:cword-1}" "$cur" 2>/dev/null)
    local end=$((${#choices[@]} - 1))
    if ((end >= 0)) && [[ ${choices[end]} =~ ^:([0-9]+)$ ]]; then
        directive=${BASH_REMATCH[1]}
        unset "choices[end]"
    fi

    ((directive & 1)) && return
    ((directive & 2)) && compopt -o nospace 2>/dev/null
    ((directive & 4)) && compopt +o default 2>/dev/null
    ((directive & 32)) && ((BASH_VERSINFO[0] > 4 || BASH_VERSINFO[0] == 4 && BASH_VERSINFO[1] >= 4)) && compopt -o nosort
    local typed=$cur
    [[ $typed == -*=* ]] && typed=${typed#*=}
    if ((directive & 8)); then
        local IFS='|'
        __kubectl_files "${choices[*]}" "$typed"
    elif ((directive & 16)); then
        __kubectl_files "" "$typed"
    else
        __kubectl_choose "$typed" "${choices[@]}"
    fi
    if declare -F __ltrim_colon_completions >/dev/null 2>&1; then
        __ltrim_colon_completions "$cur"
    fi
}

complete -o default -F __start_kubectl kubectl
