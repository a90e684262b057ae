# part ID PLACE: what the next lines are about
part() {
    current="$1, declared at $2"
    changed=no
    started=no
}

# ended: says what failed
ended() {
    status=$?
    rm -f -- "${draft-}" "${fresh-}" "${made-}"
    [ -z "${shelter-}" ] || leave_shelter
    [ "$status" -eq 0 ] || echo "converge: $current failed with exit status $status" >&2
}

# fail MESSAGE: ends the script
fail() {
    echo "converge: $1" >&2
    exit 1
}

# owe RESOURCE...: what was changed is still to be made known to these, in this run of the script or in the next one
owe() {
    [ "$changed" = yes ] || return 0
    mkdir -p /var/lib/converge/owed
    for name in "$@"; do
        : > "/var/lib/converge/owed/$name"
    done
}

# owed RESOURCE: whether something that it follows was changed
owed() {
    [ -e "/var/lib/converge/owed/$1" ]
}

# settle RESOURCE: it follows now
settle() {
    rm -f -- "/var/lib/converge/owed/$1"
    rmdir /var/lib/converge/owed /var/lib/converge 2>/dev/null || :
}

# roots_alone: whether nobody but root can put anything into the current folder, or swap what is in it
roots_alone() {
    case $(stat -c '%u:%a' .) in
        0:*[2367] | 0:*[2367]?) return 1 ;;
        0:*) ;;
        *) return 1 ;;
    esac
}

# go_into FOLDER: it becomes the current one. Where a user can put links, they lead to folders of this user alone.
go_into() {
    rest=$1
    start_way
    walk_on
    end_way "$1"
}

