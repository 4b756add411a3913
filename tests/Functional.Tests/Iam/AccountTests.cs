using System.Net;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Iam;

/// <summary>Accounts beside the first: each has its root, its users and its buckets.</summary>
public sealed class AccountTests(ServerFixture fixture) : IDisposable
{
    private readonly IamWorld _iam = new(fixture.Server);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _iam.Dispose();

    private Task<OtherAccount> AccountAsync() => OtherAccount.CreateAsync(fixture.Server, Token);

    [Fact]
    public async Task An_accounts_users_are_its_own()
    {
        using var account = await AccountAsync();
        using var root = new IamClient(account.Endpoint);
        Assert.Equal($"arn:aws:iam::{account.AccountId}:root", await root.DoAsync("GetUser", "Arn", Token));
        var ours = await _iam.UserAsync();
        Assert.Equal("", await root.DoAsync("ListUsers", "UserName", Token));
        await root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "GetUser", Token, ("UserName", ours));
        await root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "CreateAccessKey", Token, ("UserName", ours));
        await root.DoAsync("CreateUser", "UserId", Token, ("UserName", ours));
        Assert.Equal($"arn:aws:iam::{account.AccountId}:user/{ours}", await root.DoAsync("GetUser", "Arn", Token, ("UserName", ours)));
        await root.DoAsync("DeleteUser", "none", Token, ("UserName", ours));
        Assert.Equal(ours, await _iam.Root.DoAsync("GetUser", "UserName", Token, ("UserName", ours)));
        var policy = await _iam.PolicyAsync(IamWorld.Allow("s3:*"));
        await root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "GetPolicy", Token, ("PolicyArn", policy));
        await root.RefusedAsync("AccessDenied", HttpStatusCode.Forbidden, "DeletePolicy", Token, ("PolicyArn", policy));
        await root.DoAsync("CreateUser", "UserId", Token, ("UserName", "ann"));
        await root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "AttachUserPolicy", Token, ("UserName", "ann"), ("PolicyArn", policy));
    }

    [Fact]
    public async Task A_bucket_belongs_to_the_account_that_made_it()
    {
        using var account = await AccountAsync();
        var root = account.Root;
        var (mine, theirs) = ($"bucket-{Guid.NewGuid():n}", await fixture.Server.CreateBucketAsync(Token));
        Assert.True((await root.PutAsync(mine, null, [], Token)).IsSuccess);
        Assert.True((await root.PutAsync(mine, "k", [1], Token)).IsSuccess);
        var list = (await root.GetAsync("", null, Token)).Text;
        Assert.Contains(mine, list, StringComparison.Ordinal);
        Assert.Contains(account.CanonicalId, list, StringComparison.Ordinal);
        Assert.DoesNotContain(theirs, list, StringComparison.Ordinal);
        (await root.GetAsync(theirs, null, Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        (await fixture.Raw.GetAsync(mine, null, Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        (await root.PutAsync(theirs, null, [], Token)).IsError(HttpStatusCode.Conflict, "BucketAlreadyExists");
    }

    [Fact]
    public async Task Across_accounts_both_sides_have_to_agree()
    {
        using var account = await AccountAsync();
        using var iam = new IamClient(account.Endpoint);
        await iam.DoAsync("CreateUser", "UserId", Token, ("UserName", "ann"));
        var (_, document) = await iam.SendAsync("CreateAccessKey", Token, ("UserName", "ann"));
        using var ann = new S3Client(fixture.Server.Endpoint with
        {
            AccessKey = IamWorld.Text(document, "AccessKeyId"),
            SecretKey = IamWorld.Text(document, "SecretAccessKey"),
        });
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutAsync(bucket, "k", "text"u8.ToArray(), Token);
        var policy = $$$"""{"Statement":{"Effect":"Allow","Principal":{"AWS":"{{{account.AccountId}}}"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::{{{bucket}}}/*"}}""";
        (await ann.GetAsync(bucket, "k", Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        Assert.True((await fixture.Raw.PutDocumentAsync(bucket, "policy", policy, Token)).IsSuccess);
        (await ann.GetAsync(bucket, "k", Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        await iam.DoAsync(
            "PutUserPolicy", "none", Token, ("UserName", "ann"), ("PolicyName", "p"), ("PolicyDocument", IamWorld.Allow("s3:*")));
        Assert.Equal("text", (await ann.GetAsync(bucket, "k", Token)).Text);
        (await ann.PutAsync(bucket, "k", [1], Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        Assert.True((await fixture.Raw.SendAsync(HttpMethod.Delete, bucket, null, "policy", null, [], Token)).IsSuccess);
        (await ann.GetAsync(bucket, "k", Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
    }
}
