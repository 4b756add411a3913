using System.Net;
using S3Cassandra.Functional.Tests.Iam;
using S3Cassandra.Support;
using static S3Cassandra.Functional.Tests.Sts.IdentityLab;

namespace S3Cassandra.Functional.Tests.Sts;

/// <summary>What somebody with temporary credentials might try to have more than they give. None of it succeeds.</summary>
public sealed class SessionEscalationTests(ServerFixture fixture) : IDisposable
{
    private readonly IdentityLab _lab = new(fixture.Server);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _lab.Dispose();

    private static async Task RefusedAsync(S3Endpoint endpoint, string action, params (string, string)[] parameters)
    {
        using var iam = new IamClient(endpoint);
        await iam.RefusedAsync("AccessDenied", HttpStatusCode.Forbidden, action, Token, parameters);
    }

    private static async Task IsAsync(string code, HttpStatusCode status, S3Endpoint endpoint, string bucket)
    {
        using var client = new S3Client(endpoint);
        (await client.GetAsync(bucket, "k", Token)).IsError(status, code);
    }

    private async Task<S3Endpoint> OwnSessionAsync(S3Endpoint user)
    {
        using var sts = new IamClient(user, "sts");
        return _lab.Session((await sts.SendAsync("GetSessionToken", Token)).Document);
    }

