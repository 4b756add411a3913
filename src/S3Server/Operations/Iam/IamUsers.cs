using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Users as the actions of the IAM API need them: there, or the error that says so.</summary>
internal sealed class IamUsers(IdentityStore identities)
{
    /// <summary>
    /// The ARN that permissions on a user name: of the user that is there, its path and its own spelling included, so that no other spelling
    /// of a name passes by a policy.
    /// </summary>
    public async ValueTask<string> ResourceAsync(IamRequest request, string name, CancellationToken cancellationToken) =>
        await identities.FindUserAsync(request.AccountId, name, cancellationToken) is { } user
            ? IamDocument.ArnOf(user)
            : $"arn:aws:iam::{request.AccountId}:user/{name}";

    /// <exception cref="IamException">NoSuchEntity.</exception>
    public async ValueTask<UserRecord> GetAsync(IamRequest request, string name, CancellationToken cancellationToken) =>
        await identities.FindUserAsync(request.AccountId, name, cancellationToken) ?? throw Missing(name);

    /// <summary>Changes a user; null means that <paramref name="missing"/> is what there is not.</summary>
    /// <exception cref="IamException">NoSuchEntity, ServiceFailure.</exception>
    public async ValueTask ChangeAsync(
        IamRequest request, string name, Func<UserRecord, UserRecord?> change, string missing, CancellationToken cancellationToken)
    {
        var isThere = false;
        var outcome = await identities.ChangeUserAsync(
            request.AccountId,
            name,
            user =>
            {
                isThere = true;
                return change(user);
            },
            cancellationToken);
        Require(outcome, isThere, name, missing);
    }

    public static IamException Missing(string name) => IamException.Missing($"The user with name {name} cannot be found.");

    private static void Require(IdentityOutcome outcome, bool isThere, string name, string missing)
    {
        switch (outcome)
        {
            case IdentityOutcome.Changed:
                return;
            case IdentityOutcome.NotFound:
                throw isThere ? IamException.Missing(missing) : Missing(name);
            default:
                throw IamException.Unsettled();
        }
    }
}
