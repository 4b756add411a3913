using System.Net;
using Amazon.S3.Model;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Bucket;

public class PutBucketPolicyTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Statement(string bucket, string effect, string action, string resource, string condition = "{}") =>
        $$"""{"Effect":"{{effect}}","Principal":"*","Action":{{action}},"Resource":"arn:aws:s3:::{{bucket}}{{resource}}","Condition":{{condition}}}""";

    private static string Policy(params string[] statements) => $$"""{"Version":"2012-10-17","Statement":[{{string.Join(',', statements)}}]}""";

    private async Task PutPolicyAsync(string bucket, params string[] statements)
    {
        var answer = await fixture.Raw.PutDocumentAsync(bucket, "policy", Policy(statements), Token);
        Assert.True(answer.Status == HttpStatusCode.NoContent, answer.Text);
    }

    private Task<S3Response> AnonymousAsync(HttpMethod method, string path, byte[]? body = null, params (string Name, string Value)[] headers) =>
        fixture.Server.AnonymousAsync(method, path, Token, body, headers);

    [Fact]
    public async Task A_policy_comes_back_as_it_was_put_and_goes()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        (await fixture.Raw.GetAsync(bucket, null, Token, "policy")).IsError(HttpStatusCode.NotFound, "NoSuchBucketPolicy");
        (await fixture.Raw.GetAsync(bucket, null, Token, "policyStatus")).IsError(HttpStatusCode.NotFound, "NoSuchBucketPolicy");
        var policy = Policy(Statement(bucket, "Allow", "\"s3:GetObject\"", "/*")) + "\n";
        await fixture.Aws.PutBucketPolicyAsync(new PutBucketPolicyRequest { BucketName = bucket, Policy = policy }, Token);
        Assert.Equal(policy, (await fixture.Aws.GetBucketPolicyAsync(new GetBucketPolicyRequest { BucketName = bucket }, Token)).Policy);
        Assert.Equal("application/json", (await fixture.Raw.GetAsync(bucket, null, Token, "policy")).Headers["Content-Type"]);
        Assert.True((await fixture.Aws.GetBucketPolicyStatusAsync(new GetBucketPolicyStatusRequest { BucketName = bucket }, Token)).PolicyStatus.IsPublic);
        await PutPolicyAsync(bucket, Statement(bucket, "Allow", "\"s3:GetObject\"", "/*", """{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}"""));
        Assert.False((await fixture.Aws.GetBucketPolicyStatusAsync(new GetBucketPolicyStatusRequest { BucketName = bucket }, Token)).PolicyStatus.IsPublic);
        Assert.Equal(HttpStatusCode.NoContent, (await fixture.Raw.DeleteQueryAsync(bucket, "policy", Token)).Status);
        (await fixture.Raw.GetAsync(bucket, null, Token, "policy")).IsError(HttpStatusCode.NotFound, "NoSuchBucketPolicy");
    }

    [Theory]
    [InlineData("no json", "Policies must be valid JSON and the first byte must be '{'")]
    [InlineData("{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::another/*\"}]}", "Policy has invalid resource")]
    [InlineData("{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"me\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::BUCKET/*\"}]}", "Invalid principal in policy")]
    public async Task What_is_no_policy_is_not_stored(string policy, string message)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var error = (await fixture.Raw.PutDocumentAsync(bucket, "policy", policy.Replace("BUCKET", bucket), Token))
            .IsError(HttpStatusCode.BadRequest, "MalformedPolicy");
        Assert.Equal(message, error.Element("Message")!.Value);
        (await fixture.Raw.GetAsync(bucket, null, Token, "policy")).IsError(HttpStatusCode.NotFound, "NoSuchBucketPolicy");
    }

    [Fact]
    public async Task Everyone_may_do_what_the_policy_allows_and_no_more()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token, versioned: true);
        var put = await fixture.Raw.PutAsync(bucket, "a/k", "text"u8.ToArray(), Token);
        (await AnonymousAsync(HttpMethod.Get, $"/{bucket}/a/k")).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        await PutPolicyAsync(bucket, Statement(bucket, "Allow", "\"s3:GetObject\"", "/a/*"));
        Assert.Equal("text", (await AnonymousAsync(HttpMethod.Get, $"/{bucket}/a/k")).Text);
        Assert.Equal(HttpStatusCode.OK, (await AnonymousAsync(HttpMethod.Head, $"/{bucket}/a/k")).Status);
        (await AnonymousAsync(HttpMethod.Get, $"/{bucket}/a/k?versionId={put.Headers["x-amz-version-id"]}")).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        (await AnonymousAsync(HttpMethod.Get, $"/{bucket}/a%2F..%2Fb")).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        (await AnonymousAsync(HttpMethod.Get, $"/{bucket}/b")).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        (await AnonymousAsync(HttpMethod.Get, $"/{bucket}?list-type=2")).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        (await AnonymousAsync(HttpMethod.Get, $"/{bucket}/a/k?tagging")).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        (await AnonymousAsync(HttpMethod.Get, $"/{bucket}?policy")).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        (await AnonymousAsync(HttpMethod.Put, $"/{bucket}/a/k", "x"u8.ToArray())).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        (await AnonymousAsync(HttpMethod.Delete, $"/{bucket}/a/k")).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        (await AnonymousAsync(HttpMethod.Get, $"/{bucket}/a/k?response-content-type=text%2Fhtml")).IsError(HttpStatusCode.BadRequest, "InvalidRequest");
    }

    [Fact]
    public async Task Who_may_not_list_does_not_learn_what_is_absent()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token, versioned: true);
        var read = Statement(bucket, "Allow", "\"s3:GetObject\"", "/*");
        await PutPolicyAsync(bucket, read);
        await fixture.Raw.DeleteAsync(bucket, "deleted", Token);
        var hidden = await AnonymousAsync(HttpMethod.Get, $"/{bucket}/deleted");
        hidden.IsError(HttpStatusCode.Forbidden, "AccessDenied");
        Assert.DoesNotContain("x-amz-delete-marker", hidden.Headers.Keys);
        Assert.DoesNotContain("x-amz-version-id", hidden.Headers.Keys);
        Assert.Equal("true", (await fixture.Raw.GetAsync(bucket, "deleted", Token)).Headers["x-amz-delete-marker"]);
        (await AnonymousAsync(HttpMethod.Get, $"/{bucket}/absent")).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        (await fixture.Raw.GetAsync(bucket, "absent", Token)).IsError(HttpStatusCode.NotFound, "NoSuchKey");
        await PutPolicyAsync(bucket, read, Statement(bucket, "Allow", "\"s3:ListBucket\"", ""));
        (await AnonymousAsync(HttpMethod.Get, $"/{bucket}/absent")).IsError(HttpStatusCode.NotFound, "NoSuchKey");
        Assert.True((await AnonymousAsync(HttpMethod.Get, $"/{bucket}?list-type=2")).IsSuccess);
    }

    [Fact]
    public async Task What_is_dropped_by_anybody_belongs_to_the_buckets_owner()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await PutPolicyAsync(bucket, Statement(bucket, "Allow", "\"s3:PutObject\"", "/drop/*"));
        Assert.True((await AnonymousAsync(HttpMethod.Put, $"/{bucket}/drop/k", "text"u8.ToArray())).IsSuccess);
        (await AnonymousAsync(HttpMethod.Put, $"/{bucket}/drop/t", "text"u8.ToArray(), ("x-amz-tagging", "a=b"))).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        (await AnonymousAsync(HttpMethod.Get, $"/{bucket}/drop/k")).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        Assert.Equal("text", (await fixture.Raw.GetAsync(bucket, "drop/k", Token)).Text);
        var listed = (await fixture.Raw.GetAsync(bucket, null, Token, "list-type=2&fetch-owner=true")).Document("ListBucketResult");
        Assert.Equal(["drop/k"], listed.All("Key"));
        Assert.Equal((await fixture.Aws.ListBucketsAsync(Token)).Owner.Id, Assert.Single(listed.All("ID")));
    }

    [Fact]
    public async Task A_deny_is_also_for_root_who_keeps_a_way_back()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutAsync(bucket, "k", "text"u8.ToArray(), Token);
        var all = Statement(bucket, "Deny", "\"s3:*\"", "");
        await PutPolicyAsync(bucket, all, Statement(bucket, "Deny", "\"s3:*\"", "/*"));
        (await fixture.Raw.GetAsync(bucket, "k", Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        (await fixture.Raw.GetAsync(bucket, null, Token, "policyStatus")).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        Assert.True((await fixture.Raw.GetAsync(bucket, null, Token, "policy")).IsSuccess);
        await PutPolicyAsync(bucket, all);
        Assert.True((await fixture.Raw.GetAsync(bucket, "k", Token)).IsSuccess);
        Assert.True((await fixture.Raw.DeleteQueryAsync(bucket, "policy", Token)).IsSuccess);
        Assert.True((await fixture.Raw.GetAsync(bucket, null, Token, "policyStatus")).Status == HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Each_key_of_a_batch_is_decided_by_itself_with_its_version()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token, versioned: true);
        var first = await fixture.Raw.PutAsync(bucket, "a", [1], Token);
        var second = await fixture.Raw.PutAsync(bucket, "a", [2], Token);
        await fixture.Raw.PutAsync(bucket, "kept/b", [3], Token);
        var kept = first.Headers["x-amz-version-id"];
        await PutPolicyAsync(
            bucket,
            Statement(bucket, "Deny", "\"s3:DeleteObject*\"", "/kept/*"),
            Statement(bucket, "Deny", "\"s3:DeleteObjectVersion\"", "/*", $$$"""{"StringEquals":{"s3:VersionId":"{{{kept}}}"}}"""));
        var request = new DeleteObjectsRequest
        {
            BucketName = bucket,
            Objects = [new() { Key = "a", VersionId = kept }, new() { Key = "a", VersionId = second.Headers["x-amz-version-id"] }, new() { Key = "kept/b" }],
        };
        var refused = await Assert.ThrowsAsync<Amazon.S3.DeleteObjectsException>(() => fixture.Aws.DeleteObjectsAsync(request, Token));
        Assert.Equal(["a:AccessDenied", "kept/b:AccessDenied"], refused.Response.DeleteErrors.Select(error => $"{error.Key}:{error.Code}"));
        Assert.True((await fixture.Raw.GetAsync(bucket, "a", Token, $"versionId={kept}")).IsSuccess);
        (await fixture.Raw.DeleteQueryAsync(bucket + "/a", $"versionId={kept}", Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
    }

    [Fact]
    public async Task A_copy_needs_its_source()
    {
        var (source, target) = (await fixture.Server.CreateBucketAsync(Token), await fixture.Server.CreateBucketAsync(Token));
        await fixture.Raw.PutAsync(source, "secret/k", [1], Token);
        await fixture.Raw.PutAsync(source, "open/k", [1], Token);
        Task<S3Response> CopyAsync(string key) => fixture.Raw.PutAsync(target, "copy", [], Token, ("x-amz-copy-source", $"/{source}/{key}"));
        await PutPolicyAsync(source, Statement(source, "Deny", "\"s3:GetObject\"", "/secret/*"));
        (await CopyAsync("secret/k")).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        (await CopyAsync("open/../secret/k")).IsError(HttpStatusCode.NotFound, "NoSuchKey");
        Assert.True((await CopyAsync("open/k")).IsSuccess);
        await PutPolicyAsync(
            target, Statement(target, "Deny", "\"s3:PutObject\"", "/*", $$$"""{"StringNotLike":{"s3:x-amz-copy-source":"{{{source}}}/public/*"}}"""));
        (await CopyAsync("open/k")).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        (await fixture.Raw.PutAsync(target, "plain", [1], Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
    }
}
