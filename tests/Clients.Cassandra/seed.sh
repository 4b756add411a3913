#!/usr/bin/env bash
# The seed's way of working, against a server that is up: s3cmd with Signature V2 through proxy_host, then boto 2.
#   S3_ENDPOINT, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, S3_DOMAIN, S3_BUCKET (a name that is free)
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
address=${S3_ENDPOINT#http://}

cat >"$work/s3cfg" <<END
[default]
access_key = $AWS_ACCESS_KEY_ID
secret_key = $AWS_SECRET_ACCESS_KEY
host_base = $S3_DOMAIN
host_bucket = %(bucket)s.$S3_DOMAIN
proxy_host = ${address%:*}
proxy_port = ${address#*:}
use_https = False
max_retries = 1
END
s3() { /usr/bin/s3cmd -c "$work/s3cfg" --signature-v2 --no-progress "$@"; }
# Reads all of it: a client whose output is closed early fails.
expect() { local said; said=$(cat); grep -qF -- "$1" <<<"$said" || { echo "expected: $1" >&2; exit 1; }; }

head -c 100000 /dev/urandom >"$work/small"
head -c 12000000 /dev/urandom >"$work/large"
s3 mb "s3://$S3_BUCKET"
s3 ls | expect "s3://$S3_BUCKET"
s3 put "$work/small" "s3://$S3_BUCKET/a/small"
s3 ls "s3://$S3_BUCKET/a/" | expect "100000"
s3 get "s3://$S3_BUCKET/a/small" "$work/small.got"
cmp "$work/small" "$work/small.got"
s3 put --multipart-chunk-size-mb=5 "$work/large" "s3://$S3_BUCKET/large"
s3 get "s3://$S3_BUCKET/large" "$work/large.got"
cmp "$work/large" "$work/large.got"

/usr/bin/python3 - "${address%:*}" "${address#*:}" "$S3_BUCKET-boto" <<'END'
import os, sys
import boto
from boto.s3.connection import OrdinaryCallingFormat, S3Connection

host, port, name = sys.argv[1], int(sys.argv[2]), sys.argv[3]
s3 = S3Connection(os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"], is_secure=False, host=host, port=port,
                  calling_format=OrdinaryCallingFormat())
bucket = s3.create_bucket(name)
assert name in [found.name for found in s3.get_all_buckets()]
key = bucket.new_key("greeting")
key.set_contents_from_string("hello")
assert bucket.get_key("greeting").get_contents_as_string() == b"hello"
assert [found.name for found in bucket.list()] == ["greeting"]
key.delete()
s3.delete_bucket(name)
END
s3 del --recursive --force "s3://$S3_BUCKET/"
s3 rb "s3://$S3_BUCKET"
