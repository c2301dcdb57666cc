"""The completion script for bash, including bash 3.2 of macOS.

bash splits words at `:` and `=`, which occur in IDs and after options. The script joins the split
words again, and returns only the part of a candidate after the last split, since bash replaces no
more than that.
"""

from __future__ import annotations

SCRIPT = r"""
_renewal_completion() {
    local IFS=$'\n' rest="$COMP_LINE" words=() word before last=-1 reply cut
    local i
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word="${COMP_WORDS[i]}"
        before="${rest%%"$word"*}"
        if [[ $last -ge 0 && -z "$before" && "$rest" != [[:space:]]* ]] &&
            [[ "$word" == [:=]* || "${words[last]}" == *[:=] ]]; then
            words[last]="${words[last]}$word"
        else
            last=$((last + 1))
            words[last]="$word"
        fi
        rest="${rest#*"$word"}"
    done
    cut=""
    if [[ "${words[last]}" != "${COMP_WORDS[COMP_CWORD]}" ]]; then
        cut="${words[last]%"${words[last]##*[:=]}"}"
    fi
    COMPREPLY=()
    for reply in $(COMP_WORDS="${words[*]}" COMP_CWORD=$last _RENEWAL_COMPLETE=bash_complete \
        "$1" 2>/dev/null); do
        case "$reply" in
        plain,*)
            reply="${reply#plain,}"
            COMPREPLY+=("${reply#"$cut"}")
            ;;
        file,* | dir,*) compopt -o default 2>/dev/null ;;
        esac
    done
}
complete -o nosort -F _renewal_completion renewal 2>/dev/null ||
    complete -F _renewal_completion renewal
"""
