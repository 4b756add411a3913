"""boto3 against the server: python3 boto3_client.py SCENARIO."""
import io
import json
import os
import random
import subprocess
import sys
import urllib.error
import urllib.request

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError

bucket = os.environ["S3_BUCKET"]


def client(**options):
    return boto3.client("s3", endpoint_url=os.environ["S3_ENDPOINT"],
                        config=Config(retries={"max_attempts": 1}, s3={"addressing_style": "path"}, **options))


def body(size, seed=1):
    return random.Random(seed).randbytes(size)


def code_of(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


def objects():
    s3 = client()
    s3.create_bucket(Bucket=bucket)
    names = ["plain", "a/b", "a/b/c", "with space+plus", "\u00e4\u00f6/\u65e5\u672c", "tilde~(x)'q'", "a%2Fb", "x//y", "../up", "e\u0301"]
    for number, name in enumerate(names):
        s3.put_object(Bucket=bucket, Key=name, Body=body(500 + number, number), Metadata={"number": str(number)})
    listed = [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket)["Contents"]]
    assert listed == sorted(names, key=lambda name: name.encode()), listed
    for number, name in enumerate(names):
        got = s3.get_object(Bucket=bucket, Key=name)
        assert got["Body"].read() == body(500 + number, number)
        assert got["Metadata"] == {"number": str(number)}
        assert s3.head_object(Bucket=bucket, Key=name)["ETag"] == got["ETag"]
    page = s3.list_objects_v2(Bucket=bucket, MaxKeys=3)
    assert page["IsTruncated"] and page["KeyCount"] == 3
    keys = [entry["Key"] for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, PaginationConfig={"PageSize": 3})
            for entry in page["Contents"]]
    assert keys == listed
    keys = [entry["Key"] for page in s3.get_paginator("list_objects").paginate(Bucket=bucket, PaginationConfig={"PageSize": 3})
            for entry in page["Contents"]]
    assert keys == listed
    folded = s3.list_objects_v2(Bucket=bucket, Prefix="a/", Delimiter="/")
    assert [entry["Prefix"] for entry in folded["CommonPrefixes"]] == ["a/b/"]
    deleted = s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": name} for name in names]})
    assert len(deleted["Deleted"]) == len(names) and "Errors" not in deleted, deleted
    s3.delete_bucket(Bucket=bucket)
    assert code_of(s3.head_bucket, Bucket=bucket) == "404"


def conditions():
    s3 = client()
    s3.create_bucket(Bucket=bucket)
    etag = s3.put_object(Bucket=bucket, Key="k", Body=b"0123456789")["ETag"]
    assert s3.get_object(Bucket=bucket, Key="k", Range="bytes=2-4")["Body"].read() == b"234"
    assert s3.get_object(Bucket=bucket, Key="k", Range="bytes=-3")["Body"].read() == b"789"
    assert code_of(s3.get_object, Bucket=bucket, Key="k", Range="bytes=10-") == "InvalidRange"
    assert code_of(s3.get_object, Bucket=bucket, Key="k", IfNoneMatch=etag) == "304"
    assert code_of(s3.get_object, Bucket=bucket, Key="k", IfMatch='"other"') == "PreconditionFailed"
    assert code_of(s3.get_object, Bucket=bucket, Key="absent") == "NoSuchKey"
    s3.copy_object(Bucket=bucket, Key="copy of k", CopySource={"Bucket": bucket, "Key": "k"}, CopySourceIfMatch=etag)
    assert code_of(s3.copy_object, Bucket=bucket, Key="c", CopySource={"Bucket": bucket, "Key": "k"},
                   CopySourceIfNoneMatch=etag) == "PreconditionFailed"
    s3.put_object(Bucket=bucket, Key="checked", Body=b"hello", ChecksumAlgorithm="SHA256")
    attributes = s3.get_object_attributes(Bucket=bucket, Key="checked", ObjectAttributes=["ETag", "Checksum", "ObjectSize"])
    assert attributes["ObjectSize"] == 5
    assert attributes["Checksum"]["ChecksumSHA256"] == "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="


