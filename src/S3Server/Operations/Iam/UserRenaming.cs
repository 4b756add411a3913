using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>
/// Moves a user's record to another name. It is there under both while its keys change over; the old one goes only if nobody changed it
/// meanwhile, else the new one does. A key always leads to one of them, and what is taken from the user under its old name is never had
/// under the new one.
/// </summary>
internal sealed class UserRenaming(IdentityStore identities)
{
    /// <exception cref="QueryException">EntityAlreadyExists, ConcurrentModification, ServiceFailure.</exception>
    public async ValueTask RenameAsync(UserRecord user, UserRecord renamed, CancellationToken cancellationToken)
    {
        await IamChanges.CreateAsync(identities.Users, renamed, $"User with name {renamed.Name} already exists.", cancellationToken);
        await MoveKeysAsync(user, renamed.Name, cancellationToken);
        var outcome = await identities.Users.RemoveAsync(user.AccountId, user.Name, now => IsAsRead(now, user), cancellationToken);
        if (outcome == IdentityOutcome.Changed)
        {
            return;
        }

        await MoveKeysAsync(user, user.Name, cancellationToken);
        await identities.Users.RemoveAsync(user.AccountId, renamed.Name, now => now.Id == user.Id, cancellationToken);
        throw QueryException.Concurrent();
    }

    private async ValueTask MoveKeysAsync(UserRecord user, string name, CancellationToken cancellationToken)
    {
        foreach (var key in user.Keys)
        {
            await identities.RenameKeyOwnerAsync(key.Id, name, cancellationToken);
        }
    }

    private static bool IsAsRead(UserRecord now, UserRecord read) =>
        now.Id == read.Id && now.Path == read.Path && now.Boundary == read.Boundary
        && now.Keys.SequenceEqual(read.Keys) && now.Policies.SequenceEqual(read.Policies) && now.Attached.SequenceEqual(read.Attached)
        && now.Groups.SequenceEqual(read.Groups) && now.Tags.SequenceEqual(read.Tags);
}
