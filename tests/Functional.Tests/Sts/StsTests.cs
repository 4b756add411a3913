using System.Globalization;
using System.Net;
using S3Cassandra.Functional.Tests.Iam;
using S3Cassandra.Support;
using static S3Cassandra.Functional.Tests.Sts.IdentityLab;

namespace S3Cassandra.Functional.Tests.Sts;

/// <summary>Temporary credentials: how they are had, what they may do, how they are used.</summary>
public sealed class StsTests(ServerFixture fixture) : IDisposable
{
    private readonly IdentityLab _lab = new(fixture.Server);
    private readonly IamClient _sts = new(fixture.Server.Endpoint, "sts");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _lab.Dispose();
        _sts.Dispose();
    }

    [Fact]
    public async Task Everybody_may_ask_who_it_is()
    {
        var account = await _lab.AccountIdAsync();
        Assert.Equal($"arn:aws:iam::{account}:root", await _sts.DoAsync("GetCallerIdentity", "Arn", Token));
        Assert.Equal(account, await _sts.DoAsync("GetCallerIdentity", "UserId", Token));
        var (user, endpoint) = await _lab.UserAsync(Deny("*"));
        using var asUser = new IamClient(endpoint, "sts");
        Assert.Equal(await _lab.UserArnAsync(user), await asUser.DoAsync("GetCallerIdentity", "Arn", Token));
        Assert.StartsWith("AIDA", await asUser.DoAsync("GetCallerIdentity", "UserId", Token));
        var (session, role) = await _lab.SessionAsync(Deny("*"), ("RoleSessionName", "me@host"));
        using var asRole = new IamClient(session, "sts");
        Assert.Equal($"arn:aws:sts::{account}:assumed-role/{role}/me@host", await asRole.DoAsync("GetCallerIdentity", "Arn", Token));
        Assert.Matches("^AROA[A-Z2-7]{17}:me@host$", await asRole.DoAsync("GetCallerIdentity", "UserId", Token));
        Assert.Equal(account, await asRole.DoAsync("GetCallerIdentity", "Account", Token));
    }

    [Fact]
    public async Task A_roles_session_may_what_the_role_may()
    {
        var bucket = await _lab.BucketAsync();
        var (user, endpoint) = await _lab.UserAsync();
        var role = await _lab.RoleAsync(Trust(Aws(await _lab.UserArnAsync(user))));
        var (status, document) = await _lab.TryAssumeAsync(endpoint, role, ("DurationSeconds", "900"));
        Assert.True(status == HttpStatusCode.OK, document.ToString());
        var session = _lab.Session(document);
        Assert.StartsWith("ASIA", session.AccessKey);
        Assert.Equal(40, session.SecretKey.Length);
        Assert.EndsWith($":assumed-role/{role}/session", Text(document, "Arn"));
        var expires = DateTimeOffset.Parse(Text(document, "Expiration"), CultureInfo.InvariantCulture);
        Assert.InRange(expires - DateTimeOffset.UtcNow, TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(901));
        Assert.DoesNotContain("PackedPolicySize", document.ToString());
        Assert.False(await MayAsync(session, bucket));
        await _lab.PutRolePolicyAsync(role, Allow("s3:GetObject", $"arn:aws:s3:::{bucket}/*"));
        Assert.True(await MayAsync(session, bucket));
        using var client = new S3Client(session);
        (await client.PutAsync(bucket, "k", [1], Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        await _lab.Root.DoAsync("DeleteRolePolicy", "none", Token, ("RoleName", role), ("PolicyName", "p"));
        Assert.False(await MayAsync(session, bucket));
        await _lab.Root.DoAsync(
            "AttachRolePolicy", "none", Token, ("RoleName", role), ("PolicyArn", "arn:aws:iam::aws:policy/AmazonS3FullAccess"));
        Assert.True(await MayAsync(session, bucket));
    }

    [Fact]
    public async Task A_session_may_what_its_policy_and_its_role_both_allow()
    {
        var bucket = await _lab.BucketAsync();
        var (session, _) = await _lab.SessionAsync(Allow("s3:*"), ("Policy", Allow("s3:GetObject", $"arn:aws:s3:::{bucket}/k")));
        Assert.True(await MayAsync(session, bucket));
        Assert.False(await MayAsync(session, bucket, null));
        var (managed, _) = await _lab.SessionAsync(Allow("s3:*"), ("PolicyArns.member.1.arn", "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"));
        Assert.True(await MayAsync(managed, bucket));
        using var client = new S3Client(managed);
        (await client.PutAsync(bucket, "k", [1], Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
    }

    [Fact]
    public async Task A_user_may_have_temporary_credentials_of_its_own()
    {
        var bucket = await _lab.BucketAsync();
        var (user, endpoint) = await _lab.UserAsync(Allow("s3:GetObject"));
        using var asUser = new IamClient(endpoint, "sts");
        var (status, document) = await asUser.SendAsync("GetSessionToken", Token, ("DurationSeconds", "129600"));
        Assert.True(status == HttpStatusCode.OK, document.ToString());
        var session = _lab.Session(document);
        Assert.True(await MayAsync(session, bucket));
        Assert.False(await MayAsync(session, bucket, null));
        using var asSession = new IamClient(session, "sts");
        Assert.Equal(await _lab.UserArnAsync(user), await asSession.DoAsync("GetCallerIdentity", "Arn", Token));
        var expires = DateTimeOffset.Parse(Text(document, "Expiration"), CultureInfo.InvariantCulture);
        Assert.InRange(expires - DateTimeOffset.UtcNow, TimeSpan.FromHours(35.9), TimeSpan.FromHours(36));
        (status, document) = await _sts.SendAsync("GetSessionToken", Token, ("DurationSeconds", "129600"));
        Assert.Equal(HttpStatusCode.OK, status);
        expires = DateTimeOffset.Parse(Text(document, "Expiration"), CultureInfo.InvariantCulture);
        Assert.InRange(expires - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(50), TimeSpan.FromHours(1));
        Assert.True(await MayAsync(_lab.Session(document), bucket));
    }

    [Fact]
    public async Task An_access_key_leads_to_its_account()
    {
        var (_, endpoint) = await _lab.UserAsync();
        var account = await _lab.AccountIdAsync();
        Assert.Equal(account, await _sts.DoAsync("GetAccessKeyInfo", "Account", Token, ("AccessKeyId", endpoint.AccessKey)));
        Assert.Equal(account, await _sts.DoAsync("GetAccessKeyInfo", "Account", Token, ("AccessKeyId", fixture.Server.Endpoint.AccessKey)));
        await _sts.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, "GetAccessKeyInfo", Token, ("AccessKeyId", "AKIAUNKNOWNUNKNOWN00"));
    }

    [Fact]
    public async Task What_is_not_built_says_so()
    {
        foreach (var action in (string[])["DecodeAuthorizationMessage", "GetFederationToken", "AssumeRoleWithSAML"])
        {
            await _sts.RefusedAsync("NotImplemented", HttpStatusCode.NotImplemented, action, Token);
        }

        await _sts.RefusedAsync("NotImplemented", HttpStatusCode.NotImplemented, "GetSessionToken", Token, ("SerialNumber", "m"), ("TokenCode", "123456"));
    }

    [Fact]
    public async Task Conditions_of_a_trust_policy_hold()
    {
        var (user, endpoint) = await _lab.UserAsync();
        var arn = Aws(await _lab.UserArnAsync(user));
        var byId = await _lab.RoleAsync(Trust(arn, more: If("StringEquals", "sts:ExternalId", "secret-id")));
        await _lab.AssumeAsync(endpoint, byId, ("ExternalId", "secret-id"));
        var byName = await _lab.RoleAsync(Trust(arn, more: If("StringLike", "sts:RoleSessionName", "${aws:username}")));
        await _lab.AssumeAsync(endpoint, byName, ("RoleSessionName", user));
        await _lab.RefusedAsync(endpoint, byName, "AccessDenied", ("RoleSessionName", "somebody"));
    }

    [Fact]
    public async Task Tags_of_a_session_are_conditions_for_what_it_does()
    {
        var bucket = await _lab.BucketAsync();
        var (user, endpoint) = await _lab.UserAsync();
        var trust = Trust(Aws(await _lab.UserArnAsync(user))).Replace("\"sts:AssumeRole\"", "[\"sts:AssumeRole\",\"sts:TagSession\"]", StringComparison.Ordinal);
        var role = await _lab.RoleAsync(
            trust, Allow("s3:GetObject").Replace("}]}", If("StringEquals", "aws:PrincipalTag/team", "red") + "}]}", StringComparison.Ordinal));
        Assert.True(await MayAsync(await _lab.AssumeAsync(endpoint, role, ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "red")), bucket));
        Assert.False(await MayAsync(await _lab.AssumeAsync(endpoint, role, ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "blue")), bucket));
        Assert.False(await MayAsync(await _lab.AssumeAsync(endpoint, role), bucket));
    }

    [Fact]
    public async Task A_bucket_policy_may_name_a_role_or_one_of_its_sessions()
    {
        var bucket = await _lab.BucketAsync();
        var (session, role) = await _lab.SessionAsync(Allow("s3:ListAllMyBuckets"));
        async Task NameAsync(string arn)
        {
            var document = $$$"""{"Statement":{"Effect":"Allow","Principal":{"AWS":"{{{arn}}}"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::{{{bucket}}}/*"}}""";
            Assert.True((await fixture.Raw.PutDocumentAsync(bucket, "policy", document, Token)).IsSuccess);
        }

        var account = await _lab.AccountIdAsync();
        await NameAsync($"arn:aws:sts::{account}:assumed-role/{role}/other");
        Assert.False(await MayAsync(session, bucket));
        await NameAsync($"arn:aws:sts::{account}:assumed-role/{role}/session");
        Assert.True(await MayAsync(session, bucket));
        await NameAsync(await _lab.RoleArnAsync(role));
        Assert.True(await MayAsync(session, bucket));
    }

    [Fact]
    public async Task A_role_of_another_account_takes_both_sides()
    {
        var (strangers, strangerRoot) = await _lab.AccountAsync();
        using var there = new IamClient(strangerRoot);
        var (name, endpoint) = await _lab.UserAsync(by: there);
        var bucket = await _lab.BucketAsync();
        var role = await _lab.RoleAsync(Trust(Aws($"arn:aws:iam::{strangers}:root")), Allow("s3:GetObject"));
        await _lab.RefusedAsync(endpoint, role);
        await there.DoAsync(
            "PutUserPolicy", "none", Token, ("UserName", name), ("PolicyName", "p"), ("PolicyDocument", Allow("sts:AssumeRole", await _lab.RoleArnAsync(role))));
        Assert.True(await MayAsync(await _lab.AssumeAsync(endpoint, role), bucket));
        var other = await _lab.RoleAsync(Trust(Aws(await _lab.AccountIdAsync())));
        await _lab.RefusedAsync(endpoint, other);
    }

    [Fact]
    public async Task The_longest_session_goes_with_the_longest_key()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var key = string.Concat(Enumerable.Repeat("€", 341)) + "!";
        Assert.True((await fixture.Raw.PutAsync(bucket, key, [1], Token)).IsSuccess);
        var policy = $$"""{"Version":"2012-10-17","Statement":[{"Sid":"{{new string('s', 1900)}}","Effect":"Allow","Action":"s3:*","Resource":"*"}]}""";
        var (session, _) = await _lab.SessionAsync(Allow("s3:*"), ("Policy", policy.PadRight(2048)));
        Assert.InRange(session.SessionToken!.Length, 2500, 9600);
        Assert.True(await MayAsync(session, bucket, key));
        using var client = new Amazon.S3.AmazonS3Client(
            new Amazon.Runtime.SessionAWSCredentials(session.AccessKey, session.SecretKey, session.SessionToken),
            new Amazon.S3.AmazonS3Config { ServiceURL = session.Url, AuthenticationRegion = session.Region, ForcePathStyle = true, UseHttp = true });
        var url = await client.GetPreSignedURLAsync(new Amazon.S3.Model.GetPreSignedUrlRequest
        {
            BucketName = bucket,
            Key = key,
            Expires = DateTime.UtcNow.AddMinutes(5),
            Protocol = Amazon.S3.Protocol.HTTP,
        });
        using var http = new HttpClient();
        Assert.Equal([1], await http.GetByteArrayAsync(new Uri(url), Token));
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync(new Uri(url.Replace("X-Amz-Security-Token=", "X-Amz-Security-Tokem=", StringComparison.Ordinal)), Token)).StatusCode);
    }

    [Fact]
    public async Task What_is_wrong_is_told()
    {
        var (user, endpoint) = await _lab.UserAsync();
        var role = await _lab.RoleAsync(Trust(Aws(await _lab.UserArnAsync(user))));
        (string Code, (string, string)[] Parameters)[] wrong =
        [
            ("ValidationError", [("RoleSessionName", "a")]),
            ("ValidationError", [("RoleSessionName", "a/b")]),
            ("ValidationError", [("RoleSessionName", new string('a', 65))]),
            ("ValidationError", [("DurationSeconds", "899")]),
            ("ValidationError", [("DurationSeconds", "43201")]),
            ("ValidationError", [("DurationSeconds", "3601")]),
            ("MalformedInput", [("DurationSeconds", "x")]),
            ("MalformedPolicyDocument", [("Policy", "{}")]),
            ("MalformedPolicyDocument", [("Policy", Trust("\"*\""))]),
            ("ValidationError", [("Policy", new string(' ', 2049))]),
            ("ValidationError", [("PolicyArns.member.1.arn", "arn:aws:s3:::bucket")]),
            ("PackedPolicyTooLarge", [.. Enumerable.Range(1, 10).Select(number => ($"PolicyArns.member.{number}.arn", "arn:aws:iam::aws:policy/AmazonS3FullAccess")), ("Policy", Allow("s3:*").PadRight(2000))]),
            ("ValidationError", [("ExternalId", "a")]),
            ("InvalidParameterValue", [("TransitiveTagKeys.member.1", "team")]),
        ];
        foreach (var (code, parameters) in wrong)
        {
            await _lab.RefusedAsync(endpoint, role, code, parameters);
        }

        await _lab.RefusedAsync(endpoint, "arn:short", "ValidationError");
        await _sts.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, "AssumeRole", Token, ("RoleSessionName", "session"));
    }
}