def transfer():
    """upload_fileobj and download_fileobj: concurrent multipart, concurrent ranges, a managed copy by parts."""
    s3 = client()
    s3.create_bucket(Bucket=bucket)
    data = body(17 * 1024 * 1024 + 5)
    config = TransferConfig(multipart_threshold=5 * 1024 * 1024, multipart_chunksize=5 * 1024 * 1024, max_concurrency=4)
    s3.upload_fileobj(io.BytesIO(data), bucket, "big", Config=config, ExtraArgs={"Metadata": {"a": "b"}})
    head = s3.head_object(Bucket=bucket, Key="big")
    assert head["ContentLength"] == len(data) and head["ETag"].endswith('-4"') and head["Metadata"] == {"a": "b"}, head
    s3.copy({"Bucket": bucket, "Key": "big"}, bucket, "copied", Config=config)
    for key in ("big", "copied"):
        target = io.BytesIO()
        s3.download_fileobj(bucket, key, target, Config=config)
        assert target.getvalue() == data, key
    assert s3.get_object(Bucket=bucket, Key="big", PartNumber=4)["Body"].read() == data[15 * 1024 * 1024:]


def multipart():
    s3 = client()
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="source", Body=body(6 * 1024 * 1024))
    upload = s3.create_multipart_upload(Bucket=bucket, Key="m", ContentType="text/x-m")["UploadId"]
    first = s3.upload_part(Bucket=bucket, Key="m", UploadId=upload, PartNumber=1, Body=body(5 * 1024 * 1024, 2))["ETag"]
    second = s3.upload_part_copy(Bucket=bucket, Key="m", UploadId=upload, PartNumber=7, CopySource=bucket + "/source",
                                 CopySourceRange="bytes=10-99")["CopyPartResult"]["ETag"]
    parts = s3.list_parts(Bucket=bucket, Key="m", UploadId=upload)["Parts"]
    assert [(part["PartNumber"], part["ETag"]) for part in parts] == [(1, first), (7, second)]
    assert [entry["UploadId"] for entry in s3.list_multipart_uploads(Bucket=bucket)["Uploads"]] == [upload]
    wrong = {"Parts": [{"PartNumber": 1, "ETag": second}]}
    assert code_of(s3.complete_multipart_upload, Bucket=bucket, Key="m", UploadId=upload, MultipartUpload=wrong) == "InvalidPart"
    right = {"Parts": [{"PartNumber": 1, "ETag": first}, {"PartNumber": 7, "ETag": second}]}
    s3.complete_multipart_upload(Bucket=bucket, Key="m", UploadId=upload, MultipartUpload=right)
    got = s3.get_object(Bucket=bucket, Key="m")
    assert got["ContentType"] == "text/x-m"
    assert got["Body"].read() == body(5 * 1024 * 1024, 2) + body(6 * 1024 * 1024)[10:100]
    aborted = s3.create_multipart_upload(Bucket=bucket, Key="n")["UploadId"]
    s3.abort_multipart_upload(Bucket=bucket, Key="n", UploadId=aborted)
    assert code_of(s3.list_parts, Bucket=bucket, Key="n", UploadId=aborted) == "NoSuchUpload"


def versions():
    s3 = client()
    s3.create_bucket(Bucket=bucket)
    assert "Status" not in s3.get_bucket_versioning(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="k", Body=b"null version")
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    first = s3.put_object(Bucket=bucket, Key="k", Body=b"one")["VersionId"]
    second = s3.put_object(Bucket=bucket, Key="k", Body=b"two")["VersionId"]
    marker = s3.delete_object(Bucket=bucket, Key="k")
    assert marker["DeleteMarker"]
    assert code_of(s3.get_object, Bucket=bucket, Key="k") == "NoSuchKey"
    listed = s3.list_object_versions(Bucket=bucket)
    assert [version["VersionId"] for version in listed["Versions"]] == [second, first, "null"]
    assert [entry["VersionId"] for entry in listed["DeleteMarkers"]] == [marker["VersionId"]]
    for version, expected in ((first, b"one"), (second, b"two"), ("null", b"null version")):
        assert s3.get_object(Bucket=bucket, Key="k", VersionId=version)["Body"].read() == expected
    s3.delete_object(Bucket=bucket, Key="k", VersionId=marker["VersionId"])
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"two"