# go_to FILE: the folder that it is in becomes the current one, and name what it is called there; a link is followed, as by go_into
go_to() {
    rest=${1%/*}
    name=${1##*/}
    start_way
    walk_on
    while [ -L "./$name" ]; do
        rest=
        follow_link "$name"
        name=${rest##*/}
        case $rest in
            */*) rest=${rest%/*} ;;
            *) rest= ;;
        esac
        walk_on
    done
    end_way "$1"
}

# start_way: nothing is known of whose links are on it
start_way() {
    planter=
    links=0
    cd -P /
}

# walk_on: the rest of the way, name by name: only of the current folder is it sure that nobody swaps it
walk_on() {
    while [ -n "$rest" ]; do
        next=${rest%%/*}
        rest=${rest#"$next"}
        rest=${rest#/}
        case $next in
            '' | .) continue ;;
            ..) cd -P .. && continue ;;
        esac
        if [ -L "./$next" ]; then
            follow_link "$next"
            continue
        fi
        here=${PWD%/}/$next
        cd -P -- "./$next" || fail "there is no folder $here"
        [ "$PWD" = "$here" ] || fail "$here was swapped for a link"
    done
}

# follow_link NAME: what it says comes before the rest of the way
follow_link() {
    links=$((links + 1))
    [ "$links" -le 40 ] || fail "$PWD/$1 leads to links without end"
    if ! roots_alone; then
        uid=$(stat -c %u .)
        [ "$uid" != 0 ] || fail "$PWD/$1 is a link, and not only root can put one there"
        [ "${planter:-$uid}" = "$uid" ] || fail "$PWD/$1 is a link, and one of another user leads to it"
        planter=$uid
    fi
    says=$(readlink -- "./$1")
    rest=$says${rest:+/$rest}
    case $says in /*) cd -P / ;; esac
}

# end_way PATH: a user's link may have led here
end_way() {
    if [ -n "$planter" ] && [ "$(stat -c %u .)" != "$planter" ]; then
        fail "$1 leads to $PWD by a link of the user with the number $planter, who does not own this folder"
    fi
}

# take_shelter: where others could swap what is in the current folder, one in it that is root's becomes the current one. Back leads out of it.
take_shelter() {
    back=.
    if roots_alone; then return; fi
    shelter=$(mktemp -d ./.converge.XXXXXX)
    here=${PWD%/}/${shelter#./}
    cd -P -- "$shelter"
    case $PWD:$(stat -c '%u:%a' .) in
        "$here:0:700" | "$here:0:2700") back=.. ;;
        *)
            shelter=
            fail "$here was swapped"
            ;;
    esac
}

# leave_shelter: it is not left behind
leave_shelter() {
    if [ -n "${shelter-}" ]; then
        rm -f -- ./held
        cd -P ..
        rmdir -- "$shelter" || :
        shelter=
    fi
    cd /
}

# hold_file: held is then a name of the file that nobody can give to another one; nothing where there is no file
hold_file() {
    held=
    if [ ! -f "$back/$name" ]; then return; fi
    held=./$name
    if [ "$back" != . ]; then
        held=./held
        ln -- "$back/$name" "$held"
    fi
    if [ -L "$held" ] || [ ! -f "$held" ]; then fail "$name was swapped for a link"; fi
}

# take_place: of the file, for the draft, in one step
take_place() {
    if [ "$back" = . ]; then mv -f -- "$draft" "./$name"; else mv -fT -- "$draft" "$back/$name"; fi
    draft=
}

# put [-b|-n] PATH MODE [CHECK]: standard input becomes what is in the file; -b: it is base64; -n: without its last line end.
# A new file gets the mode. CHECK is told the path of a draft, and has to accept it.
put() {
    form=-t
    case $1 in -?) form=$1; shift ;; esac
    fresh=$(mktemp)
    case $form in
        -b) base64 -d > "$fresh" ;;
        -n) printf '%s' "$(cat)" > "$fresh" ;;
        *) cat > "$fresh" ;;
    esac
    go_to "$1"
    [ ! -d "./$name" ] || fail "$1 is a folder, not a file"
    if [ ! -f "./$name" ] || ! cmp -s -- "$fresh" "./$name"; then replace "$1" "$2" "${3-}"; fi
    rm -f -- "$fresh"
    fresh=
    cd /
}

# replace PATH MODE CHECK: what is fresh takes the place of the file to which the way has led, with the owner and mode that this has
replace() {
    take_shelter
    hold_file
    draft=$(mktemp ./.converge.XXXXXX)
    cat -- "$fresh" > "$draft"
    if [ -n "$held" ]; then
        chown -- "$(stat -c '%u:%g' -- "$held")" "$draft"
        chmod -- "$(stat -c '%a' -- "$held")" "$draft"
    else
        chmod -- "$2" "$draft"
    fi
    here=${PWD%/}/${draft#./}
    [ -z "$3" ] || (cd / && "$3" "$here") || fail "the new content of $1 is refused by its check"
    take_place
    leave_shelter
    changed=yes
}

# rewrite PATH MODE PROGRAM [CHECK]: what the program makes of a file's content becomes its content; without a mode, it has to be there
rewrite() {
    made=$(mktemp)
    go_to "$1"
    take_shelter
    hold_file
    [ -n "$held" ] || [ -n "$2" ] || fail "there is no file $1"
    (cd / && "$3") < "${held:-/dev/null}" > "$made"
    leave_shelter
    put "$1" "${2:-0600}" "${4-}" < "$made"
    rm -f -- "$made"
    made=
}

# touched PATH MODE: an empty file where there is none
touched() {
    if [ -e "$1" ] || [ -L "$1" ]; then return; fi
    put "$1" "$2" < /dev/null
}

# own PATH OWNER GROUP MODE: whose it is; what is empty stays as it is
own() {
    if [ -d "$1" ]; then
        go_into "$1"
        set_owner . "$2" "$3" "$4"
    else
        go_to "$1"
        if ! has_owner "./$name" "$2" "$3" "$4"; then
            take_shelter
            hold_file
            [ -n "$held" ] || fail "$1 is not there"
            set_owner "$held" "$2" "$3" "$4"
            leave_shelter
        fi
    fi
    cd /
}

# has_owner PATH OWNER GROUP MODE: whether it can be seen, without asking chown and chmod, that nothing is to be done
has_owner() {
    now=$(stat -c ' %u %U :%g %G :%a' -- "$1")
    case $4 in
        '') ;;
        *[!0-7]*) return 1 ;;
        *) [ "${now##*:}" = "$(printf '%o' "0$4")" ] || return 1 ;;
    esac
    users=${now%%:*}
    groups=${now#*:}
    is_among "$2" "$users" && is_among "$3" "${groups%:*}"
}

# is_among WORD WORDS: with blanks around each; nothing always is
is_among() {
    case "$2" in
        *" $1 "*) ;;
        *) [ -z "$1" ] ;;
    esac
}

# set_owner PATH OWNER GROUP MODE: of what nobody can swap
set_owner() {
    before=$(stat -c '%u:%g:%a' -- "$1")
    if [ -n "$2$3" ]; then
        chown -- "$2${3:+:$3}" "$1"
        chmod -- "${before##*:}" "$1"
    fi
    [ -z "$4" ] || chmod -- "$4" "$1"
    [ "$before" = "$(stat -c '%u:%g:%a' -- "$1")" ] || changed=yes
}

# own_link PATH OWNER GROUP: whose a link is
own_link() {
    go_into "${1%/*}"
    before=$(stat -c '%u:%g' -- "./${1##*/}")
    chown -h -- "$2${3:+:$3}" "./${1##*/}"
    [ "$before" = "$(stat -c '%u:%g' -- "./${1##*/}")" ] || changed=yes
    cd /
}

# folder PATH: makes it where it is missing
folder() {
    if [ -d "$1" ]; then return; fi
    go_into "${1%/*}"
    mkdir -m 0755 -- "./${1##*/}"
    cd /
    changed=yes
}

# folders PATH: the same, with those above it
folders() {
    if [ -d "$1" ]; then return; fi
    folders "$(dirname -- "$1")"
    folder "$1"
}

# make_link PATH TARGET: a symbolic link, where there is nothing else
make_link() {
    if [ -L "$1" ] && [ "$(readlink -- "$1")" = "$2" ]; then return; fi
    [ -L "$1" ] || [ ! -e "$1" ] || fail "$1 is there and is no link"
    go_into "${1%/*}"
    ln -sfn -- "$2" "./${1##*/}"
    cd /
    changed=yes
}

# remove PATH [whole]: a file, a link or an empty folder; with "whole" a folder with all that is in it
remove() {
    if [ ! -e "$1" ] && [ ! -L "$1" ]; then return; fi
    go_into "${1%/*}"
    name=${1##*/}
    if [ "${2-}" = whole ]; then
        rm -rf -- "./$name"
    elif [ -d "./$name" ] && [ ! -L "./$name" ]; then
        rmdir -- "./$name"
    else
        rm -f -- "./$name"
    fi
    cd /
    changed=yes
}

# has_group NAME: whether there is such a group
has_group() {
    cut -d: -f1 /etc/group | grep -qxF -e "$1"
}

# has_user NAME: whether there is such a user
has_user() {
    cut -d: -f1 /etc/passwd | grep -qxF -e "$1"
}

# add_group NAME OPTION...: a group, where there is none of that name
add_group() {
    if has_group "$1"; then return; fi
    name=$1
    shift
    groupadd "$@" -- "$name"
    changed=yes
}

# group_id NAME GID: its number
group_id() {
    [ "$(awk -F: -v name="$1" '$1 == name { print $3 }' /etc/group)" = "$2" ] || {
        groupmod --gid "$2" -- "$1"
        changed=yes
    }
}

# add_user NAME OPTION...: a user, where there is none of that name
add_user() {
    if has_user "$1"; then return; fi
    name=$1
    shift
    case " $* " in
        *' --gid '*) ;;
        *) ! has_group "$name" || set -- --gid "$name" "$@" ;;
    esac
    useradd "$@" -- "$name"
    changed=yes
}

# user_field NAME NUMBER VALUE OPTION: a field of /etc/passwd, and the option of usermod that sets it
user_field() {
    [ "$(awk -F: -v name="$1" -v field="$2" '$1 == name { print $field }' /etc/passwd)" = "$3" ] || {
        usermod "$4" "$3" -- "$1"
        changed=yes
    }
}

# user_group NAME GROUP: its primary group, by name or number
user_group() {
    if [ "$(id -g -- "$1")" = "$2" ] || [ "$(id -gn -- "$1")" = "$2" ]; then return; fi
    usermod --gid "$2" -- "$1"
    changed=yes
}

# member USER GROUP: that the user is in the group
member() {
    if awk -F: -v group="$2" '$1 == group { print $4 }' /etc/group | tr , '\n' | grep -qxF -e "$1"; then return; fi
    usermod --append --groups "$2" -- "$1"
    changed=yes
}

# shadow_field NAME NUMBER: a field of /etc/shadow
shadow_field() {
    awk -F: -v name="$1" -v field="$2" '$1 == name { print $field }' /etc/shadow
}

# password NAME: its hash, from standard input
password() {
    IFS= read -r hash
    [ "$(shadow_field "$1" 2)" = "$hash" ] || {
        printf '%s:%s\n' "$1" "$hash" | chpasswd --encrypted
        changed=yes
    }
}

# locked NAME yes|no: whether logging in with the password is barred
locked() {
    case $2:$(shadow_field "$1" 2) in
        'yes:!'* | no:[!!]* | no:) return ;;
        yes:*) usermod --lock -- "$1" ;;
        *) usermod --unlock -- "$1" ;;
    esac
    changed=yes
}

