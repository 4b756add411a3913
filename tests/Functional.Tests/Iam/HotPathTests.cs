using S3Cassandra.Functional.Tests.Sts;
using S3Cassandra.S3Server.Hosting;
using S3Cassandra.Storage.Embedded;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Iam;

/// <summary>Who asks and what he may is not read for each request: within the time that a server may remember, nothing is.</summary>
public sealed class HotPathTests
{
    private const int Requests = 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_of_users_and_sessions_read_nothing_of_the_catalog()
    {
        using var folder = new TemporaryFolder();
        await using var store = EmbeddedStore.Open(new EmbeddedStoreOptions { Directory = folder.Path });
        var catalog = new CountingCatalog(store.Catalog);
        var clock = new HandTurnedClock();
        await using var server = await RunningServer.StartAsync(
            new StoreSeams(store.Index, store.Blobs, catalog, store.Options.InlineThreshold), time: clock);
        using var lab = new IdentityLab(server);
        var bucket = await lab.BucketAsync();
        var user = await UserAsync(lab);
        var (session, _) = await lab.SessionAsync(IdentityLab.Allow("s3:*"), ("Policy", IdentityLab.Allow("s3:Get*")));
        var policy = $$"""
            {"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::{{bucket}}/*","Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"} } } }
            """;
        await server.Aws.PutBucketPolicyAsync(new() { BucketName = bucket, Policy = policy }, Token);
        foreach (var who in new[] { user, session })
        {
            Assert.True(await IdentityLab.MayAsync(who, bucket));
            Assert.NotEmpty(catalog.TakeReads());
            for (var request = 0; request < Requests; request++)
            {
                Assert.True(await IdentityLab.MayAsync(who, bucket));
            }

            Assert.Equal([], catalog.TakeReads());
            clock.Advance(TimeSpan.FromSeconds(2));
            Assert.True(await IdentityLab.MayAsync(who, bucket));
            Assert.NotEmpty(catalog.TakeReads());
        }
    }

    /// <summary>With policies of every kind: inline, managed, a group's, a boundary.</summary>
    private static async Task<S3Endpoint> UserAsync(IdentityLab lab)
    {
        var (name, endpoint) = await lab.UserAsync(IdentityLab.Allow("s3:PutObject"));
        var managed = await lab.Root.DoAsync(
            "CreatePolicy", "Arn", Token, ("PolicyName", IdentityLab.NewName()), ("PolicyDocument", IdentityLab.Allow("s3:List*")));
        await lab.Root.DoAsync("AttachUserPolicy", "none", Token, ("UserName", name), ("PolicyArn", managed));
        var group = IdentityLab.NewName();
        await lab.Root.DoAsync("CreateGroup", "Arn", Token, ("GroupName", group));
        await lab.Root.DoAsync("AttachGroupPolicy", "none", Token, ("GroupName", group), ("PolicyArn", "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"));
        await lab.Root.DoAsync("AddUserToGroup", "none", Token, ("GroupName", group), ("UserName", name));
        await lab.Root.DoAsync(
            "PutUserPermissionsBoundary", "none", Token, ("UserName", name), ("PermissionsBoundary", "arn:aws:iam::aws:policy/AmazonS3FullAccess"));
        return endpoint;
    }
}
