using S3Cassandra.S3Server.Tests.Server;

namespace S3Cassandra.S3Server.Tests.Pipeline;

/// <summary>No header that asks for something is ignored.</summary>
public class HeaderGateTests
{
    [Theory]
    [InlineData("x-amz-storage-class", "STANDARD")]
    [InlineData("x-amz-acl", "private")]
    [InlineData("x-amz-acl", "bucket-owner-full-control")]
    [InlineData("x-amz-server-side-encryption", "AES256")]
    [InlineData("x-amz-server-side-encryption-bucket-key-enabled", "false")]
    [InlineData("x-amz-bucket-object-lock-enabled", "false")]
    [InlineData("x-amz-object-ownership", "BucketOwnerEnforced")]
    [InlineData("x-amz-bypass-governance-retention", "false")]
    [InlineData("x-amz-unheard-of", "x")]
    public async Task What_is_true_anyway_passes(string header, string value)
    {
        await using var server = await TestServer.StartWithBucketAsync();
        Assert.Equal(200, (await server.Client.SignedAsync("PUT", "/bucket/key", One(header, value), "x")).Status);
    }

    [Theory]
    [InlineData("x-amz-storage-class", "GLACIER", 400, "InvalidStorageClass")]
    [InlineData("x-amz-storage-class", "REDUCED_REDUNDANCY", 400, "InvalidStorageClass")]
    [InlineData("x-amz-storage-class", "standard", 400, "InvalidStorageClass")]
    [InlineData("x-amz-acl", "public-read", 400, "AccessControlListNotSupported")]
    [InlineData("x-amz-acl", "authenticated-read", 400, "AccessControlListNotSupported")]
    [InlineData("x-amz-acl", "nonsense", 400, "InvalidArgument")]
    [InlineData("x-amz-grant-read", "id=\"x\"", 400, "AccessControlListNotSupported")]
    [InlineData("x-amz-grant-full-control", "id=\"x\"", 400, "AccessControlListNotSupported")]
    [InlineData("x-amz-grant-read-acp", "id=\"x\"", 400, "AccessControlListNotSupported")]
    [InlineData("x-amz-grant-write-acp", "id=\"x\"", 400, "AccessControlListNotSupported")]
    [InlineData("x-amz-grant-write", "id=\"x\"", 400, "AccessControlListNotSupported")]
    [InlineData("x-amz-object-lock-mode", "GOVERNANCE", 400, "InvalidArgument")]
    [InlineData("x-amz-object-lock-retain-until-date", "2130-01-01T00:00:00Z", 400, "InvalidArgument")]
    [InlineData("x-amz-object-lock-legal-hold", "ON", 400, "InvalidRequest")]
    [InlineData("x-amz-object-lock-legal-hold", "on", 400, "InvalidArgument")]
    [InlineData("x-amz-website-redirect-location", "x", 400, "InvalidRedirectLocation")]
    [InlineData("x-amz-server-side-encryption", "aws:kms", 501, "NotImplemented")]
    [InlineData("x-amz-server-side-encryption", "aws:kms:dsse", 501, "NotImplemented")]
    [InlineData("x-amz-server-side-encryption", "ROT13", 400, "InvalidArgument")]
    [InlineData("x-amz-server-side-encryption-aws-kms-key-id", "x", 501, "NotImplemented")]
    [InlineData("x-amz-server-side-encryption-context", "x", 501, "NotImplemented")]
    [InlineData("x-amz-server-side-encryption-bucket-key-enabled", "true", 501, "NotImplemented")]
    [InlineData("x-amz-write-offset-bytes", "0", 501, "NotImplemented")]
    public async Task What_is_not_supported_is_refused_and_nothing_is_stored(string header, string value, int status, string code)
    {
        await using var server = await TestServer.StartWithBucketAsync();
        var refused = await server.Client.SignedAsync("PUT", "/bucket/key", One(header, value), "x");
        Assert.Equal((status, code), (refused.Status, refused.Code));
        Assert.Equal(404, (await server.Client.SignedAsync("HEAD", "/bucket/key")).Status);
        Assert.Equal(status, (await server.Client.SignedAsync("POST", "/bucket/key?uploads", One(header, value))).Status);
    }

    [Theory]
    [InlineData("x-amz-bucket-object-lock-enabled", "true", 501, "NotImplemented")]
    [InlineData("x-amz-acl", "public-read", 400, "InvalidBucketAclWithObjectOwnership")]
    [InlineData("x-amz-grant-read", "uri=\"http://acs.amazonaws.com/groups/global/AllUsers\"", 400, "InvalidBucketAclWithObjectOwnership")]
    [InlineData("x-amz-object-ownership", "nonsense", 400, "InvalidArgument")]
    public async Task A_bucket_is_not_made_with_what_is_not_supported(string header, string value, int status, string code)
    {
        await using var server = await TestServer.StartAsync();
        var body = $"<CreateBucketConfiguration><LocationConstraint>{TestServer.Region}</LocationConstraint></CreateBucketConfiguration>";
        var refused = await server.Client.SignedAsync("PUT", "/bucket", One(header, value), body);
        Assert.Equal((status, code), (refused.Status, refused.Code));
        Assert.Equal(404, (await server.Client.SignedAsync("HEAD", "/bucket")).Status);
    }

