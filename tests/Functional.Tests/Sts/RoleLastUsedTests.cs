using System.Globalization;
using static S3Cassandra.Functional.Tests.Sts.IdentityLab;

namespace S3Cassandra.Functional.Tests.Sts;

/// <summary>When a role was last used is what its sessions signed.</summary>
public sealed class RoleLastUsedTests(ServerFixture fixture) : IDisposable
{
    private readonly IdentityLab _lab = new(fixture.Server);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task A_role_is_used_by_its_sessions_requests()
    {
        var bucket = await _lab.BucketAsync();
        var before = DateTimeOffset.UtcNow.AddSeconds(-2);
        var (session, role) = await _lab.SessionAsync(Allow("s3:*"));
        (string, string) name = ("RoleName", role);
        Assert.Equal("", await _lab.Root.DoAsync("GetRole", "RoleLastUsed", Token, name));
        Assert.True(await MayAsync(session, bucket));
        var used = DateTimeOffset.Parse(await _lab.Root.DoAsync("GetRole", "LastUsedDate", Token, name), CultureInfo.InvariantCulture);
        Assert.InRange(used, before, DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.Equal("us-east-1", await _lab.Root.DoAsync("GetRole", "Region", Token, name));
        Assert.Equal("", await _lab.Root.DoAsync("ListRoles", "RoleLastUsed", Token));
        var details = await _lab.Root.DoAsync("GetAccountAuthorizationDetails", "LastUsedDate", Token, ("Filter.member.1", "Role"), ("MaxItems", "1000"));
        Assert.Contains(used.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), details.Split(','));
    }

    [Fact]
    public async Task A_role_made_again_under_the_name_was_never_used()
    {
        var bucket = await _lab.BucketAsync();
        var (session, role) = await _lab.SessionAsync(Allow("s3:*"));
        Assert.True(await MayAsync(session, bucket));
        Assert.NotEqual("", await _lab.Root.DoAsync("GetRole", "RoleLastUsed", Token, ("RoleName", role)));
        await _lab.ForgetRoleAsync(role);
        await _lab.RoleAsync(Trust(Aws(await _lab.AccountIdAsync())), null, role);
        Assert.Equal("", await _lab.Root.DoAsync("GetRole", "RoleLastUsed", Token, ("RoleName", role)));
    }
}
