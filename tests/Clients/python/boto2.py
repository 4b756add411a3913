"""boto 2 against the server: python3 boto2.py SCENARIO. Direct, or through S3_PROXY as an HTTP proxy."""
import io
import os
import random
import sys

import boto
from boto.exception import S3ResponseError
from boto.s3.connection import OrdinaryCallingFormat, S3Connection, SubdomainCallingFormat

address = os.environ["S3_ENDPOINT"].split("//")[1]
host, port = address.split(":")
proxied = os.environ.get("S3_PROXY") == "yes"
domain = os.environ.get("S3_DOMAIN", "s3.example.com")
bucket_name = os.environ["S3_BUCKET"]


def connect(calling_format=None):
    """Signature V2 unless S3_USE_SIGV4 is set; a proxied connection names a host that resolves nowhere."""
    calling_format = calling_format or OrdinaryCallingFormat()
    keys = (os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"])
    if proxied:
        return S3Connection(*keys, is_secure=False, host=domain, proxy=host, proxy_port=int(port),
                            calling_format=calling_format, suppress_consec_slashes=False)
    return S3Connection(*keys, is_secure=False, host=host, port=int(port), calling_format=calling_format, suppress_consec_slashes=False)


def make_bucket(connection):
    return connection.create_bucket(bucket_name)


def body(size, seed=1):
    return random.Random(seed).randbytes(size)


def expect_error(status, call):
    try:
        call()
    except S3ResponseError as error:
        assert error.status == status, (status, error.status, error.body)
        return error
    raise AssertionError("no error, wanted %d" % status)


def objects():
    bucket = make_bucket(connect())
    names = ["plain", "a/b", "a/b/c", "with space+plus", "\u00e4\u00f6\u00fc/\u65e5\u672c", "tilde~(paren)'quote'", "a%2Fb", "x//y"]
    for number, name in enumerate(names):
        bucket.new_key(name).set_contents_from_string(body(1000 + number, number))
    assert sorted(key.name for key in bucket.list()) == sorted(names), [key.name for key in bucket.list()]
    for number, name in enumerate(names):
        key = bucket.get_key(name)
        assert key.size == 1000 + number
        assert key.get_contents_as_string() == body(1000 + number, number), name
    assert [prefix.name for prefix in bucket.list(prefix="a/", delimiter="/")] == ["a/b", "a/b/"]
    assert bucket.get_key("absent") is None
    expect_error(404, lambda: bucket.new_key("absent").get_contents_as_string())
    result = bucket.delete_keys(names)
    assert len(result.deleted) == len(names) and not result.errors, (result.deleted, result.errors)
    assert not list(bucket.list())
    bucket.delete()
    assert connect().lookup(bucket_name) is None


def metadata():
    bucket = make_bucket(connect())
    key = bucket.new_key("k")
    key.set_metadata("colour", "gr\u00fcn")
    key.set_metadata("Content-Type", "text/x-test")
    key.content_encoding = "identity"
    key.set_contents_from_string("hello", headers={"Cache-Control": "max-age=5"})
    again = bucket.get_key("k")
    assert again.content_type == "text/x-test", again.content_type
    assert again.cache_control == "max-age=5"
    assert again.etag == '"5d41402abc4b2a76b9719d911017c592"'
    copied = again.copy(bucket_name, "copy with space", metadata={"shape": "round"}, preserve_acl=False)
    assert bucket.get_key(copied.name).get_metadata("shape") == "round"
    assert again.get_contents_as_string(headers={"Range": "bytes=1-3"}) == b"ell"


def multipart():
    bucket = make_bucket(connect())
    upload = bucket.initiate_multipart_upload("big", headers={"Content-Type": "application/x-big"})
    data = body(5 * 1024 * 1024 + 77)
    upload.upload_part_from_file(io.BytesIO(data[:5 * 1024 * 1024]), 1)
    upload.upload_part_from_file(io.BytesIO(data[5 * 1024 * 1024:]), 2)
    assert [part.part_number for part in upload.get_all_parts()] == [1, 2]
    assert [other.id for other in bucket.get_all_multipart_uploads()] == [upload.id]
    upload.complete_upload()
    key = bucket.get_key("big")
    assert key.size == len(data) and key.etag.endswith('-2"'), (key.size, key.etag)
    assert key.get_contents_as_string() == data
    bucket.initiate_multipart_upload("other").cancel_upload()
    assert not bucket.get_all_multipart_uploads()


def large():
    bucket = make_bucket(connect())
    data = body(9 * 1024 * 1024 + 1)
    bucket.new_key("large").set_contents_from_file(io.BytesIO(data))
    assert bucket.get_key("large").get_contents_as_string() == data


def signed_urls():
    connection = connect()
    bucket = make_bucket(connection)
    bucket.new_key("a key").set_contents_from_string("by url")
    url = bucket.get_key("a key").generate_url(60)
    assert fetch(url) == (200, b"by url"), url
    put = connection.generate_url(60, "PUT", bucket_name, "put by url")
    assert fetch(put, "PUT", b"uploaded")[0] == 200
    assert bucket.get_key("put by url").get_contents_as_string() == b"uploaded"
    override = bucket.get_key("a key").generate_url(60, response_headers={"response-content-type": "text/x-other"})
    assert fetch(override) == (200, b"by url")
    wrong = url.replace("a%20key", "put%20by%20url")
    assert fetch(wrong)[0] == 403


def fetch(url, method="GET", data=None):
    import http.client
    import urllib.parse
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(host, int(port))
    target = url if proxied else parts.path + "?" + parts.query
    connection.request(method, target, body=data, headers={} if proxied else {"Host": parts.netloc})
    response = connection.getresponse()
    return response.status, response.read()


def versions():
    bucket = make_bucket(connect())
    assert bucket.get_versioning_status() == {}
    bucket.configure_versioning(True)
    assert bucket.get_versioning_status()["Versioning"] == "Enabled"
    for text in ("one", "two"):
        bucket.new_key("k").set_contents_from_string(text)
    bucket.delete_key("k")
    listed = list(bucket.list_versions())
    assert len(listed) == 3, listed
    texts = [bucket.get_key("k", version_id=version.version_id).get_contents_as_string()
             for version in listed if type(version).__name__ == "Key"]
    assert texts == [b"two", b"one"], texts
    for version in listed:
        bucket.delete_key("k", version_id=version.version_id)
    assert not list(bucket.list_versions())


def buckets():
    connection = connect()
    bucket = make_bucket(connection)
    assert bucket_name in [other.name for other in connection.get_all_buckets()]
    assert bucket.get_location() == ""
    bucket.new_key("k").set_contents_from_string("v")
    expect_error(409, bucket.delete)
    expect_error(404, lambda: connection.get_bucket("absent-" + bucket_name))
    grants = bucket.get_acl().acl.grants
    assert [grant.permission for grant in grants] == ["FULL_CONTROL"], grants
    wrong = S3Connection(os.environ["AWS_ACCESS_KEY_ID"], "wrong", is_secure=False, host=host, port=int(port),
                         calling_format=OrdinaryCallingFormat())
    error = expect_error(403, wrong.get_all_buckets)
    assert error.error_code == "SignatureDoesNotMatch", error.error_code


def virtual_host():
    """The bucket in the host name: only through the proxy, since the name resolves nowhere."""
    connection = connect(SubdomainCallingFormat())
    bucket = make_bucket(connection)
    bucket.new_key("a/key with space").set_contents_from_string("hosted")
    assert bucket.get_key("a/key with space").get_contents_as_string() == b"hosted"
    assert [key.name for key in bucket.list()] == ["a/key with space"]
    bucket.delete_keys(["a/key with space"])


if __name__ == "__main__":
    globals()[sys.argv[1]]()