    [Theory]
    [InlineData("x-amz-acl", "public-read")]
    [InlineData("x-amz-grant-read", "id=\"x\"")]
    [InlineData("x-amz-object-ownership", "ObjectWriter")]
    [InlineData("x-amz-website-redirect-location", "/x")]
    [InlineData("x-amz-object-lock-legal-hold", "ON")]
    public async Task What_belongs_to_other_operations_is_refused(string header, string value)
    {
        await using var server = await TestServer.StartWithBucketAsync();
        var refused = await server.Client.SignedAsync("GET", "/bucket", One(header, value));
        Assert.Equal((400, "InvalidArgument"), (refused.Status, refused.Code));
    }

    /// <summary>No bucket here can be locked: what is asked for rightly is refused as in any such bucket of S3.</summary>
    [Theory]
    [InlineData("GOVERNANCE", "2130-01-01T00:00:00Z", "InvalidRequest", "Bucket is missing ObjectLockConfiguration")]
    [InlineData("COMPLIANCE", "2130-01-01T00:00:00.123+02:00", "InvalidRequest", "Bucket is missing ObjectLockConfiguration")]
    [InlineData("GOVERNANCE", "2020-01-01T00:00:00Z", "InvalidArgument", "The retain until date must be in the future!")]
    [InlineData("GOVERNANCE", "1 January 2130", "InvalidArgument", "The retain until date must be provided in ISO 8601 format")]
    [InlineData("governance", "2130-01-01T00:00:00Z", "InvalidArgument", "Unknown wormMode directive.")]
    public async Task A_lock_is_refused_with_what_is_wrong_with_it(string mode, string until, string code, string message)
    {
        await using var server = await TestServer.StartWithBucketAsync();
        await server.Client.SignedAsync("PUT", "/bucket/source", [], "bytes");
        var headers = new Dictionary<string, string> { ["x-amz-object-lock-mode"] = mode, ["x-amz-object-lock-retain-until-date"] = until };
        Dictionary<string, string> copied = new(headers) { ["x-amz-copy-source"] = "/bucket/source" };
        foreach (var refused in new[]
        {
            await server.Client.SignedAsync("PUT", "/bucket/key", headers, "x"),
            await server.Client.SignedAsync("PUT", "/bucket/key", copied),
            await server.Client.SignedAsync("POST", "/bucket/key?uploads", headers),
        })
        {
            Assert.Equal((400, code), (refused.Status, refused.Code));
            Assert.Contains($"<Message>{message}</Message>", refused.Body, StringComparison.Ordinal);
        }

        Assert.Equal(404, (await server.Client.SignedAsync("HEAD", "/bucket/key")).Status);
    }

    [Fact]
    public async Task The_expected_owner_is_enforced()
    {
        await using var server = await TestServer.StartWithBucketAsync();
        var refused = await server.Client.SignedAsync("GET", "/bucket", One("x-amz-expected-bucket-owner", "000000000000"));
        Assert.Equal((403, "AccessDenied"), (refused.Status, refused.Code));
        var account = (await S3Cassandra.S3Server.Hosting.AccountFacts.LoadAsync(server.Store.Catalog, null, TestContext.Current.CancellationToken)).AccountId;
        Assert.Equal(200, (await server.Client.SignedAsync("GET", "/bucket", One("x-amz-expected-bucket-owner", account))).Status);
    }

    [Theory]
    [InlineData("12345678901")]
    [InlineData("1234567890123")]
    [InlineData("12345678901a")]
    [InlineData("\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u0660\u0661\u0662")]
    [InlineData("arn:aws:iam::123456789012:root")]
    public async Task An_expected_owner_that_is_no_account_is_a_bad_request(string value)
    {
        await using var server = await TestServer.StartWithBucketAsync();
        await server.Client.SignedAsync("PUT", "/bucket/source", [], "bytes");
        var refused = await server.Client.SignedAsync("GET", "/bucket", One("x-amz-expected-bucket-owner", value));
        Assert.Equal((400, "InvalidBucketOwnerAWSAccountID"), (refused.Status, refused.Code));
        var copy = new Dictionary<string, string> { ["x-amz-copy-source"] = "/bucket/source", ["x-amz-source-expected-bucket-owner"] = value };
        var refusedCopy = await server.Client.SignedAsync("PUT", "/bucket/copy", copy);
        Assert.Equal((400, "InvalidBucketOwnerAWSAccountID"), (refusedCopy.Status, refusedCopy.Code));
    }

    private static Dictionary<string, string> One(string header, string value) => new() { [header] = value };
}
