using System.Net;
using System.Text;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Bucket;

/// <summary>What one account may do with what is another's: by grants, by policies, and as the owner of what it wrote.</summary>
public class CrossAccountTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Grants_to_an_account_by_its_canonical_id_give_what_they_say()
    {
        using var other = await OtherAccount.CreateAsync(fixture.Server, Token);
        using var third = await OtherAccount.CreateAsync(fixture.Server, Token);
        var bucket = await fixture.Server.CreateAclBucketAsync(Token);
        await fixture.Raw.PutAsync(bucket, "k", "text"u8.ToArray(), Token);
        IsDenied(await other.Root.GetAsync(bucket, null, Token));
        IsDenied(await other.Root.GetAsync(bucket, "k", Token));
        var id = $"id=\"{other.CanonicalId}\"";
        Assert.True((await PutAclAsync(fixture.Raw, bucket, null, ("x-amz-grant-read", id), ("x-amz-grant-write", id))).IsSuccess);
        Assert.Equal(["k"], (await other.Root.GetAsync(bucket, null, Token)).Document("ListBucketResult").All("Key"));
        IsDenied(await other.Root.GetAsync(bucket, "k", Token));
        Assert.True((await PutAclAsync(fixture.Raw, bucket, "k", ("x-amz-grant-read", id))).IsSuccess);
        Assert.Equal("text", (await other.Root.GetAsync(bucket, "k", Token)).Text);
        IsDenied(await other.Root.GetAsync(bucket, "k", Token, "acl"));
        Assert.True((await PutAclAsync(fixture.Raw, bucket, "k", ("x-amz-grant-full-control", id))).IsSuccess);
        Assert.True((await PutAclAsync(other.Root, bucket, "k", ("x-amz-acl", "authenticated-read"))).IsSuccess);
        Assert.Equal("text", (await third.Root.GetAsync(bucket, "k", Token)).Text);
        IsDenied(await third.Root.GetAsync(bucket, null, Token));
        IsDenied(await fixture.Server.AnonymousAsync(HttpMethod.Get, $"/{bucket}/k", Token));

        // WRITE is for making objects, not for deleting others'.
        Assert.True((await other.Root.PutAsync(bucket, "theirs", "words"u8.ToArray(), Token)).IsSuccess);
        IsDenied(await other.Root.DeleteAsync(bucket, "k", Token));
        Assert.Equal(HttpStatusCode.NoContent, (await other.Root.DeleteAsync(bucket, "theirs", Token)).Status);
        IsDenied(await other.Root.GetAsync(bucket, null, Token, "acl"));
        IsDenied(await other.Root.GetAsync(bucket, null, Token, "policy"));
    }

    [Fact]
    public async Task A_buckets_policy_is_for_its_owners_account_alone_whatever_it_allows()
    {
        using var other = await OtherAccount.CreateAsync(fixture.Server, Token);
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var policy = "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + other.AccountId + "\"},\"Action\":[\"s3:*BucketPolicy\",\"s3:ListBucket\"],\"Resource\":\"arn:aws:s3:::" + bucket + "\"}}";
        IsDenied(await other.Root.GetAsync(bucket, null, Token, "policy"));
        Assert.True((await fixture.Raw.PutDocumentAsync(bucket, "policy", policy, Token)).IsSuccess);
        Assert.True((await other.Root.GetAsync(bucket, null, Token)).IsSuccess);
        (await other.Root.GetAsync(bucket, null, Token, "policy")).IsError(HttpStatusCode.MethodNotAllowed, "MethodNotAllowed");
        (await other.Root.PutDocumentAsync(bucket, "policy", policy, Token)).IsError(HttpStatusCode.MethodNotAllowed, "MethodNotAllowed");
        (await other.Root.SendAsync(HttpMethod.Delete, bucket, null, "policy", [], [], Token)).IsError(HttpStatusCode.MethodNotAllowed, "MethodNotAllowed");
        Assert.Equal(policy, (await fixture.Raw.GetAsync(bucket, null, Token, "policy")).Text);
    }

    [Theory]
    [InlineData("ObjectWriter", "", true)]
    [InlineData("ObjectWriter", "bucket-owner-full-control", true)]
    [InlineData("BucketOwnerPreferred", "", true)]
    [InlineData("BucketOwnerPreferred", "bucket-owner-full-control", false)]
    [InlineData("BucketOwnerEnforced", "", false)]
    [InlineData("BucketOwnerEnforced", "bucket-owner-full-control", false)]
    public async Task Who_owns_what_another_account_writes(string ownership, string acl, bool isWriters)
    {
        using var other = await OtherAccount.CreateAsync(fixture.Server, Token);
        var bucket = await SharedBucketAsync(ownership, other.AccountId);
        (string, string)[] headers = acl.Length == 0 ? [] : [("x-amz-acl", acl)];
        Assert.True((await other.Root.PutAsync(bucket, "k", "text"u8.ToArray(), Token, headers)).IsSuccess);
        var owner = isWriters ? other.CanonicalId : await fixture.Server.CanonicalIdAsync(Token);
        Assert.Equal([owner], (await fixture.Raw.GetAsync(bucket, null, Token)).Document("ListBucketResult").All("ID"));
        Assert.Equal([owner], (await fixture.Raw.GetAsync(bucket, null, Token, "versions")).Document("ListVersionsResult").All("ID"));

        // The bucket's owner reads what is its own or was given to it, and may delete everything.
        var read = await fixture.Raw.GetAsync(bucket, "k", Token);
        if (isWriters && acl.Length == 0)
        {
            IsDenied(read);
            IsDenied(await fixture.Raw.GetAsync(bucket, "k", Token, "acl"));
            IsDenied(await fixture.Raw.GetAsync(bucket, "k", Token, "tagging"));
            IsDenied(await PutAclAsync(fixture.Raw, bucket, "k", ("x-amz-acl", "public-read")));
            Assert.Equal([owner], (await other.Root.GetAsync(bucket, "k", Token, "acl")).Document("AccessControlPolicy").Element("Owner")!.All("ID"));
        }
        else
        {
            Assert.Equal("text", read.Text);
        }

        Assert.Equal(HttpStatusCode.NoContent, (await fixture.Raw.DeleteAsync(bucket, "k", Token)).Status);
    }

    [Fact]
    public async Task A_writer_gives_its_objects_and_a_buckets_policy_does_not()
    {
        using var other = await OtherAccount.CreateAsync(fixture.Server, Token);
        using var third = await OtherAccount.CreateAsync(fixture.Server, Token);
        var bucket = await SharedBucketAsync("ObjectWriter", other.AccountId, third.AccountId);
        await other.Root.PutAsync(bucket, "k", "text"u8.ToArray(), Token);
        IsDenied(await third.Root.GetAsync(bucket, "k", Token));
        Assert.Equal("text", (await other.Root.GetAsync(bucket, "k", Token)).Text);
        Assert.True((await PutAclAsync(other.Root, bucket, "k", ("x-amz-grant-read", $"id={third.CanonicalId}, id={await fixture.Server.CanonicalIdAsync(Token)}"))).IsSuccess);
        Assert.Equal("text", (await third.Root.GetAsync(bucket, "k", Token)).Text);
        Assert.Equal("text", (await fixture.Raw.GetAsync(bucket, "k", Token)).Text);

        // Copied by the bucket's owner, it is the bucket's owner's.
        Assert.True((await fixture.Raw.CopyAsync(bucket, "copy", "k", Token)).IsSuccess);
        Assert.Equal("text", (await third.Root.GetAsync(bucket, "copy", Token)).Text);
    }

    [Fact]
    public async Task Uploads_in_parts_belong_to_who_began_them()
    {
        using var other = await OtherAccount.CreateAsync(fixture.Server, Token);
        var bucket = await SharedBucketAsync("ObjectWriter", other.AccountId);
        var begun = await other.Root.SendAsync(HttpMethod.Post, bucket, "k", "uploads", [], [("x-amz-acl", "bucket-owner-read")], Token);
        var id = begun.Document("InitiateMultipartUploadResult").Element("UploadId")!.Value;
        var part = await other.Root.SendAsync(HttpMethod.Put, bucket, "k", $"partNumber=1&uploadId={id}", "text"u8.ToArray(), [], Token);
        var document = $"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{part.ETag}</ETag></Part></CompleteMultipartUpload>";
        Assert.True((await other.Root.SendAsync(HttpMethod.Post, bucket, "k", $"uploadId={id}", Encoding.UTF8.GetBytes(document), [], Token)).IsSuccess);
        Assert.Equal([other.CanonicalId], (await fixture.Raw.GetAsync(bucket, null, Token)).Document("ListBucketResult").All("ID"));
        Assert.Equal("text", (await fixture.Raw.GetAsync(bucket, "k", Token)).Text);
        IsDenied(await fixture.Raw.GetAsync(bucket, "k", Token, "acl"));
    }

    [Fact]
    public async Task Requesters_of_other_accounts_say_that_they_pay()
    {
        using var other = await OtherAccount.CreateAsync(fixture.Server, Token);
        var bucket = await SharedBucketAsync("BucketOwnerEnforced", other.AccountId);
        await fixture.Raw.PutAsync(bucket, "k", "text"u8.ToArray(), Token);
        Assert.Equal("text", (await other.Root.GetAsync(bucket, "k", Token)).Text);
        const string Document = "<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>";
        Assert.True((await fixture.Raw.PutDocumentAsync(bucket, "requestPayment", Document, Token)).IsSuccess);
        IsDenied(await other.Root.GetAsync(bucket, "k", Token));
        IsDenied(await other.Root.SendAsync(HttpMethod.Get, bucket, "k", "", null, [("x-amz-request-payer", "owner")], Token));
        var paid = await other.Root.SendAsync(HttpMethod.Get, bucket, "k", "", null, [("x-amz-request-payer", "requester")], Token);
        Assert.Equal(("text", "requester"), (paid.Text, paid.Headers["x-amz-request-charged"]));

        // A source's requesters pay too.
        var mine = $"own-{Guid.NewGuid():n}";
        await other.Root.CreateBucketAsync(mine, Token);
        IsDenied(await other.Root.PutAsync(mine, "copy", [], Token, ("x-amz-copy-source", $"{bucket}/k")));
        Assert.True((await other.Root.PutAsync(mine, "copy", [], Token, ("x-amz-copy-source", $"{bucket}/k"), ("x-amz-request-payer", "requester"))).IsSuccess);
    }

    [Theory]
    [InlineData("{\"AWS\":\"000000000000\"}")]
    [InlineData("{\"AWS\":\"arn:aws:iam::000000000000:root\"}")]
    [InlineData("{\"AWS\":\"arn:aws:iam::ACCOUNT:user/nobody\"}")]
    [InlineData("{\"AWS\":\"arn:aws:iam::ACCOUNT:role/nobody\"}")]
    [InlineData("{\"CanonicalUser\":\"0000000000000000000000000000000000000000000000000000000000000000\"}")]
    public async Task A_policy_that_names_nobody_there_is_is_not_put(string principal)
    {
        using var other = await OtherAccount.CreateAsync(fixture.Server, Token);
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        string Policy(string of) => "{\"Statement\":{\"Effect\":\"Deny\",\"Principal\":" + of + ",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::" + bucket + "/*\"}}";
        (await fixture.Raw.PutDocumentAsync(bucket, "policy", Policy(principal.Replace("ACCOUNT", other.AccountId)), Token)).IsError(HttpStatusCode.BadRequest, "MalformedPolicy");
        (await fixture.Raw.GetAsync(bucket, null, Token, "policy")).IsError(HttpStatusCode.NotFound, "NoSuchBucketPolicy");
        Assert.True((await fixture.Raw.PutDocumentAsync(bucket, "policy", Policy("{\"CanonicalUser\":\"" + other.CanonicalId + "\"}"), Token)).IsSuccess);
    }

    [Fact]
    public async Task Principals_of_the_owners_account_hear_why_and_others_do_not()
    {
        using var other = await OtherAccount.CreateAsync(fixture.Server, Token);
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutAsync(bucket, "k", [], Token);
        Assert.Equal("Access Denied.", (await other.Root.GetAsync(bucket, "k", Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied").Element("Message")!.Value);
        var denial = "{\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::" + bucket + "/*\"}}";
        await fixture.Raw.PutDocumentAsync(bucket, "policy", denial, Token);
        var message = (await fixture.Raw.GetAsync(bucket, "k", Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied").Element("Message")!.Value;
        Assert.EndsWith($":root is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::{bucket}/k\" with an explicit deny in a resource-based policy", message);
    }

    private static void IsDenied(S3Response response) => response.IsError(HttpStatusCode.Forbidden, "AccessDenied");

    private static Task<S3Response> PutAclAsync(S3Client client, string bucket, string? key, params (string Name, string Value)[] headers) =>
        client.SendAsync(HttpMethod.Put, bucket, key, "acl", [], headers, Token);

    /// <summary>A bucket whose policy lets accounts read and write objects, and nothing else.</summary>
    private async Task<string> SharedBucketAsync(string ownership, params string[] accounts)
    {
        var bucket = await fixture.Server.CreateAclBucketAsync(Token, "private", ownership);
        var principals = string.Join(',', accounts.Select(account => $"\"{account}\""));
        var policy = "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":[" + principals + "]},\"Action\":[\"s3:GetObject\",\"s3:PutObject\",\"s3:PutObjectAcl\",\"s3:AbortMultipartUpload\"],\"Resource\":\"arn:aws:s3:::" + bucket + "/*\"}}";
        var put = await fixture.Raw.PutDocumentAsync(bucket, "policy", policy, Token);
        Assert.True(put.IsSuccess, put.Text);
        return bucket;
    }
}