def tags():
    s3 = client()
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="k", Body=b"x", Tagging="colour=red&size=a%20b")
    assert s3.head_object(Bucket=bucket, Key="k")["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert s3.get_object_tagging(Bucket=bucket, Key="k")["TagSet"] == [{"Key": "colour", "Value": "red"}, {"Key": "size", "Value": "a b"}]
    s3.put_object_tagging(Bucket=bucket, Key="k", Tagging={"TagSet": [{"Key": "\u00fc", "Value": "1"}]})
    assert s3.get_object_tagging(Bucket=bucket, Key="k")["TagSet"] == [{"Key": "\u00fc", "Value": "1"}]
    s3.delete_object_tagging(Bucket=bucket, Key="k")
    assert s3.get_object_tagging(Bucket=bucket, Key="k")["TagSet"] == []
    assert code_of(s3.get_bucket_tagging, Bucket=bucket) == "NoSuchTagSet"
    s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": [{"Key": "a", "Value": "b"}]})
    assert s3.get_bucket_tagging(Bucket=bucket)["TagSet"] == [{"Key": "a", "Value": "b"}]
    s3.delete_bucket_tagging(Bucket=bucket)


def presigned():
    s3 = client(signature_version="s3v4")
    s3.create_bucket(Bucket=bucket)
    put = s3.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": "a key", "Metadata": {"m": "1"}}, ExpiresIn=60)
    request = urllib.request.Request(put, data=b"presigned", method="PUT", headers={"x-amz-meta-m": "1", "Content-Type": ""})
    assert urllib.request.urlopen(request).status == 200
    get = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "a key", "ResponseContentType": "text/x-o"})
    with urllib.request.urlopen(get) as response:
        assert response.read() == b"presigned" and response.headers["Content-Type"] == "text/x-o"
    try:
        urllib.request.urlopen(get.replace("a%20key", "b%20key"))
        raise AssertionError("a forged URL was accepted")
    except urllib.error.HTTPError as error:
        assert error.code == 403
    old = client(signature_version="s3")
    with urllib.request.urlopen(old.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "a key"})) as response:
        assert response.read() == b"presigned"


def presignedPost():
    s3 = client(signature_version="s3v4")
    s3.create_bucket(Bucket=bucket)
    for each in (s3, client(signature_version="s3")):
        fields = {"Content-Type": "text/plain", "x-amz-meta-m": "1", "success_action_status": "201"}
        conditions = [{"Content-Type": "text/plain"}, {"x-amz-meta-m": "1"}, {"success_action_status": "201"}, ["content-length-range", 1, 10]]
        form = each.generate_presigned_post(bucket, "up/${filename}", Fields=fields, Conditions=conditions, ExpiresIn=60)

        # curl's own multipart, as a browser's: the fields first, the file last.
        def curl(content, changes=()):
            sent = [f"{name}={value}" for name, value in {**form["fields"], **dict(changes)}.items()]
            arguments = [argument for field in sent for argument in ("--form-string", field)]
            return subprocess.run(
                ["curl", "-s", "-w", "\n%{http_code}", *arguments, "-F", "file=@-;filename=a b.txt", form["url"]],
                input=content, capture_output=True, check=True).stdout.decode()

        assert curl(b"by form").endswith("201"), curl(b"by form")
        got = s3.get_object(Bucket=bucket, Key="up/a b.txt")
        assert got["Body"].read() == b"by form" and got["ContentType"] == "text/plain" and got["Metadata"] == {"m": "1"}
        assert "EntityTooLarge" in curl(b"longer than ten bytes")
        assert "Policy Condition failed" in curl(b"x", [("Content-Type", "text/html")])
        assert "Extra input fields: acl" in curl(b"x", [("acl", "private")])
        assert "SignatureDoesNotMatch" in curl(b"x", [("policy", form["fields"]["policy"][:-4] + "AAAA")])
        s3.delete_object(Bucket=bucket, Key="up/a b.txt")


def configurations():
    s3 = client()
    s3.create_bucket(Bucket=bucket)
    rules = [{"AllowedMethods": ["GET"], "AllowedOrigins": ["http://a.example"], "AllowedHeaders": ["*"], "MaxAgeSeconds": 7}]
    assert code_of(s3.get_bucket_cors, Bucket=bucket) == "NoSuchCORSConfiguration"
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": rules})
    assert s3.get_bucket_cors(Bucket=bucket)["CORSRules"] == rules
    s3.delete_bucket_cors(Bucket=bucket)
    assert s3.get_bucket_location(Bucket=bucket)["LocationConstraint"] is None
    assert code_of(s3.get_bucket_lifecycle_configuration, Bucket=bucket) == "NoSuchLifecycleConfiguration"
    assert code_of(s3.get_bucket_policy, Bucket=bucket) == "NoSuchBucketPolicy"
    assert code_of(s3.get_bucket_website, Bucket=bucket) == "NoSuchWebsiteConfiguration"
    assert code_of(s3.get_bucket_replication, Bucket=bucket) == "ReplicationConfigurationNotFoundError"
    assert code_of(s3.get_object_lock_configuration, Bucket=bucket) == "ObjectLockConfigurationNotFoundError"
    assert [grant["Permission"] for grant in s3.get_bucket_acl(Bucket=bucket)["Grants"]] == ["FULL_CONTROL"]