# expires NAME DAYS: from which day since 1970-01-01 the account cannot be used; never when empty
expires() {
    [ "$(shadow_field "$1" 8)" = "$2" ] || {
        usermod --expiredate "$2" -- "$1"
        changed=yes
    }
}

# key_file USER: the folder of the keys becomes the current one, name what the file with them is called, and gid the number of the user's group
key_file() {
    home=$(awk -F: -v name="$1" '$1 == name { print $6 }' /etc/passwd)
    gid=$(id -g -- "$1")
    go_into "$home"
    if [ ! -d ./.ssh ]; then
        mkdir -m 0700 -- ./.ssh
        chown -h -- "$1:$gid" ./.ssh
    fi
    go_into "$home/.ssh"
    name=authorized_keys
}

# keys_of USER: the lines that there are. All there is the user's: a link may lead to what only root may read.
keys_of() {
    if [ -f "./$name" ]; then (as_user "$1" cat -- "./$name") | awk 1; fi
}

# put_keys USER: what is fresh becomes the file with the keys
put_keys() {
    take_shelter
    draft=$(mktemp ./.converge.XXXXXX)
    cat -- "$fresh" > "$draft"
    chown -- "$1:$gid" "$draft"
    take_place
    leave_shelter
    changed=yes
}

# authorize USER LINE: a key to log in with
authorize() {
    key_file "$1"
    fresh=$(mktemp)
    keys_of "$1" > "$fresh"
    if ! grep -qxF -e "$2" -- "$fresh"; then
        printf '%s\n' "$2" >> "$fresh"
        put_keys "$1"
    fi
    rm -f -- "$fresh"
    fresh=
    cd /
}

