using System.Net;

namespace S3Cassandra.Functional.Tests.Iam;

/// <summary>What AWS's IAM has and this one has none of: its lists are empty, and what is one of a kind is not there.</summary>
public sealed class AbsentThingsTests(ServerFixture fixture) : IDisposable
{
    private readonly IamWorld _iam = new(fixture.Server);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _iam.Dispose();

    [Theory]
    [InlineData("ListSSHPublicKeys", "SSHPublicKeys")]
    [InlineData("ListMFADevices", "MFADevices")]
    [InlineData("ListSigningCertificates", "Certificates")]
    [InlineData("ListServiceSpecificCredentials", "ServiceSpecificCredentials")]
    public async Task A_user_has_none(string action, string list)
    {
        var user = await _iam.UserAsync();
        await IsEmptyAsync(action, list, ("UserName", user));
        await IsEmptyAsync(action, list);
        await _iam.Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, action, Token, ("UserName", "nobody"));
        await _iam.Root.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, action, Token, ("UserName", user), ("MaxItems", "0"));
        var (name, actor) = await _iam.ActorAsync(IamWorld.Allow("iam:" + action, "arn:aws:iam::*:user/${aws:username}"));
        Assert.Equal("false", await actor.DoAsync(action, "IsTruncated", Token));
        Assert.Equal("false", await actor.DoAsync(action, "IsTruncated", Token, ("UserName", name)));
        await actor.RefusedAsync("AccessDenied", HttpStatusCode.Forbidden, action, Token, ("UserName", user));
        actor.Dispose();
    }

    [Theory]
    [InlineData("ListVirtualMFADevices", "VirtualMFADevices")]
    [InlineData("ListInstanceProfiles", "InstanceProfiles")]
    [InlineData("ListServerCertificates", "ServerCertificateMetadataList")]
    [InlineData("ListSAMLProviders", "SAMLProviderList")]
    public async Task An_account_has_none(string action, string list)
    {
        await IsEmptyAsync(action, list);
        var (_, actor) = await _iam.ActorAsync(IamWorld.Allow("iam:" + action));
        Assert.Equal("false", await actor.DoAsync(action, "IsTruncated", Token));
        var (_, other) = await _iam.ActorAsync(IamWorld.Deny("iam:" + action));
        await other.RefusedAsync("AccessDenied", HttpStatusCode.Forbidden, action, Token);
        actor.Dispose();
        other.Dispose();
    }

    [Fact]
    public async Task Devices_are_asked_for_by_their_state()
    {
        await IsEmptyAsync("ListVirtualMFADevices", "VirtualMFADevices", ("AssignmentStatus", "Assigned"));
        await _iam.Root.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, "ListVirtualMFADevices", Token, ("AssignmentStatus", "Lost"));
    }

    [Theory]
    [InlineData("GetLoginProfile")]
    [InlineData("DeleteLoginProfile")]
    public async Task Nobody_has_a_password(string action)
    {
        var user = await _iam.UserAsync();
        var (status, document) = await _iam.Root.SendAsync(action, Token, ("UserName", user));
        _iam.Root.IsError((status, document), "NoSuchEntity", HttpStatusCode.NotFound);
        Assert.Equal($"Login Profile for User {user} cannot be found.", IamWorld.Text(document, "Message"));
        await _iam.Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, action, Token, ("UserName", "nobody"));
        var (_, actor) = await _iam.ActorAsync(IamWorld.Allow("iam:GetUser"));
        await actor.RefusedAsync("AccessDenied", HttpStatusCode.Forbidden, action, Token, ("UserName", user));
        actor.Dispose();
    }

    [Theory]
    [InlineData("GetAccountPasswordPolicy")]
    [InlineData("DeleteAccountPasswordPolicy")]
    public async Task There_are_no_rules_for_passwords(string action)
    {
        await _iam.Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, action, Token);
        var (_, actor) = await _iam.ActorAsync(IamWorld.Allow("iam:GetUser"));
        await actor.RefusedAsync("AccessDenied", HttpStatusCode.Forbidden, action, Token);
        actor.Dispose();
    }

    private async Task IsEmptyAsync(string action, string list, params (string, string)[] parameters)
    {
        var (status, document) = await _iam.Root.SendAsync(action, Token, parameters);
        Assert.True(status == HttpStatusCode.OK, document.ToString());
        Assert.Empty(document.Descendants().Single(element => element.Name.LocalName == list).Elements());
        Assert.Equal("false", IamWorld.Text(document, "IsTruncated"));
    }
}