    [Fact]
    public async Task A_session_does_not_outgrow_its_session_policy()
    {
        var bucket = await _lab.BucketAsync();
        var (session, _) = await _lab.SessionAsync(Allow("*"), ("Policy", Allow("s3:ListBucket")));
        Assert.True(await MayAsync(session, bucket, null));
        Assert.False(await MayAsync(session, bucket));
        using var client = new S3Client(session);
        (await client.PutAsync(NewName(), null, [], Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        (await client.DeleteAsync(bucket, "k", Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
    }

    [Fact]
    public async Task Nor_in_its_own_account_nor_about_itself()
    {
        var (session, role) = await _lab.SessionAsync(Allow("*"), ("Policy", Allow("s3:*")));
        var (victim, _) = await _lab.UserAsync();
        await RefusedAsync(session, "CreateAccessKey", ("UserName", victim));
        await RefusedAsync(session, "CreateUser", ("UserName", NewName()));
        await RefusedAsync(session, "PutUserPolicy", ("UserName", victim), ("PolicyName", "p"), ("PolicyDocument", Allow("*")));
        await RefusedAsync(session, "PutRolePolicy", ("RoleName", role), ("PolicyName", "p"), ("PolicyDocument", Allow("*")));
        await RefusedAsync(session, "GetRole", ("RoleName", role));
        await RefusedAsync(session, "ListUsers");
    }

    [Fact]
    public async Task A_session_policy_gives_nothing_that_the_role_has_not()
    {
        var bucket = await _lab.BucketAsync();
        var (session, _) = await _lab.SessionAsync(Allow("s3:ListBucket"), ("Policy", Allow("*")));
        Assert.False(await MayAsync(session, bucket));
        await RefusedAsync(session, "ListUsers");
    }

    [Fact]
    public async Task An_empty_session_policy_allows_nothing()
    {
        var bucket = await _lab.BucketAsync();
        var (session, _) = await _lab.SessionAsync(Allow("*"), ("Policy", Deny("iam:*")));
        Assert.False(await MayAsync(session, bucket));
    }

    [Fact]
    public async Task The_roles_denial_wins_over_what_its_session_allows()
    {
        var bucket = await _lab.BucketAsync();
        var (session, role) = await _lab.SessionAsync(Allow("s3:*"), ("Policy", Allow("s3:*")));
        await _lab.Root.DoAsync("PutRolePolicy", "none", Token, ("RoleName", role), ("PolicyName", "d"), ("PolicyDocument", Deny("s3:GetObject")));
        Assert.False(await MayAsync(session, bucket));
    }

    [Fact]
    public async Task What_a_bucket_policy_gives_a_session_by_name_stays_within_its_session_policy()
    {
        var bucket = await _lab.BucketAsync();
        var (session, role) = await _lab.SessionAsync(Allow("s3:ListAllMyBuckets"), ("Policy", Allow("s3:PutObject")));
        var arn = $"arn:aws:sts::{await _lab.AccountIdAsync()}:assumed-role/{role}/session";
        var document = $$$"""{"Statement":{"Effect":"Allow","Principal":{"AWS":"{{{arn}}}"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::{{{bucket}}}/*"}}""";
        Assert.True((await fixture.Raw.PutDocumentAsync(bucket, "policy", document, Token)).IsSuccess);
        Assert.False(await MayAsync(session, bucket));
    }

    [Fact]
    public async Task A_boundary_limits_the_roles_sessions()
    {
        var bucket = await _lab.BucketAsync();
        var (session, role) = await _lab.SessionAsync(Allow("*"));
        Assert.True(await MayAsync(session, bucket));
        await _lab.Root.DoAsync("PutRolePermissionsBoundary", "none", Token, ("RoleName", role), ("PermissionsBoundary", "arn:aws:iam::aws:policy/IAMReadOnlyAccess"));
        Assert.False(await MayAsync(session, bucket));
        await RefusedAsync(session, "DeleteRolePermissionsBoundary", ("RoleName", role));
        await RefusedAsync(session, "CreateUser", ("UserName", NewName()));
    }

    [Fact]
    public async Task A_limited_session_opens_no_other()
    {
        var (user, endpoint) = await _lab.UserAsync();
        var first = await _lab.RoleAsync(Trust(Aws(await _lab.UserArnAsync(user))), Allow("*"));
        var second = await _lab.RoleAsync(Trust(Aws(await _lab.RoleArnAsync(first))), Allow("*"));
        await _lab.RefusedAsync(await _lab.AssumeAsync(endpoint, first, ("Policy", Allow("s3:*"))), second);
        await _lab.AssumeAsync(await _lab.AssumeAsync(endpoint, first), second);
    }

    [Fact]
    public async Task A_session_does_not_prolong_itself()
    {
        var (user, endpoint) = await _lab.UserAsync();
        var first = await _lab.RoleAsync(Trust(Aws(await _lab.UserArnAsync(user))), Allow("*"), more: ("MaxSessionDuration", "43200"));
        var second = await _lab.RoleAsync(Trust(Aws(await _lab.RoleArnAsync(first))), more: ("MaxSessionDuration", "43200"));
        var session = await _lab.AssumeAsync(endpoint, first, ("DurationSeconds", "43200"));
        await _lab.RefusedAsync(session, second, "ValidationError", ("DurationSeconds", "3601"));
        using var sts = new IamClient(session, "sts");
        await sts.RefusedAsync("AccessDenied", HttpStatusCode.Forbidden, "GetSessionToken", Token);
        using var own = new IamClient(await OwnSessionAsync(endpoint), "sts");
        await own.RefusedAsync("AccessDenied", HttpStatusCode.Forbidden, "GetSessionToken", Token);
    }

    [Fact]
    public async Task Credentials_of_GetSessionToken_do_nothing_in_IAM()
    {
        var (_, endpoint) = await _lab.UserAsync(Allow("*"));
        using var iam = new IamClient(await OwnSessionAsync(endpoint));
        await iam.RefusedAsync("InvalidClientTokenId", HttpStatusCode.Forbidden, "ListUsers", Token);
        using var sts = new IamClient(await OwnSessionAsync(endpoint), "sts");
        await sts.RefusedAsync("AccessDenied", HttpStatusCode.Forbidden, "GetAccessKeyInfo", Token, ("AccessKeyId", endpoint.AccessKey));
        using var root = new IamClient(await OwnSessionAsync(fixture.Server.Endpoint));
        await root.RefusedAsync("InvalidClientTokenId", HttpStatusCode.Forbidden, "CreateUser", Token, ("UserName", NewName()));
    }

    [Fact]
    public async Task A_token_of_another_session_does_not_go_with_a_key()
    {
        var bucket = await _lab.BucketAsync();
        var (strong, _) = await _lab.SessionAsync(Allow("s3:*"));
        var (weak, _) = await _lab.SessionAsync(Deny("s3:*"));
        await IsAsync("InvalidToken", HttpStatusCode.BadRequest, weak with { SessionToken = strong.SessionToken }, bucket);
        await IsAsync("InvalidToken", HttpStatusCode.BadRequest, weak with { AccessKey = strong.AccessKey }, bucket);
        await IsAsync("SignatureDoesNotMatch", HttpStatusCode.Forbidden, strong with { SecretKey = weak.SecretKey }, bucket);
        Assert.True(await MayAsync(strong, bucket));
    }

    [Fact]
    public async Task A_token_that_was_changed_is_none()
    {
        var bucket = await _lab.BucketAsync();
        var (session, _) = await _lab.SessionAsync(Allow("s3:*"), ("Policy", Deny("s3:*")));
        var token = session.SessionToken!;
        for (var index = 0; index < token.Length; index += 37)
        {
            var changed = token[..index] + (token[index] == 'A' ? 'B' : 'A') + token[(index + 1)..];
            await IsAsync("InvalidToken", HttpStatusCode.BadRequest, session with { SessionToken = changed }, bucket);
        }

        await IsAsync("InvalidToken", HttpStatusCode.BadRequest, session with { SessionToken = token[..^4] }, bucket);
    }

    [Fact]
    public async Task A_token_does_not_go_with_a_long_lived_key()
    {
        var bucket = await _lab.BucketAsync();
        var (session, _) = await _lab.SessionAsync(Allow("*"));
        var (_, user) = await _lab.UserAsync();
        await IsAsync("InvalidToken", HttpStatusCode.BadRequest, user with { SessionToken = session.SessionToken }, bucket);
        await IsAsync("InvalidToken", HttpStatusCode.BadRequest, fixture.Server.Endpoint with { SessionToken = "token" }, bucket);
        using var iam = new IamClient(user with { SessionToken = session.SessionToken });
        await iam.RefusedAsync("InvalidClientTokenId", HttpStatusCode.Forbidden, "ListUsers", Token);
    }

    [Fact]
    public async Task A_temporary_key_without_its_token_is_none()
    {
        var bucket = await _lab.BucketAsync();
        var (session, _) = await _lab.SessionAsync(Allow("*"));
        await IsAsync("InvalidAccessKeyId", HttpStatusCode.Forbidden, session with { SessionToken = null }, bucket);
        using var iam = new IamClient(session with { SessionToken = null });
        await iam.RefusedAsync("InvalidClientTokenId", HttpStatusCode.Forbidden, "ListUsers", Token);
    }

    [Fact]
    public async Task A_role_that_is_gone_has_no_sessions()
    {
        var bucket = await _lab.BucketAsync();
        var (session, role) = await _lab.SessionAsync(Allow("s3:*"));
        Assert.True(await MayAsync(session, bucket));
        await _lab.ForgetRoleAsync(role);
        await IsAsync("InvalidAccessKeyId", HttpStatusCode.Forbidden, session, bucket);
    }

    [Fact]
    public async Task A_role_made_again_does_not_revive_them()
    {
        var bucket = await _lab.BucketAsync();
        var (session, role) = await _lab.SessionAsync(Allow("s3:*"));
        await _lab.ForgetRoleAsync(role);
        await _lab.RoleAsync(Trust(Aws(await _lab.AccountIdAsync())), Allow("*"), role);
        await IsAsync("InvalidAccessKeyId", HttpStatusCode.Forbidden, session, bucket);
    }

    [Fact]
    public async Task A_user_made_again_does_not_revive_its_sessions()
    {
        var bucket = await _lab.BucketAsync();
        var (user, endpoint) = await _lab.UserAsync(Allow("s3:*"));
        var session = await OwnSessionAsync(endpoint);
        Assert.True(await MayAsync(session, bucket));
        await _lab.ForgetUserAsync(user, endpoint);
        await IsAsync("InvalidAccessKeyId", HttpStatusCode.Forbidden, session, bucket);
        await _lab.UserAsync(Allow("*"), user);
        await IsAsync("InvalidAccessKeyId", HttpStatusCode.Forbidden, session, bucket);
    }

    [Fact]
    public async Task A_key_that_is_revoked_takes_its_sessions_along()
    {
        var bucket = await _lab.BucketAsync();
        var (user, endpoint) = await _lab.UserAsync(Allow("s3:*"));
        var session = await OwnSessionAsync(endpoint);
        Assert.True(await MayAsync(session, bucket));
        await _lab.Root.DoAsync("UpdateAccessKey", "none", Token, ("UserName", user), ("AccessKeyId", endpoint.AccessKey), ("Status", "Inactive"));
        await IsAsync("InvalidAccessKeyId", HttpStatusCode.Forbidden, session, bucket);
    }

    [Fact]
    public async Task A_users_policy_that_is_taken_is_taken_from_its_sessions()
    {
        var bucket = await _lab.BucketAsync();
        var (user, endpoint) = await _lab.UserAsync(Allow("s3:*"));
        var session = await OwnSessionAsync(endpoint);
        Assert.True(await MayAsync(session, bucket));
        await _lab.Root.DoAsync("DeleteUserPolicy", "none", Token, ("UserName", user), ("PolicyName", "p"));
        Assert.False(await MayAsync(session, bucket));
    }

    [Fact]
    public async Task Sessions_from_before_a_time_can_be_shut_out()
    {
        var bucket = await _lab.BucketAsync();
        var (session, role) = await _lab.SessionAsync(Allow("s3:*"));
        var deny = Deny("*").Replace("}]}", If("DateLessThan", "aws:TokenIssueTime", "2100-01-01T00:00:00Z") + "}]}", StringComparison.Ordinal);
        await _lab.Root.DoAsync("PutRolePolicy", "none", Token, ("RoleName", role), ("PolicyName", "AWSRevokeOlderSessions"), ("PolicyDocument", deny));
        Assert.False(await MayAsync(session, bucket));
    }

    [Fact]
    public async Task A_session_named_as_a_user_is_not_that_user()
    {
        var bucket = await _lab.BucketAsync();
        var (victim, _) = await _lab.UserAsync();
        var document = $$$"""{"Statement":{"Effect":"Allow","Principal":{"AWS":"{{{await _lab.UserArnAsync(victim)}}}"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::{{{bucket}}}/*"}}""";
        Assert.True((await fixture.Raw.PutDocumentAsync(bucket, "policy", document, Token)).IsSuccess);
        var (session, _) = await _lab.SessionAsync(Allow("s3:GetObject", "arn:aws:s3:::nothing/${aws:username}"), ("RoleSessionName", victim));
        Assert.False(await MayAsync(session, bucket));
    }

    [Fact]
    public async Task Tags_are_what_STS_gave_and_nothing_that_a_client_says()
    {
        var bucket = await _lab.BucketAsync();
        var policy = Allow("s3:GetObject").Replace("}]}", If("StringEquals", "aws:PrincipalTag/team", "red") + "}]}", StringComparison.Ordinal);
        var (session, _) = await _lab.SessionAsync(policy);
        using var client = new S3Client(session);
        var answer = await client.SendAsync(
            HttpMethod.Get, bucket, "k", "", null, [("x-amz-meta-team", "red"), ("aws-PrincipalTag", "team=red"), ("x-amz-tagging", "team=red")], Token);
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
    }
}