def expectations():
    # botocore sends Expect: 100-continue with every body. A refusal that comes instead of the 100 must leave a connection that the next
    # request can use: where it does not, botocore waits for its read timeout, and there are no retries here.
    s3 = boto3.client("s3", endpoint_url=os.environ["S3_ENDPOINT"],
                      config=Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"}, max_pool_connections=1, read_timeout=30))
    s3.create_bucket(Bucket=bucket)
    for size in (0, 1, 100000, 5000000):
        assert code_of(s3.put_object, Bucket=bucket + "-absent", Key="k", Body=body(size)) == "NoSuchBucket"
        assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0
        assert code_of(s3.put_object, Bucket=bucket, Key="k", Body=body(size), StorageClass="GLACIER") == "InvalidStorageClass"
        s3.put_object(Bucket=bucket, Key="k", Body=body(size))
        assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == body(size)
        s3.delete_object(Bucket=bucket, Key="k")


def encryption():
    s3 = client()
    s3.create_bucket(Bucket=bucket)
    stored = s3.put_object(Bucket=bucket, Key="k", Body=body(100000), ServerSideEncryption="AES256")
    assert stored["ServerSideEncryption"] == "AES256"
    got = s3.get_object(Bucket=bucket, Key="k", Range="bytes=70000-70099")
    assert got["ServerSideEncryption"] == "AES256" and got["Body"].read() == body(100000)[70000:70100]


def status_of_unsigned(key, query=""):
    try:
        with urllib.request.urlopen("%s/%s/%s%s" % (os.environ["S3_ENDPOINT"], bucket, key, query)) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code


def access():
    s3 = client()
    s3.create_bucket(Bucket=bucket, ObjectOwnership="BucketOwnerPreferred")
    me = s3.list_buckets()["Owner"]["ID"]
    s3.put_object(Bucket=bucket, Key="k", Body=b"text")
    assert status_of_unsigned("k") == 403
    s3.put_object_acl(Bucket=bucket, Key="k", ACL="public-read")
    assert status_of_unsigned("k") == 200
    everybody = {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/global/AllUsers"}
    mine = {"Grantee": {"Type": "CanonicalUser", "ID": me}, "Permission": "FULL_CONTROL"}
    s3.put_object_acl(Bucket=bucket, Key="k", AccessControlPolicy={
        "Owner": {"ID": me}, "Grants": [mine, {"Grantee": everybody, "Permission": "READ_ACP"}]})
    got = s3.get_object_acl(Bucket=bucket, Key="k")
    assert got["Owner"]["ID"] == me and [grant["Permission"] for grant in got["Grants"]] == ["FULL_CONTROL", "READ_ACP"], got
    assert (status_of_unsigned("k"), status_of_unsigned("k", "?acl")) == (403, 200)
    s3.put_bucket_acl(Bucket=bucket, GrantRead='uri="%s"' % everybody["URI"], GrantFullControl='id="%s"' % me)
    assert {grant["Permission"] for grant in s3.get_bucket_acl(Bucket=bucket)["Grants"]} == {"READ", "FULL_CONTROL"}
    assert status_of_unsigned("") == 200
    controls = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    assert code_of(s3.put_bucket_ownership_controls, Bucket=bucket, OwnershipControls=controls) == "InvalidBucketAclWithObjectOwnership"
    s3.put_bucket_request_payment(Bucket=bucket, RequestPaymentConfiguration={"Payer": "Requester"})
    assert s3.get_bucket_request_payment(Bucket=bucket)["Payer"] == "Requester"
    assert status_of_unsigned("") == 403
    s3.put_bucket_request_payment(Bucket=bucket, RequestPaymentConfiguration={"Payer": "BucketOwner"})
    s3.put_bucket_acl(Bucket=bucket, ACL="private")
    s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls=controls)
    assert code_of(s3.put_object_acl, Bucket=bucket, Key="k", ACL="public-read") == "AccessControlListNotSupported"


def api(service, **credentials):
    return boto3.client(service, endpoint_url=os.environ["S3_ENDPOINT"], config=Config(retries={"max_attempts": 1}), **credentials)


def of(credentials):
    return {"aws_access_key_id": credentials["AccessKeyId"], "aws_secret_access_key": credentials["SecretAccessKey"],
            "aws_session_token": credentials.get("SessionToken")}


def allow(action, resource="*", **more):
    return json.dumps({"Version": "2012-10-17", "Statement": [dict({"Effect": "Allow", "Action": action, "Resource": resource}, **more)]})


def sessions():
    s3, iam, sts = client(), api("iam"), api("sts")
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="k", Body=b"text")
    account = sts.get_caller_identity()["Account"]
    user = iam.create_user(UserName=bucket)["User"]
    key = iam.create_access_key(UserName=bucket)["AccessKey"]
    trust = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": user["Arn"]}, "Action": ["sts:AssumeRole", "sts:TagSession"]}]})
    role = iam.create_role(RoleName=bucket, AssumeRolePolicyDocument=trust, Tags=[{"Key": "env", "Value": "test"}])["Role"]
    assert role["AssumeRolePolicyDocument"] == json.loads(trust) and role["Arn"] == "arn:aws:iam::%s:role/%s" % (account, bucket)
    iam.put_role_policy(RoleName=bucket, PolicyName="p", PolicyDocument=allow("s3:*"))
    me = api("sts", **of(key))
    assert me.get_caller_identity()["Arn"] == user["Arn"]
    answer = me.assume_role(RoleArn=role["Arn"], RoleSessionName="boto", DurationSeconds=900, Policy=allow("s3:GetObject"),
                            Tags=[{"Key": "team", "Value": "red"}])
    assert answer["AssumedRoleUser"]["Arn"] == "arn:aws:sts::%s:assumed-role/%s/boto" % (account, bucket)
    assert 0 < answer["PackedPolicySize"] < 100
    mine = boto3.client("s3", endpoint_url=os.environ["S3_ENDPOINT"], config=Config(s3={"addressing_style": "path"}), **of(answer["Credentials"]))
    assert mine.get_object(Bucket=bucket, Key="k")["Body"].read() == b"text"
    assert code_of(mine.put_object, Bucket=bucket, Key="k", Body=b"x") == "AccessDenied"
    url = mine.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "k"})
    assert urllib.request.urlopen(url).read() == b"text"
    old = boto3.client("s3", endpoint_url=os.environ["S3_ENDPOINT"],
                       config=Config(signature_version="s3", s3={"addressing_style": "path"}), **of(answer["Credentials"]))
    assert old.get_object(Bucket=bucket, Key="k")["Body"].read() == b"text"
    assert urllib.request.urlopen(old.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "k"})).read() == b"text"
    wide = boto3.client("s3", endpoint_url=os.environ["S3_ENDPOINT"], config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
                        **of(me.assume_role(RoleArn=role["Arn"], RoleSessionName="form")["Credentials"]))
    for each, status in ((wide, "204"), (mine, "403")):
        form = each.generate_presigned_post(bucket, "form")
        assert "x-amz-security-token" in form["fields"]
        sent = [argument for name, value in form["fields"].items() for argument in ("--form-string", f"{name}={value}")]
        answer = subprocess.run(["curl", "-s", "-w", "\n%{http_code}", *sent, "-F", "file=@-", form["url"]], input=b"by form", capture_output=True, check=True)
        assert answer.stdout.decode().endswith(status), answer.stdout
    own = me.get_session_token()["Credentials"]
    assert code_of(api("iam", **of(own)).get_user) == "InvalidClientTokenId"
    assert api("sts", **of(own)).get_caller_identity()["Arn"] == user["Arn"]
    iam.delete_role_policy(RoleName=bucket, PolicyName="p")
    iam.delete_role(RoleName=bucket)
    assert code_of(mine.get_object, Bucket=bucket, Key="k") == "InvalidAccessKeyId"


if __name__ == "__main__":
    globals()[sys.argv[1]]()
