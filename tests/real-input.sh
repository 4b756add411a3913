#!/usr/bin/env bash
# Real input through the real clients: the whole .NET SDK folder (about 5,000 files) up and down byte for byte with s3cmd (V2, V4,
# directly and through proxy_host), aws s3 sync and rclone sync --checksum; a restic backup, check and restore of it; a 2 GiB file by
# multipart with each, the client killed in the middle of the upload and started again.
#
#   tests/real-input.sh [--cassandra] [STEP…]      all steps, or some of: tree large restic
#
# Starts a server of its own from a release build, with --cassandra over a node of its own by $CASSANDRA_HOME/bin/node (or
# ../shared/cassandra beside the repository); S3_ENDPOINT, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY name another.
# REAL_INPUT_TREE: another folder. REAL_INPUT_MIB: the large file's size (2048). REAL_INPUT_CLIENTS: some of the clients.
# Needs 8 GiB in TMPDIR; every command has a time limit, all of it takes about 15 minutes on two cores.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cassandra=
if [[ ${1:-} == --cassandra ]]; then cassandra=yes; shift; fi
steps=${*:-tree large restic}
clients=${REAL_INPUT_CLIENTS:-s3cmd-v4 s3cmd-v2 s3cmd-v4-proxy s3cmd-v2-proxy aws rclone}
mib=${REAL_INPUT_MIB:-2048}
sdk=$(dotnet --list-sdks | tail -1 | sed 's/^\(.*\) \[\(.*\)\]$/\2\/\1/')
tree=${REAL_INPUT_TREE:-$sdk}
work=$(mktemp -d "${TMPDIR:-/tmp}/real-input-XXXXXX")
domain=s3.example.com
program=$root/src/S3Server/bin/Release/net10.0/S3Server.dll
node=${CASSANDRA_HOME:-$root/../shared/cassandra}/bin/node
server=

unset AWS_CA_BUNDLE AWS_PROFILE AWS_SESSION_TOKEN http_proxy HTTP_PROXY https_proxy HTTPS_PROXY
export AWS_CONFIG_FILE=$work/aws.config AWS_SHARED_CREDENTIALS_FILE=$work/none AWS_EC2_METADATA_DISABLED=true
export AWS_DEFAULT_REGION=us-east-1 LC_ALL=C.UTF-8 HOME=$work RCLONE_CONFIG=$work/rclone.conf DOTNET_CLI_HOME=$work

finish() {
    local status=$?
    if [[ -n $server ]]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
    if [[ -n $cassandra && -d $work/node ]]; then bash "$node" kill "$work/node" || true; fi
    rm -rf "$work"
    ((status == 0)) && echo "real input: all of it went up and came down" || echo "real input: FAILED ($status)"
}
trap finish EXIT

