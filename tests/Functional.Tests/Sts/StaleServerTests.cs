using System.Net;
using S3Cassandra.Functional.Tests.Iam;
using S3Cassandra.S3Server.Hosting;
using S3Cassandra.Storage.Embedded;
using S3Cassandra.Support;
using static S3Cassandra.Functional.Tests.Sts.IdentityLab;

namespace S3Cassandra.Functional.Tests.Sts;

/// <summary>
/// Two servers over one store. What one changes the other knows two seconds later, by the other's clock, which these tests turn: until then
/// it may remember, after that it may not.
/// </summary>
public sealed class StaleServerTests : IAsyncLifetime
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(2);

    private readonly TemporaryFolder _folder = new();
    private readonly HandTurnedClock _clock = new();
    private EmbeddedStore _store = null!;
    private RunningServer _one = null!;
    private RunningServer _other = null!;
    private IdentityLab _lab = null!;
    private string _bucket = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IamClient Root => _lab.Root;

    public async ValueTask InitializeAsync()
    {
        _store = EmbeddedStore.Open(new EmbeddedStoreOptions { Directory = _folder.Path });
        var seams = new StoreSeams(_store.Index, _store.Blobs, _store.Catalog, _store.Options.InlineThreshold);
        _one = await RunningServer.StartAsync(seams);
        _other = await RunningServer.StartAsync(seams, time: _clock);
        _lab = new IdentityLab(_one);
        _bucket = await _lab.BucketAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _lab.Dispose();
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_key_that_is_disabled_or_removed()
    {
        var (name, endpoint) = await _lab.UserAsync(Allow("s3:*"));
        (string, string)[] key = [("UserName", name), ("AccessKeyId", endpoint.AccessKey)];
        await EndsAsync(endpoint, () => Root.DoAsync("UpdateAccessKey", "none", Token, [.. key, ("Status", "Inactive")]));
        await BeginsAsync(endpoint, () => Root.DoAsync("UpdateAccessKey", "none", Token, [.. key, ("Status", "Active")]));
        await EndsAsync(endpoint, () => Root.DoAsync("DeleteAccessKey", "none", Token, key));
    }

    [Fact]
    public async Task A_managed_policy_that_is_changed_or_detached()
    {
        var (name, endpoint) = await _lab.UserAsync();
        var arn = await Root.DoAsync("CreatePolicy", "Arn", Token, ("PolicyName", NewName()), ("PolicyDocument", Allow("s3:*")));
        (string, string)[] attachment = [("UserName", name), ("PolicyArn", arn)];
        await BeginsAsync(endpoint, () => Root.DoAsync("AttachUserPolicy", "none", Token, attachment));
        await EndsAsync(endpoint, () => Root.DoAsync(
            "CreatePolicyVersion", "VersionId", Token, ("PolicyArn", arn), ("PolicyDocument", Allow("s3:PutObject")), ("SetAsDefault", "true")));
        await BeginsAsync(endpoint, () => Root.DoAsync("SetDefaultPolicyVersion", "none", Token, ("PolicyArn", arn), ("VersionId", "v1")));
        await EndsAsync(endpoint, () => Root.DoAsync("DetachUserPolicy", "none", Token, attachment));
    }

    [Fact]
    public async Task A_group_that_is_left_or_loses_its_policy()
    {
        var (name, endpoint) = await _lab.UserAsync();
        var group = NewName();
        (string, string)[] membership = [("GroupName", group), ("UserName", name)];
        (string, string)[] attachment = [("GroupName", group), ("PolicyArn", "arn:aws:iam::aws:policy/AmazonS3FullAccess")];
        await Root.DoAsync("CreateGroup", "Arn", Token, ("GroupName", group));
        await Root.DoAsync("AttachGroupPolicy", "none", Token, attachment);
        await BeginsAsync(endpoint, () => Root.DoAsync("AddUserToGroup", "none", Token, membership));
        await EndsAsync(endpoint, () => Root.DoAsync("DetachGroupPolicy", "none", Token, attachment));
        await BeginsAsync(endpoint, () => Root.DoAsync("AttachGroupPolicy", "none", Token, attachment));
        await EndsAsync(endpoint, () => Root.DoAsync("RemoveUserFromGroup", "none", Token, membership));
    }

    [Fact]
    public async Task A_boundary_that_is_set_and_taken_away()
    {
        var (name, endpoint) = await _lab.UserAsync(Allow("s3:*"));
        var arn = await Root.DoAsync("CreatePolicy", "Arn", Token, ("PolicyName", NewName()), ("PolicyDocument", Allow("s3:PutObject")));
        await EndsAsync(endpoint, () => Root.DoAsync("PutUserPermissionsBoundary", "none", Token, ("UserName", name), ("PermissionsBoundary", arn)));
        await BeginsAsync(endpoint, () => Root.DoAsync("DeleteUserPermissionsBoundary", "none", Token, ("UserName", name)));
    }

    [Fact]
    public async Task A_role_that_is_changed_or_removed_while_it_has_sessions()
    {
        var (session, role) = await _lab.SessionAsync(Allow("s3:*"));
        await EndsAsync(session, () => _lab.PutRolePolicyAsync(role, Allow("s3:PutObject")));
        await BeginsAsync(session, () => _lab.PutRolePolicyAsync(role, Allow("s3:*")));
        await EndsAsync(session, () => _lab.ForgetRoleAsync(role));
        await _lab.RoleAsync(Trust(Aws(await _lab.AccountIdAsync())), Allow("*"), role);
        _clock.Advance(MaxAge);
        Assert.False(await MayAsync(There(session), _bucket));
    }

    [Fact]
    public async Task A_session_that_one_gave_is_good_at_the_other()
    {
        var (session, role) = await _lab.SessionAsync(Allow("s3:*"));
        using (var sts = new IamClient(There(session), "sts"))
        {
            Assert.EndsWith($":assumed-role/{role}/session", await sts.DoAsync("GetCallerIdentity", "Arn", Token));
        }

        await EndsAsync(session, () => _lab.ForgetRoleAsync(role));
        await _lab.RoleAsync(Trust(Aws(await _lab.AccountIdAsync())), Allow("*"), role);
        _clock.Advance(MaxAge);
        using var client = new S3Client(There(session));
        (await client.GetAsync(_bucket, "k", Token)).IsError(HttpStatusCode.Forbidden, "InvalidAccessKeyId");
        Assert.False(await MayAsync(session, _bucket));
    }

    [Fact]
    public async Task A_managed_policy_that_limits_a_session()
    {
        var arn = await Root.DoAsync("CreatePolicy", "Arn", Token, ("PolicyName", NewName()), ("PolicyDocument", Allow("s3:*")));
        var (session, _) = await _lab.SessionAsync(Allow("s3:*"), ("PolicyArns.member.1.arn", arn));
        await EndsAsync(session, () => Root.DoAsync(
            "CreatePolicyVersion", "VersionId", Token, ("PolicyArn", arn), ("PolicyDocument", Allow("s3:PutObject")), ("SetAsDefault", "true")));
    }

    [Fact]
    public async Task A_users_session_whose_key_is_removed()
    {
        var (name, endpoint) = await _lab.UserAsync(Allow("s3:*"));
        using var sts = new IamClient(endpoint, "sts");
        var (status, document) = await sts.SendAsync("GetSessionToken", Token);
        Assert.Equal(HttpStatusCode.OK, status);
        await EndsAsync(_lab.Session(document), () => _lab.ForgetUserAsync(name, endpoint));
    }

    [Fact]
    public async Task A_buckets_policy()
    {
        var (name, endpoint) = await _lab.UserAsync();
        var policy = $$"""
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Principal":{"AWS":"{{await _lab.UserArnAsync(name)}}"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::{{_bucket}}/*"}]}
            """;
        await BeginsAsync(endpoint, () => _one.Aws.PutBucketPolicyAsync(new() { BucketName = _bucket, Policy = policy }, Token));
        await EndsAsync(endpoint, () => _one.Aws.DeleteBucketPolicyAsync(_bucket, Token));
    }

    private S3Endpoint There(S3Endpoint endpoint) => endpoint with { Address = _other.Endpoint.Address };

    private Task EndsAsync(S3Endpoint endpoint, Func<Task> change) => ChangesAsync(endpoint, change, isAllowed: false);

    private Task BeginsAsync(S3Endpoint endpoint, Func<Task> change) => ChangesAsync(endpoint, change, isAllowed: true);

    /// <summary>The other server remembers what was, for a moment, and has to know what is once its clock went on.</summary>
    private async Task ChangesAsync(S3Endpoint endpoint, Func<Task> change, bool isAllowed)
    {
        var there = There(endpoint);
        Assert.Equal(!isAllowed, await MayAsync(there, _bucket));
        await change();
        Assert.Equal(isAllowed, await MayAsync(endpoint, _bucket));
        Assert.Equal(!isAllowed, await MayAsync(there, _bucket));
        _clock.Advance(MaxAge);
        Assert.Equal(isAllowed, await MayAsync(there, _bucket));
    }
}
