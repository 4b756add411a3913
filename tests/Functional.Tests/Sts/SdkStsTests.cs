using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecurityToken;
using S3Cassandra.Support;
using static S3Cassandra.Functional.Tests.Sts.IdentityLab;

namespace S3Cassandra.Functional.Tests.Sts;

/// <summary>AWS's SDK for .NET, AWSSDK.SecurityToken: it parses the answers and uses what they give.</summary>
public sealed class SdkStsTests(ServerFixture fixture) : IDisposable
{
    private readonly IdentityLab _lab = new(fixture.Server);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _lab.Dispose();

    private AmazonSecurityTokenServiceClient Sts(AWSCredentials credentials) => new(
        credentials,
        new AmazonSecurityTokenServiceConfig { ServiceURL = fixture.Server.Endpoint.Url, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0, UseHttp = true });

    [Fact]
    public async Task It_assumes_a_role_and_uses_the_session()
    {
        var bucket = await _lab.BucketAsync();
        var (user, endpoint) = await _lab.UserAsync();
        var role = await _lab.RoleAsync(Trust(Aws(await _lab.UserArnAsync(user))), Allow("s3:*"));
        using var sts = Sts(new BasicAWSCredentials(endpoint.AccessKey, endpoint.SecretKey));
        Assert.Equal(await _lab.UserArnAsync(user), (await sts.GetCallerIdentityAsync(new(), Token)).Arn);
        var answer = await sts.AssumeRoleAsync(
            new() { RoleArn = await _lab.RoleArnAsync(role), RoleSessionName = "sdk", DurationSeconds = 900, Policy = Allow("s3:GetObject") }, Token);
        Assert.EndsWith(":sdk", answer.AssumedRoleUser.AssumedRoleId, StringComparison.Ordinal);
        Assert.InRange(answer.Credentials.Expiration!.Value.ToUniversalTime(), DateTime.UtcNow.AddMinutes(10), DateTime.UtcNow.AddMinutes(15));
        using var s3 = new AmazonS3Client(
            answer.Credentials, new AmazonS3Config { ServiceURL = endpoint.Url, AuthenticationRegion = "us-east-1", ForcePathStyle = true, UseHttp = true, MaxErrorRetry = 0 });
        using (var got = await s3.GetObjectAsync(bucket, "k", Token))
        {
            Assert.Equal(4, got.ContentLength);
        }

        var refused = await Assert.ThrowsAsync<AmazonS3Exception>(() => s3.DeleteObjectAsync(bucket, "k", Token));
        Assert.Equal("AccessDenied", refused.ErrorCode);
        var own = await sts.GetSessionTokenAsync(new Amazon.SecurityToken.Model.GetSessionTokenRequest(), Token);
        using var asSession = Sts(own.Credentials);
        var denied = await Assert.ThrowsAsync<AmazonSecurityTokenServiceException>(
            () => asSession.GetSessionTokenAsync(new Amazon.SecurityToken.Model.GetSessionTokenRequest(), Token));
        Assert.Equal("AccessDenied", denied.ErrorCode);
    }

    [Fact]
    public async Task It_brings_a_web_identity_unsigned()
    {
        var provider = fixture.Server.IdentityProvider;
        var issuer = provider.NewIssuer();
        var arn = await _lab.Root.DoAsync("CreateOpenIDConnectProvider", "OpenIDConnectProviderArn", Token, ("Url", issuer), ("ClientIDList.member.1", "sdk"));
        var role = await _lab.RoleAsync(Trust($$"""{"Federated":"{{arn}}"}""", "sts:AssumeRoleWithWebIdentity"));
        using var sts = Sts(new AnonymousAWSCredentials());
        Amazon.SecurityToken.Model.AssumeRoleWithWebIdentityRequest request = new()
        {
            RoleArn = await _lab.RoleArnAsync(role),
            RoleSessionName = "web",
            WebIdentityToken = provider.Maker.Sign("ES256", JwtMaker.Claims(issuer, "sdk", "somebody", DateTimeOffset.UtcNow)),
        };
        var answer = await sts.AssumeRoleWithWebIdentityAsync(request, Token);
        Assert.Equal(("somebody", "sdk", arn), (answer.SubjectFromWebIdentityToken, answer.Audience, answer.Provider));
        request.WebIdentityToken = provider.Maker.Sign("ES256", JwtMaker.Claims(issuer, "sdk", "somebody", DateTimeOffset.UtcNow.AddHours(-1)));
        await Assert.ThrowsAsync<Amazon.SecurityToken.Model.ExpiredTokenException>(() => sts.AssumeRoleWithWebIdentityAsync(request, Token));
    }
}
