using System.Net;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Bucket;

/// <summary>What the server fills the condition keys with: each is shown by a Deny that a request meets, and one that it does not.</summary>
public class BucketPolicyConditionTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<string> DenyAsync(string condition)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutAsync(bucket, "k", "text"u8.ToArray(), Token, ("x-amz-tagging", "class=secret"));
        await PutAsync(bucket, condition);
        return bucket;
    }

    private async Task PutAsync(string bucket, string condition)
    {
        var answer = await fixture.Raw.PutDocumentAsync(
            bucket,
            "policy",
            $$$$"""{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::{{{{bucket}}}}","arn:aws:s3:::{{{{bucket}}}}/*"],"Condition":{{{{condition}}}}}}""",
            Token);
        Assert.True(answer.IsSuccess, answer.Text);
    }

    [Theory]
    [InlineData("""{"IpAddress":{"aws:SourceIp":"127.0.0.0/8"}}""", true)]
    [InlineData("""{"NotIpAddress":{"aws:SourceIp":"127.0.0.0/8"}}""", false)]
    [InlineData("""{"Bool":{"aws:SecureTransport":"false"}}""", true)]
    [InlineData("""{"Bool":{"aws:SecureTransport":"true"}}""", false)]
    [InlineData("""{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:root"}}""", true)]
    [InlineData("""{"StringEquals":{"aws:PrincipalType":"Account"}}""", true)]
    [InlineData("""{"StringNotEquals":{"aws:PrincipalAccount":"${aws:ResourceAccount}"}}""", false)]
    [InlineData("""{"StringEquals":{"aws:PrincipalAccount":"${s3:ResourceAccount}"}}""", true)]
    [InlineData("""{"StringEquals":{"aws:userid":"${aws:PrincipalAccount}"}}""", true)]
    [InlineData("""{"Null":{"aws:username":"true"}}""", true)]
    [InlineData("""{"StringEquals":{"aws:RequestedRegion":"us-east-1"}}""", true)]
    [InlineData("""{"DateGreaterThan":{"aws:CurrentTime":"2020-01-01T00:00:00Z"}}""", true)]
    [InlineData("""{"DateLessThan":{"aws:CurrentTime":"2020-01-01T00:00:00Z"}}""", false)]
    [InlineData("""{"NumericGreaterThan":{"aws:EpochTime":"1577836800"}}""", true)]
    [InlineData("""{"StringEquals":{"s3:authType":"REST-HEADER"}}""", true)]
    [InlineData("""{"StringEquals":{"s3:authType":"REST-QUERY-STRING"}}""", false)]
    [InlineData("""{"StringEquals":{"s3:signatureversion":"AWS4-HMAC-SHA256"}}""", true)]
    [InlineData("""{"NumericGreaterThan":{"s3:signatureAge":"600000"}}""", false)]
    [InlineData("""{"NumericLessThan":{"s3:signatureAge":"600000"}}""", true)]
    [InlineData("""{"Null":{"s3:TlsVersion":"true"}}""", true)]
    [InlineData("""{"StringLike":{"aws:UserAgent":"agent/*"}}""", true)]
    [InlineData("""{"StringLike":{"aws:Referer":"http://example.com/*"}}""", true)]
    [InlineData("""{"StringLike":{"aws:Referer":"http://example.org/*"}}""", false)]
    [InlineData("""{"StringEquals":{"s3:ExistingObjectTag/class":"secret"}}""", true)]
    [InlineData("""{"StringEquals":{"s3:ExistingObjectTag/class":"open"}}""", false)]
    [InlineData("""{"StringEquals":{"s3:ExistingObjectTag/Class":"secret"}}""", false)]
    [InlineData("""{"StringNotEquals":{"s3:ExistingObjectTag/class":"${s3:ExistingObjectTag/class}"}}""", false)]
    [InlineData("""{"Null":{"aws:MultiFactorAuthAge":"true"}}""", true)]
    public async Task A_read(string condition, bool isDenied)
    {
        var bucket = await DenyAsync(condition);
        var answer = await fixture.Raw.SendAsync(
            HttpMethod.Get, bucket, "k", "", null, [("User-Agent", "agent/1"), ("Referer", "http://example.com/a")], Token);
        Assert.Equal(isDenied ? HttpStatusCode.Forbidden : HttpStatusCode.OK, answer.Status);
    }

    [Theory]
    [InlineData("""{"StringEquals":{"s3:prefix":"a/"}}""", "list-type=2&prefix=a%2F", true)]
    [InlineData("""{"StringEquals":{"s3:prefix":"a/"}}""", "prefix=b", false)]
    [InlineData("""{"StringNotEquals":{"s3:prefix":["a/","b"]}}""", "prefix=b", false)]
    [InlineData("""{"StringNotEquals":{"s3:prefix":["a/","b"]}}""", "prefix=c", true)]
    [InlineData("""{"Null":{"s3:prefix":"true"}}""", "list-type=2", true)]
    [InlineData("""{"StringEquals":{"s3:delimiter":"/"}}""", "delimiter=%2F", true)]
    [InlineData("""{"NumericGreaterThan":{"s3:max-keys":"10"}}""", "max-keys=11", true)]
    [InlineData("""{"NumericGreaterThan":{"s3:max-keys":"10"}}""", "max-keys=10", false)]
    public async Task A_listing(string condition, string query, bool isDenied)
    {
        var bucket = await DenyAsync(condition);
        Assert.Equal(isDenied ? HttpStatusCode.Forbidden : HttpStatusCode.OK, (await fixture.Raw.GetAsync(bucket, null, Token, query)).Status);
    }

    [Theory]
    [InlineData("""{"StringEquals":{"s3:x-amz-acl":"private"}}""", "x-amz-acl", "private", true)]
    [InlineData("""{"StringNotEquals":{"s3:x-amz-server-side-encryption":"AES256"}}""", "x-amz-server-side-encryption", "AES256", false)]
    [InlineData("""{"StringNotEquals":{"s3:x-amz-server-side-encryption":"AES256"}}""", "x-amz-meta-a", "b", true)]
    [InlineData("""{"StringEquals":{"s3:x-amz-storage-class":"STANDARD"}}""", "x-amz-storage-class", "STANDARD", true)]
    [InlineData("""{"Null":{"s3:if-none-match":"true"}}""", "If-None-Match", "*", false)]
    [InlineData("""{"Null":{"s3:if-none-match":"true"}}""", "x-amz-meta-a", "b", true)]
    [InlineData("""{"StringEquals":{"s3:RequestObjectTag/class":"secret"}}""", "x-amz-tagging", "class=secret", true)]
    [InlineData("""{"StringEquals":{"s3:RequestObjectTag/class":"secret"}}""", "x-amz-tagging", "class=open", false)]
    [InlineData("""{"ForAnyValue:StringEquals":{"s3:RequestObjectTagKeys":"b"}}""", "x-amz-tagging", "a=1&b=2", true)]
    [InlineData("""{"ForAnyValue:StringNotEquals":{"s3:RequestObjectTagKeys":["a","b"]}}""", "x-amz-tagging", "a=1&b=2", false)]
    [InlineData("""{"StringLike":{"s3:x-amz-content-sha256":"UNSIGNED*"}}""", "x-amz-meta-a", "b", false)]
    public async Task An_upload(string condition, string header, string value, bool isDenied)
    {
        var bucket = await DenyAsync(condition);
        var answer = await fixture.Raw.PutAsync(bucket, "new", [1], Token, (header, value));
        Assert.True((isDenied ? HttpStatusCode.Forbidden : HttpStatusCode.OK) == answer.Status, answer.Text);
    }

    [Fact]
    public async Task Tags_that_are_put_are_those_of_the_request()
    {
        var bucket = await DenyAsync("""{"StringEquals":{"s3:RequestObjectTag/class":"secret"}}""");
        Task<S3Response> TagAsync(string value) => fixture.Raw.SendAsync(
            HttpMethod.Put,
            bucket,
            "k",
            "tagging",
            System.Text.Encoding.ASCII.GetBytes($"<Tagging><TagSet><Tag><Key>class</Key><Value>{value}</Value></Tag></TagSet></Tagging>"),
            [],
            Token);
        (await TagAsync("secret")).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        Assert.True((await TagAsync("open")).IsSuccess);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "10.9.9.9")]
    [InlineData("aws:SourceIp", "10.9.9.9")]
    [InlineData("x-amz-source-ip", "10.9.9.9")]
    [InlineData("X-Real-IP", "10.9.9.9")]
    public async Task A_client_does_not_say_where_it_is(string header, string value)
    {
        var bucket = await DenyAsync("""{"NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}}""");
        (await fixture.Raw.SendAsync(HttpMethod.Get, bucket, "k", "", null, [(header, value)], Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
    }

    [Fact]
    public async Task A_presigned_url_is_known_as_one()
    {
        var bucket = await DenyAsync("""{"StringEquals":{"s3:authType":"REST-QUERY-STRING"},"NumericLessThan":{"s3:signatureAge":"600000"}}""");
        var url = await fixture.Aws.GetPreSignedURLAsync(
            new() { BucketName = bucket, Key = "k", Expires = DateTime.UtcNow.AddMinutes(5), Protocol = Amazon.S3.Protocol.HTTP });
        var path = url[fixture.Server.Endpoint.Url.Length..];
        (await fixture.Server.AnonymousAsync(HttpMethod.Get, path, Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        Assert.True((await fixture.Raw.GetAsync(bucket, "k", Token)).IsSuccess);
    }
}