# keep_keys USER KEY...: other keys go; blank lines and comments stay
keep_keys() {
    user=$1
    shift
    key_file "$user"
    made=$(mktemp)
    fresh=$(mktemp)
    keys_of "$user" > "$made"
    KEYS=$* awk '
        BEGIN { split(ENVIRON["KEYS"], keys, " ") }
        /^[ \t]*(#|$)/ { print; next }
        { for (i in keys) if (index($0, keys[i])) { print; next } }' "$made" > "$fresh"
    cmp -s -- "$made" "$fresh" || put_keys "$user"
    rm -f -- "$made" "$fresh"
    made=
    fresh=
    cd /
}

# manager: what installs packages here
manager() {
    for program in apt-get dnf apk; do
        if command -v "$program" > /dev/null; then
            echo "$program"
            return
        fi
    done
    fail 'there is neither apt-get nor dnf nor apk'
}

# apt_get WORD...: apt-get, asking nothing and keeping configuration files that were changed
apt_get() {
    DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 \
        -o Dpkg::Options::=--force-confold "$@" < /dev/null
}

# package_lists: brings those of the packages that there are, unless they are younger than a day and than the sources
package_lists() {
    case $(manager) in
        apt-get)
            known=$(find /var/lib/apt/lists -maxdepth 1 -name '*_Packages*' -mmin -1440 2> /dev/null | head -n 1)
            newer=
            [ -z "$known" ] || newer=$(find /etc/apt/sources.list /etc/apt/sources.list.d -newer "$known" 2> /dev/null | head -n 1)
            if [ -z "$known" ] || [ -n "$newer" ]; then apt_get update; fi
            ;;
        apk) apk update ;;
    esac
}

# installed NAME: its version; nothing when it is not there
installed() {
    case $(manager) in
        apt-get) dpkg-query -W -f '${db:Status-Status} ${Version}\n' -- "$1" 2> /dev/null | sed -n 's/^installed //p' ;;
        dnf) ! rpm -q --quiet -- "$1" 2> /dev/null || rpm -q --qf '%{VERSION}-%{RELEASE}\n' -- "$1" ;; # It says on standard output that one is missing.
        apk) apk info -e -v -- "$1" 2> /dev/null | sed "s/^$1-//" || : ;;
    esac
}