say() { printf '%(%H:%M:%S)T  %s\n' -1 "$*"; }
fail() { echo "FAILED: $*" >&2; exit 1; }
bounded() { timeout --kill-after=10 "${limit:-900}" "$@" </dev/null >>"$work/log" 2>&1 || { tail -20 "$work/log" >&2; fail "$*"; }; }
seconds() { local start=$EPOCHREALTIME; "$@"; awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f s\n", b - a }'; }

# A node at an address of 127.0.0.0/8 that chance chose, and the schema.
start_cassandra() {
    local address=127.$((RANDOM % 200 + 16)).$((RANDOM % 256)).1
    bash "$node" start "$work/node" --address "$address" --jmx-port $((RANDOM % 20000 + 30000)) >"$work/node.log" 2>&1 || { cat "$work/node.log"; fail "the node"; }
    store=(--cassandra "$address:9042" --keyspace real_input)
    bounded dotnet "$program" schema install "${store[@]}" --replication dc1=1
}

start_server() {
    if [[ -n ${S3_ENDPOINT:-} ]]; then return; fi
    HOME=/root dotnet build "$root/src/S3Server" -c Release -v q --nologo >"$work/build" || { cat "$work/build"; fail "the build"; }
    export AWS_ACCESS_KEY_ID=S3CREALINPUT00000001 AWS_SECRET_ACCESS_KEY=real-input-secret-0123456789-0123456789
    : >"$work/server.log"
    store=(--data "$work/data")
    [[ -z $cassandra ]] || start_cassandra
    S3CASSANDRA_ROOT_ACCESS_KEY=$AWS_ACCESS_KEY_ID S3CASSANDRA_ROOT_SECRET_KEY=$AWS_SECRET_ACCESS_KEY \
        dotnet "$program" serve --listen 127.0.0.1:0 "${store[@]}" --domain $domain \
        >"$work/server.log" 2>&1 </dev/null &
    server=$!
    for _ in {1..300}; do
        S3_ENDPOINT=$(sed -n 's/^listening on \(http[^ ]*\).*/\1/p' "$work/server.log" | head -1)
        [[ -n $S3_ENDPOINT ]] && return
        kill -0 "$server" 2>/dev/null || { cat "$work/server.log"; fail "the server ended"; }
        sleep 0.1
    done
    fail "the server does not listen"
}

configure() {
    local address=${S3_ENDPOINT#http://} version proxy
    printf '[default]\ns3 =\n  addressing_style = path\n' >"$AWS_CONFIG_FILE"
    printf '[default]\ns3 =\n  addressing_style = path\n  max_bandwidth = 40MB/s\n' >"$work/aws-slow.config"
    printf '[server]\ntype = s3\nprovider = Other\nendpoint = %s\nregion = us-east-1\naccess_key_id = %s\nsecret_access_key = %s\n' \
        "$S3_ENDPOINT" "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY" >"$RCLONE_CONFIG"
    for version in v2 v4; do
        for proxy in '' -proxy; do
            {
                printf '[default]\naccess_key = %s\nsecret_key = %s\nuse_https = False\n' "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY"
                [[ $version == v2 ]] && echo 'signature_v2 = True'
                if [[ -n $proxy ]]; then
                    printf 'host_base = %s\nhost_bucket = %%(bucket)s.%s\nproxy_host = %s\nproxy_port = %s\n' $domain $domain "${address%:*}" "${address#*:}"
                else
                    printf 'host_base = %s\nhost_bucket = %s\n' "$address" "$address"
                fi
            } >"$work/s3cmd-$version$proxy.cfg"
        done
    done
}

s3cmd() { /usr/bin/s3cmd -c "$work/$client.cfg" --no-progress "$@"; }
aws() { /usr/bin/aws --endpoint-url "$S3_ENDPOINT" "$@"; }
export -f s3cmd aws
export work S3_ENDPOINT

up_tree() {
    case $client in
        s3cmd*) bounded bash -c "s3cmd sync '$tree/' 's3://$bucket/tree/'" ;;
        aws) bounded bash -c "aws s3 sync --no-progress '$tree' 's3://$bucket/tree'" ;;
        rclone) bounded rclone sync --checksum "$tree" "server:$bucket/tree" ;;
    esac
}

down_tree() {
    case $client in
        s3cmd*) bounded bash -c "s3cmd sync 's3://$bucket/tree/' '$work/down/'" ;;
        aws) bounded bash -c "aws s3 sync --no-progress 's3://$bucket/tree' '$work/down'" ;;
        rclone) bounded rclone sync --checksum "server:$bucket/tree" "$work/down" ;;
    esac
}

# Uploads the large file; "slow" is the attempt that is killed, "again" the one that goes on with what is there.
up_large() {
    case $client-$1 in
        s3cmd*-slow) exec /usr/bin/s3cmd -c "$work/$client.cfg" --no-progress --limit-rate=40m put "$work/large" "s3://$bucket/large" ;;
        s3cmd*-again) bounded bash -c "s3cmd --continue-put put '$work/large' 's3://$bucket/large'" ;;
        aws-slow) AWS_CONFIG_FILE=$work/aws-slow.config exec /usr/bin/aws --endpoint-url "$S3_ENDPOINT" s3 cp --no-progress "$work/large" "s3://$bucket/large" ;;
        aws-again) bounded bash -c "aws s3 cp --no-progress '$work/large' 's3://$bucket/large'" ;;
        rclone-slow) exec rclone copyto --bwlimit 40M --s3-upload-cutoff 16Mi --s3-chunk-size 16Mi "$work/large" "server:$bucket/large" ;;
        rclone-again) bounded rclone copyto --s3-upload-cutoff 16Mi --s3-chunk-size 16Mi "$work/large" "server:$bucket/large" ;;
    esac
}

down_large() {
    case $client in
        s3cmd*) head -c $((mib * 300000)) "$work/large" >"$work/down/large"
            bounded bash -c "s3cmd get --continue 's3://$bucket/large' '$work/down/large'" ;;
        aws) bounded bash -c "aws s3 cp --no-progress 's3://$bucket/large' '$work/down/large'" ;;
        rclone) bounded rclone copyto "server:$bucket/large" "$work/down/large" ;;
    esac
}

