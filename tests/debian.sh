# shellcheck shell=bash
# What Debian has and where; sourced after lib.sh.

keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# The suites of Debian that have, had or will have Wireshark $1.
suites_of() {
    case $1 in
    3.4) echo bullseye ;;
    4.0) echo bookworm ;;
    4.4) echo trixie ;;
    4.6) echo forky sid ;;
    *) echo forky sid experimental ;;
    esac
}

# The lines "URI suite" of both formats of apt's sources.
apt_sources() {
    local list parts
    eval "$(apt-config shell list Dir::Etc::sourcelist/f parts Dir::Etc::sourceparts/d)"
    cat "$list" "$parts"/*.list 2>/dev/null | sed -nE 's/^deb +(\[[^]]*\] +)?([^ ]+) +([^ ]+) .*/\2 \3/p'
    awk 'BEGIN {RS = ""; FS = "\n"} {
        uris = suites = ""
        for (i = 1; i <= NF; i++) {
            if ($i ~ /^URIs:/) uris = substr($i, 6)
            if ($i ~ /^Suites:/) suites = substr($i, 8)
        }
        n = split(uris, uri, " "); m = split(suites, suite, " ")
        for (u = 1; u <= n; u++) for (s = 1; s <= m; s++) print uri[u], suite[s]
    }' "$parts"/*.sources 2>/dev/null
}

# The URL of a Debian mirror.
debian_mirror() {
    local uri suite origin=''
    if [[ -n ${IMSHARK_DEBIAN_MIRROR:-} ]]; then
        echo "$IMSHARK_DEBIAN_MIRROR"
        return
    fi
    # shellcheck disable=SC2016 # apt's own variables
    origin=$(apt-get indextargets --format '$(ORIGIN) $(LABEL) $(REPO_URI)' 2>/dev/null |
        sed -n 's/^Debian Debian //p;T;q') || true
    if [[ $origin ]]; then
        echo "$origin"
        return
    fi
    # Before the first `apt-get update` origins are unknown; names are not.
    while read -r uri suite; do
        [[ $uri =~ debian/?$|^mirror && $suite =~ ^(bullseye|bookworm|trixie|forky|sid|(old)*stable|testing|unstable)$ ]] || continue
        echo "$uri"
        return
    done < <(apt_sources)
    die 'apt on this machine knows no Debian mirror: set IMSHARK_DEBIAN_MIRROR to the URL of one (the folder that holds dists/ and pool/)'
}

# Writes to $1/apt.conf a separate apt configuration for the suite $3 of the mirror $2, with the
# machine's proxy settings but no package installed, so that every dependency is fetched.
# $4 is deb, or deb-src for sources.
configure_apt() {
    local apt=$1 mirror=$2 suite=$3 kind=${4:-deb} target=Packages
    [[ $kind == deb ]] || target=Sources
    mkdir -p "$apt"/{lists,archives}/partial
    : >"$apt/status"
    echo "$kind [signed-by=$keyring target=$target] $mirror $suite main" >"$apt/sources.list"
    # That suite is none by itself.
    [[ $suite != experimental ]] || echo "$kind [signed-by=$keyring target=$target] $mirror sid main" >>"$apt/sources.list"
    cat >"$apt/apt.conf" <<CONF
Dir::State "$apt";
Dir::State::status "$apt/status";
Dir::State::lists "$apt/lists";
Dir::Cache "$apt";
Dir::Cache::archives "$apt/archives";
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::Log "$apt";
APT::Architecture "$(dpkg --print-architecture)";
#clear APT::Architectures;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Post-Invoke;
APT::Install-Recommends "false";
APT::Default-Release "$suite";
APT::Sandbox::User "";
Acquire::Check-Valid-Until "false";
Acquire::Languages "none";
Acquire::Retries "3";
APT::Update::Error-Mode "any";
CONF
}