# install_together NAME...: those that are missing, in one go; which one cannot be had is found out at its own turn
install_together() {
    # shellcheck disable=SC2046 # A name of a package is one word.
    set -- $(for name in "$@"; do [ -n "$(installed "$name")" ] || echo "$name"; done)
    [ "$#" -gt 1 ] || return 0
    package_lists
    case $(manager) in
        apt-get) apt_get install --no-remove -- "$@" ;;
        dnf) dnf -y install -- "$@" ;;
        apk) apk add "$@" ;;
    esac || echo "converge: not all at once, so each alone: $*" >&2
}

# install_package NAME VERSION OPTION...: a package, of any version where that is empty
install_package() {
    name=$1
    version=$2
    shift 2
    now=$(installed "$name")
    # shellcheck disable=SC2254 # The version may be a pattern.
    case $now in
        '') ;;
        ${version:-*}) return ;;
    esac
    package_lists
    case $(manager) in
        apt-get) apt_get install --no-remove "$@" -- "$name${version:+=$version}" ;;
        dnf) dnf -y install "$@" -- "$name${version:+-$version}" ;;
        apk) apk add "$name${version:+=$version}" ;;
    esac
    [ -n "$(installed "$name")" ] || fail "$name was not installed"
    changed=yes
}

# upgrade_package NAME: the newest version of a package that is there
upgrade_package() {
    now=$(installed "$1")
    package_lists
    case $(manager) in
        apt-get) apt_get install --only-upgrade --no-remove -- "$1" ;;
        dnf) dnf -y upgrade -- "$1" ;;
        apk) apk add --upgrade "$1" ;;
    esac
    [ "$now" = "$(installed "$1")" ] || changed=yes
}

# hold_package NAME yes|no: whether upgrades leave it alone
hold_package() {
    case $(manager) in
        apt-get)
            if apt-mark showhold -- "$1" | grep -q .; then now=yes; else now=no; fi
            [ "$now" = "$2" ] || {
                if [ "$2" = yes ]; then apt-mark hold -- "$1"; else apt-mark unhold -- "$1"; fi
                changed=yes
            }
            ;;
        *) fail "$1 cannot be held here" ;;
    esac
}

# remove_package NAME remove|purge: a package goes, alone
remove_package() {
    state=$(dpkg-query -W -f '${db:Status-Status}' -- "$1" 2> /dev/null || :)
    case $(manager):$2:$state in
        apt-get:*:not-installed | apt-get:*: | apt-get:remove:config-files) return ;;
        apt-get:*)
            others=$(apt_get --simulate "$2" -- "$1" | awk '$1 == "Remv" || $1 == "Purg" { print $2 }' | grep -vxF -e "${1%%:*}" || :)
            [ -z "$others" ] || fail "the removal of $1 would remove others too: $others"
            apt_get "$2" -- "$1"
            ;;
        dnf:*) [ -n "$(installed "$1")" ] || return 0; rpm -e -- "$1" ;;
        apk:*) [ -n "$(installed "$1")" ] || return 0; apk del "$1" ;;
    esac
    changed=yes
}

# systemd: whether it runs
systemd() {
    [ -d /run/systemd/system ]
}

# reload_units: systemd reads its units anew, after one has changed
reload_units() {
    [ "$changed" = no ] || ! systemd || systemctl daemon-reload
}

# masked UNIT yes|no: whether nothing may start it
masked() {
    if [ "$(readlink "/etc/systemd/system/$1" 2> /dev/null)" = /dev/null ]; then now=yes; else now=no; fi
    [ "$now" = "$2" ] || {
        if [ "$2" = yes ]; then systemctl mask -- "$1"; else systemctl unmask -- "$1"; fi
        changed=yes
    }
}

# enabled UNIT yes|no: whether it starts at boot
enabled() {
    if command -v systemctl > /dev/null; then
        if systemctl is-enabled --quiet -- "$1" 2> /dev/null; then now=yes; else now=no; fi
        [ "$now" != "$2" ] || return 0
        if [ "$2" = yes ]; then systemctl enable -- "$1"; else systemctl disable -- "$1"; fi
    else
        if rc-update show default | grep -qw -e "${1%.service}"; then now=yes; else now=no; fi
        [ "$now" != "$2" ] || return 0
        if [ "$2" = yes ]; then rc-update add "${1%.service}"; else rc-update del "${1%.service}"; fi
    fi
    changed=yes
}

# runs UNIT: whether it does
runs() {
    if systemd; then systemctl is-active --quiet -- "$1"; else rc-service "${1%.service}" status > /dev/null 2>&1; fi
}

