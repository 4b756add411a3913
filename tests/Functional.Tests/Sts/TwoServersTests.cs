using System.Net;
using S3Cassandra.Functional.Tests.Iam;
using S3Cassandra.S3Server.Hosting;
using S3Cassandra.Storage.Embedded;
using S3Cassandra.Support;
using static S3Cassandra.Functional.Tests.Sts.IdentityLab;

namespace S3Cassandra.Functional.Tests.Sts;

/// <summary>Two servers over one store: a session that one gave is good at the other, and ends there too.</summary>
public sealed class TwoServersTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EmbeddedStore _store;

    public TwoServersTests() => _store = EmbeddedStore.Open(new EmbeddedStoreOptions { Directory = _folder.Path });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_session_is_good_at_both_until_its_role_is_gone()
    {
        var seams = new StoreSeams(_store.Index, _store.Blobs, _store.Catalog, _store.Options.InlineThreshold);
        await using var one = await RunningServer.StartAsync(seams);
        await using var other = await RunningServer.StartAsync(seams);
        using var lab = new IdentityLab(one);
        var bucket = await lab.BucketAsync();
        var (session, role) = await lab.SessionAsync(Allow("s3:*"));
        var there = session with { Address = other.Endpoint.Address };
        Assert.True(await MayAsync(session, bucket));
        Assert.True(await MayAsync(there, bucket));
        using (var sts = new IamClient(there, "sts"))
        {
            Assert.EndsWith($":assumed-role/{role}/session", await sts.DoAsync("GetCallerIdentity", "Arn", Token));
        }

        await lab.ForgetRoleAsync(role);
        Assert.False(await MayAsync(session, bucket));
        await lab.RoleAsync(Trust(Aws(await lab.AccountIdAsync())), Allow("*"), role);
        using var client = new S3Client(there);
        S3Response answer;
        do
        {
            answer = await client.GetAsync(bucket, "k", Token);
        }
        while (answer.IsSuccess);

        answer.IsError(HttpStatusCode.Forbidden, "InvalidAccessKeyId");
        Assert.False(await MayAsync(session, bucket));
    }
}
