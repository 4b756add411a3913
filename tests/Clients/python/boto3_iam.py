"""boto3's IAM client against the server: make a user, a key and a policy, use them, revoke them: python3 boto3_iam.py."""
import json
import os
import uuid

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

bucket = os.environ["S3_BUCKET"]
name = f"boto3-{uuid.uuid4()}"


def client(service, **credentials):
    return boto3.client(service, endpoint_url=os.environ["S3_ENDPOINT"], config=Config(retries={"max_attempts": 1}), **credentials)


def code_of(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


iam, s3 = client("iam"), client("s3")
s3.create_bucket(Bucket=bucket)
user = iam.create_user(UserName=name, Tags=[{"Key": "team", "Value": "red"}])["User"]
key = iam.create_access_key(UserName=name)["AccessKey"]
theirs = client("s3", aws_access_key_id=key["AccessKeyId"], aws_secret_access_key=key["SecretAccessKey"])
assert code_of(theirs.list_objects_v2, Bucket=bucket) == "AccessDenied"
document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]}]}
iam.put_user_policy(UserName=name, PolicyName="all", PolicyDocument=json.dumps(document))
assert iam.get_user_policy(UserName=name, PolicyName="all")["PolicyDocument"] == document
theirs.put_object(Bucket=bucket, Key="k", Body=b"text")
boundary = iam.create_policy(PolicyName=name, PolicyDocument=json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:Get*", "s3:List*"], "Resource": "*"}]}))["Policy"]["Arn"]
iam.put_user_permissions_boundary(UserName=name, PermissionsBoundary=boundary)
assert iam.get_user(UserName=name)["User"]["PermissionsBoundary"]["PermissionsBoundaryArn"] == boundary
assert code_of(theirs.put_object, Bucket=bucket, Key="k", Body=b"new") == "AccessDenied"
assert theirs.get_object(Bucket=bucket, Key="k")["Body"].read() == b"text"
iam.delete_user_permissions_boundary(UserName=name)
assert [tag["Value"] for page in iam.get_paginator("list_user_tags").paginate(UserName=name) for tag in page["Tags"]] == ["red"]
iam.delete_access_key(UserName=name, AccessKeyId=key["AccessKeyId"])
assert code_of(theirs.list_objects_v2, Bucket=bucket) == "InvalidAccessKeyId"
assert code_of(iam.delete_user, UserName=name) == "DeleteConflict"
iam.delete_user_policy(UserName=name, PolicyName="all")
iam.delete_user(UserName=name)
iam.delete_policy(PolicyArn=boundary)
assert code_of(iam.get_user, UserName=name) == "NoSuchEntity"