# running UNIT yes|no: whether it runs now; in an image that is being built it will after the boot
running() {
    if ! systemd && ! command -v rc-service > /dev/null; then return; fi
    if runs "$1"; then now=yes; else now=no; fi
    [ "$now" != "$2" ] || return 0
    if [ "$2" = yes ]; then word=start; started=yes; else word=stop; fi
    if systemd; then systemctl "$word" -- "$1"; else rc-service "${1%.service}" "$word"; fi
    changed=yes
}

# refresh UNIT restart|reload: when it runs, and was not started just now
refresh() {
    if [ "$started" = yes ]; then return; fi
    if ! systemd; then
        if ! command -v rc-service > /dev/null || ! runs "$1"; then return; fi
        rc-service "${1%.service}" "$2"
    elif [ "$2" = reload ]; then
        systemctl try-reload-or-restart -- "$1"
    else
        systemctl try-restart -- "$1"
    fi
}

# as_user USER COMMAND...: as that user, in its home's name
as_user() {
    user=$1
    shift
    HOME=$(awk -F: -v name="$user" '$1 == name { print $6 }' /etc/passwd)
    export HOME
    if command -v runuser > /dev/null; then runuser -u "$user" -- "$@"; else su -s /bin/sh "$user" -c '"$0" "$@"' -- "$@"; fi
}

# host_name NAME: now and at each boot
host_name() {
    if [ "$(sed -n '/^[^#]/{p;q}' /etc/hostname 2> /dev/null)" != "$1" ]; then
        printf '%s\n' "$1" > /etc/hostname
        changed=yes
    fi
    if [ "$(cat /proc/sys/kernel/hostname)" != "$1" ]; then
        hostname "$1" 2> /dev/null || printf "%s" "$1" > /proc/sys/kernel/hostname # read-only in containers
        changed=yes
    fi
}

# time_zone ZONE: by its name in /usr/share/zoneinfo
time_zone() {
    [ -e "/usr/share/zoneinfo/$1" ] || fail "there is no time zone $1; it comes with the package tzdata"
    case $(readlink /etc/localtime) in
        */"zoneinfo/$1") ;;
        *)
            ln -sfn -- "../usr/share/zoneinfo/$1" /etc/localtime
            changed=yes
            ;;
    esac
    if [ -f /etc/timezone ] && [ "$(cat /etc/timezone)" != "$1" ]; then
        printf '%s\n' "$1" > /etc/timezone
        changed=yes
    fi
}

# kernel_setting FILE VALUE: now, by its file in /proc/sys
kernel_setting() {
    [ "$(tr -s '\t ' ' ' < "$1")" = "$2" ] || {
        printf '%s\n' "$2" > "$1"
        changed=yes
    }
}

# format_disk DEVICE TYPE [LABEL]: a file system where there is none; what is there is never formatted again
format_disk() {
    found=$(blkid -p -o value -s TYPE -- "$1" || [ "$?" -eq 2 ])
    if [ "$found" = "$2" ]; then return; fi
    [ -z "$found" ] || fail "$1 holds $found, not $2, and is left as it is"
    [ -z "$(wipefs --noheadings -- "$1")" ] || fail "$1 holds something, and is left as it is"
    case $2 in
        ext* | vfat | btrfs | xfs) ;;
        *) fail "a file system of type $2 is not made" ;;
    esac
    option=-L
    [ "$2" != vfat ] || option=-n
    if [ -n "${3-}" ]; then "mkfs.$2" "$option" "$3" "$1"; else "mkfs.$2" "$1"; fi
    changed=yes
}

# at_boot PATH LINE: its line in /etc/fstab
at_boot() {
    if grep -qxF -e "$2" /etc/fstab 2> /dev/null; then return; fi
    [ -e /etc/fstab ] || : > /etc/fstab
    draft=$(mktemp /etc/.converge.XXXXXX)
    MOUNT_POINT=$1 LINE=$2 awk '
        $1 !~ /^#/ && $2 == ENVIRON["MOUNT_POINT"] { if (!done) print ENVIRON["LINE"]; done = 1; next }
        { print }
        END { if (!done) print ENVIRON["LINE"] }' /etc/fstab > "$draft"
    chmod 0644 "$draft"
    mv -f -- "$draft" /etc/fstab
    draft=
    changed=yes
}

# mounted PATH: now
mounted() {
    if mountpoint -q -- "$1"; then return; fi
    mount -- "$1"
    changed=yes
}
