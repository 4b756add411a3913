"""Signs made-up requests with botocore, boto 2 and s3cmd's own code; one JSON line per request, as it would go over the wire."""
import datetime
import json
import random
import sys
from urllib.parse import quote, urlsplit

seed, count, access, secret = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
dice = random.Random(seed)

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

credentials = Credentials(access, secret)
PIECES = ["a", "Z", "7", "-", ".", "_", "~", " ", "/", "//", "/./", "/../", "+", "%", "&", "=", "?", "#", ";", ":", "@", "!", "'", "(", ")", "*",
          ",", "$", "\"", "\\", "<", "|", "\u00e9", "\u20ac", "\U0001f600", "\u0301", "%41", "%2F"]
VALUES = ["a", "two  words", " padded ", "a,b", "\"quoted   text\"", "x=1; y=2", "caf\u00e9", "a\tb", "", "~!@#$%^&*()"]
SUB_RESOURCES = ["acl", "versions", "uploads", "tagging", "versionId=v1", "uploadId=u~1&partNumber=2", "delete", "location",
                 "response-content-type=text%2Fplain%3B%20a"]
METHODS = ["GET", "PUT", "HEAD", "DELETE", "POST"]


def text(pieces, most):
    return "".join(dice.choice(pieces) for _ in range(dice.randrange(most)))


def query():
    pairs = [quote(text(PIECES, 4), safe="-_.~") + "=" + quote(text(PIECES, 6), safe="-_.~") for _ in range(dice.randrange(6))]
    if dice.random() < 0.5:
        pairs += pairs[:1] + ["empty="]
    if dice.random() < 0.3:
        pairs += dice.choice(SUB_RESOURCES).split("&")
    dice.shuffle(pairs)
    return "&".join(p for p in pairs if not p.startswith("="))


def headers(request):
    for i in range(dice.randrange(4)):
        request.headers[dice.choice(["x-amz-meta-", "X-Amz-Meta-"]) + "h%d" % i] = dice.choice(VALUES)
    if dice.random() < 0.3:
        request.headers.add_header("x-amz-meta-repeated", "one")
        request.headers.add_header("x-amz-meta-repeated", "two  three")
    if dice.random() < 0.3:
        request.headers["Content-Type"] = "text/plain; charset=utf-8"
    if dice.random() < 0.2:
        request.headers["Content-MD5"] = "1B2M2Y8AsgTpgAmY7PhCfg=="
    if dice.random() < 0.2:
        request.headers["Expect"] = "100-continue"


def botocore_request(kind):
    bucket, path = "bucket", "/" + quote(text(PIECES, 12), safe="/~")
    hosted = dice.random() < 0.5
    host = dice.choice(["s3.example.com", "s3.example.com:8080", "127.0.0.1:9000"])
    url = "http://" + (bucket + "." + host + path if hosted else host + "/" + bucket + path)
    asked = query()
    request = AWSRequest(method=dice.choice(METHODS), url=url + ("?" + asked if asked else ""), data=b"")
    request.auth_path = "/" + bucket + path
    headers(request)
    if kind == "v4 header":
        botocore.auth.S3SigV4Auth(credentials, "s3", "us-east-1").add_auth(request)
    elif kind == "v4 query":
        botocore.auth.S3SigV4QueryAuth(credentials, "s3", "us-east-1", expires=600).add_auth(request)
    elif kind == "v2 header":
        botocore.auth.HmacV1Auth(credentials).add_auth(request)
    else:
        botocore.auth.HmacV1QueryAuth(credentials, expires=600).add_auth(request)
    parts = urlsplit(request.url)
    fields = [(name, value) for name, value in request.headers.items() if kind != "v2 query" or name != "Date"]
    write("botocore " + kind, request.method, parts.path, parts.query, parts.netloc, bucket if hosted else None, fields)


def write(name, method, path, asked, host, bucket, fields):
    plain = [(k, v.decode() if isinstance(v, bytes) else v) for k, v in fields]
    print(json.dumps({"Name": name, "Method": method, "Path": path, "Query": asked, "Host": host, "Bucket": bucket, "Headers": plain}))


def s3cmd_request(version):
    import S3.Config
    import S3.Crypto
    from S3.SortedDict import SortedDict
    config = S3.Config.Config()
    config.access_key, config.secret_key = access, secret
    method, uri = dice.choice(METHODS), "/bucket/" + text(PIECES, 8)
    params = dict(dice.sample([("acl", None), ("uploads", None), ("partNumber", "3"), ("uploadId", "u~1"), ("prefix", "a b/"), ("delimiter", "/")], 2))
    fields = SortedDict({"x-amz-meta-s3cmd-attrs": "atime:1/md5:d4", "content-type": "text/plain"}, ignore_case=True)
    now = datetime.datetime.now(datetime.timezone.utc)
    if version == 2:
        fields["x-amz-date"] = now.strftime("%a, %d %b %Y %H:%M:%S +0000")
        signed = S3.Crypto.sign_request_v2(method, uri, params, fields)
    else:
        signed = S3.Crypto.sign_request_v4(method, "s3.example.com", uri, params, "us-east-1", fields, b"")
    asked = S3.Crypto.format_param_str(params)[1:]
    path = S3.Crypto.s3_quote(uri, quote_backslashes=False, unicode_output=True)
    write("s3cmd v%d" % version, method, path, asked, "s3.example.com", None, signed.items())


def boto2_request(kind):
    import boto.s3.connection as s3
    dice_style = dice.random() < 0.5
    connection = s3.S3Connection(access, secret, host="s3.example.com", port=8080, is_secure=False,
                                 calling_format=s3.SubdomainCallingFormat() if dice_style else s3.OrdinaryCallingFormat())
    key = dice.choice(["", "key", "a b/c", "caf\u00e9+", "~x"])
    format = connection.calling_format
    path = connection.get_path(format.build_path_base("bucket", key))
    auth_path = connection.get_path(format.build_auth_path("bucket", key))
    host = format.build_host(connection.server_name(), "bucket")
    asked = dice.choice(["", "acl", "uploads", "versionId=v1", "location"])
    request = connection.build_base_http_request(dice.choice(METHODS), path + ("?" + asked if asked else ""),
                                                 auth_path + ("?" + asked if asked else ""), {}, {"x-amz-meta-a": "b"}, "", host)
    request.authorize(connection=connection)
    sent, _, asked = request.path.partition("?")
    fields = [(k, v) for k, v in request.headers.items()]
    write("boto 2 " + kind, request.method, sent, asked, host, "bucket" if dice_style else None, fields)


for i in range(count):
    for kind in ("v4 header", "v4 query", "v2 header", "v2 query"):
        botocore_request(kind)
    if i % 5 == 0:
        s3cmd_request(2)
        s3cmd_request(4)
        boto2_request("v2")