# The number of parts that unfinished uploads of the bucket hold.
parts() {
    local id
    id=$(aws s3api list-multipart-uploads --bucket "$bucket" --query 'Uploads[0].UploadId' --output text 2>/dev/null || true)
    [[ -n $id && $id != None ]] || { echo 0; return; }
    aws s3api list-parts --bucket "$bucket" --key large --upload-id "$id" --query 'length(Parts || `[]`)' --output text 2>/dev/null || echo 0
}

kill_in_the_middle() {
    (up_large slow) </dev/null >>"$work/log" 2>&1 &
    local pid=$! status=0
    for _ in {1..60}; do
        (($(parts) >= 2)) && break
        kill -0 $pid 2>/dev/null || { tail -5 "$work/log" >&2; fail "$client ended before it could be killed"; }
    done
    kill -9 $pid 2>/dev/null || fail "$client ended before it could be killed"
    wait $pid 2>/dev/null || status=$?
    ((status == 137)) || fail "$client was to be killed in the middle, and ended with $status"
    aws s3api head-object --bucket "$bucket" --key large >>"$work/log" 2>&1 && fail "an upload cut short is visible"
    return 0
}

remove_bucket() {
    local id
    for id in $(aws s3api list-multipart-uploads --bucket "$bucket" --query 'Uploads[].UploadId' --output text | grep -v None); do
        aws s3api abort-multipart-upload --bucket "$bucket" --key large --upload-id "$id"
    done
    bounded bash -c "aws s3 rb --force s3://$bucket"
}

tree_step() {
    for client in $clients; do
        export client bucket=real-tree-$client-$$
        rm -rf "$work/down"; mkdir "$work/down"
        bounded bash -c "aws s3 mb s3://$bucket"
        up=$(seconds up_tree)
        down=$(seconds down_tree)
        say "tree   $client: up $up, down $down"
        diff -r "$tree" "$work/down" || fail "$client brought other bytes down"
        remove_bucket
    done
}

large_step() {
    local taken
    openssl enc -aes-128-ctr -pass pass:real-input -nosalt -pbkdf2 </dev/zero 2>/dev/null | head -c $((mib << 20)) >"$work/large" || true
    [[ $(stat -c %s "$work/large") == $((mib << 20)) ]] || fail "the large file has another size"
    for client in $clients; do
        export client bucket=real-large-$client-$$
        rm -rf "$work/down"; mkdir "$work/down"
        bounded bash -c "aws s3 mb s3://$bucket"
        kill_in_the_middle
        taken=$(parts)
        up=$(seconds up_large again)
        down=$(seconds down_large)
        say "large  $client: killed with $taken parts there; again $up, down $down"
        cmp "$work/large" "$work/down/large" || fail "$client brought other bytes down"
        remove_bucket
    done
    rm -rf "$work/large" "$work/down"
}

restic_step() {
    export RESTIC_REPOSITORY=s3:$S3_ENDPOINT/real-restic-$$ RESTIC_PASSWORD=password
    local restic="/usr/bin/restic --no-cache --quiet" pid
    rm -rf "$work/down"; mkdir "$work/down"
    bounded $restic init
    cd "$tree"
    $restic --limit-upload 4000 backup . </dev/null >>"$work/log" 2>&1 &
    pid=$!
    for _ in {1..120}; do
        (($(aws s3api list-objects-v2 --bucket real-restic-$$ --prefix data/ --query 'length(Contents || `[]`)' --output text) >= 2)) && break
    done
    kill -9 $pid 2>/dev/null || fail "restic ended before it could be killed"
    wait $pid 2>/dev/null || true
    bounded $restic unlock --remove-all
    up=$(seconds bounded $restic backup .)
    check=$(seconds bounded $restic check --read-data)
    down=$(seconds bounded $restic restore latest --target "$work/down")
    say "restic: killed in the middle; again: backup $up, check $check, restore $down"
    cd /
    diff -r "$tree" "$work/down" || fail "restic restored other bytes"
    bucket=real-restic-$$ remove_bucket
}

start_server
configure
say "$(find "$tree" -type f | wc -l) files, $(du -sm "$tree" | cut -f1) MiB in $tree; a file of $mib MiB; $S3_ENDPOINT"
for step in $steps; do
    "${step}_step"
done
if [[ -n $server ]]; then
    kill "$server"; wait "$server" || true; server=
    limit=600 bounded dotnet "$program" fsck "${store[@]}"
    say "fsck: sound"
fi
