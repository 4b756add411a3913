using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Who is in a group. That stands in the users' records, where what decides about a user is together; so all of them are looked at.</summary>
internal sealed class GroupMembers(IdentityStore identities)
{
    /// <summary>Its members by name, those above <paramref name="after"/>.</summary>
    public IAsyncEnumerable<UserRecord> OfAsync(GroupRecord group, string? after, CancellationToken cancellationToken) =>
        identities.Users.AllAsync(group.AccountId, after, cancellationToken).Where(user => user.Groups.Any(membership => membership.Id == group.Id));

    /// <summary>Says to its members that the group has another name.</summary>
    public async ValueTask MoveAsync(GroupRecord group, string name, CancellationToken cancellationToken)
    {
        await foreach (var member in OfAsync(group, null, cancellationToken))
        {
            await identities.Users.ChangeAsync(
                member.AccountId,
                member.Name,
                user => user with
                {
                    Groups = [.. user.Groups.Select(membership => membership.Id == group.Id ? membership with { Name = name } : membership)],
                },
                cancellationToken);
        }
    }
}
