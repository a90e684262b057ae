# after_key TEXT: what follows the key, where the text begins with it; else nothing
function after_key(text) {
    if (folded(substr(text, 1, length(key))) != folded(key)) return ""
    return substr(text, length(key) + 1)
}
function folded(text) { return any_case ? tolower(text) : text }
function words(text) { gsub(/[ \t]+/, " ", text); return text }
function bare(text) { sub(/[ \t]+$/, "", text); return text }
# seen TEXT: whether it has the value that it shall have
function seen(text) { return text == ENVIRON["VALUE"] || text == single || text == double || (by_words && words(text) == words(ENVIRON["VALUE"])) }
# written OLD: the value in the quotes that the old one had
function written(old) { return old ~ /^'/ ? single : old ~ /^"/ ? double : ENVIRON["VALUE"] }
function give_up(why) {
    if (!given_up) print ENVIRON["FILE"] ": " key " " why | "cat >&2"
    given_up = 1
}
BEGIN {
    key = ENVIRON["KEY"]
    single = "SINGLE" in ENVIRON ? ENVIRON["SINGLE"] : ENVIRON["VALUE"]
    double = "DOUBLE" in ENVIRON ? ENVIRON["DOUBLE"] : ENVIRON["VALUE"]
}
{ text[NR] = $0 }
block { next }
block_start != "" && tolower($0) ~ block_start { block = NR; next }
$0 ~ leader {
    sub(leader, "")
    if (bare(after_key($0)) ~ shown_by) shown = NR
    next
}
{
    match($0, /^[ \t]*(export[ \t]+)?/)
    start = exports || $0 !~ /^[ \t]*export/ ? RLENGTH : 0
    rest = after_key(substr($0, start + 1))
    if (!match(rest, between)) next
    old = substr(rest, RLENGTH + 1)
    lead = substr($0, 1, length($0) - length(old))
    if (exports && lead ~ /^[ \t]/) give_up("is indented: it may be for some cases only")
    match(old, "^(" shape ")")
    value = bare(substr(old, 1, RLENGTH))
    tail = substr(old, length(value) + 1)
    if (tail !~ /^[ \t\r]*;?[ \t]*(#.*)?$/) give_up("has a value that is not plain")
    gone[NR] = 1
    if (found++ && first) next
    here = NR
    if (value == "" && !exports) lead = substr($0, 1, start + length(key)) separator
    changed = seen(value) ? $0 : lead written(value) tail
}
END {
    if (found > 1 && ENVIRON["ALL_COUNT"]) give_up("is there several times, and each may count")
    if (given_up) exit 3
    absent = ENVIRON["ABSENT"]
    place = absent || here ? -1 : shown ? shown : block ? block - 1 : NR
    while (exports && shown && place >= shown && place < NR && text[place + 1] ~ /^[ \t]*#?[ \t]*$/) place++
    if (place == 0) print key separator ENVIRON["VALUE"]
    for (i = 1; i <= NR; i++) {
        if (!(absent && gone[i])) print i == here ? changed : text[i]
        if (i == place) print key separator ENVIRON["VALUE"]
    }
}
