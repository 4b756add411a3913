using System.Runtime.CompilerServices;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>
/// What managed policies are bound to. That stands in the records of users, groups and roles, where what decides about them is together; so
/// all of them are looked at.
/// </summary>
internal sealed class PolicyUses(IdentityStore identities)
{
    /// <summary>All that may have policies in an account, with their boundaries.</summary>
    public async IAsyncEnumerable<(IPolicyHolder Holder, PolicyReference? Boundary)> HoldersAsync(
        string accountId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var group in identities.Groups.AllAsync(accountId, null, cancellationToken))
        {
            yield return (group, null);
        }

        await foreach (var role in identities.Roles.AllAsync(accountId, null, cancellationToken))
        {
            yield return (role, role.Boundary);
        }

        await foreach (var user in identities.Users.AllAsync(accountId, null, cancellationToken))
        {
            yield return (user, user.Boundary);
        }
    }

    /// <summary>The uses of every policy that is used in an account.</summary>
    public async ValueTask<IReadOnlyDictionary<PolicyReference, PolicyUse>> CountAsync(string accountId, CancellationToken cancellationToken)
    {
        var uses = new Dictionary<PolicyReference, PolicyUse>();
        await foreach (var (holder, boundary) in HoldersAsync(accountId, cancellationToken))
        {
            foreach (var attached in holder.Attached)
            {
                var use = uses.GetValueOrDefault(attached);
                uses[attached] = use with { Attachments = use.Attachments + 1 };
            }

            if (boundary is not null)
            {
                var use = uses.GetValueOrDefault(boundary);
                uses[boundary] = use with { Boundaries = use.Boundaries + 1 };
            }
        }

        return uses;
    }

    /// <summary>The uses of one.</summary>
    public async ValueTask<PolicyUse> OfAsync(ManagedPolicyRecord policy, string accountId, CancellationToken cancellationToken) =>
        (await CountAsync(accountId, cancellationToken)).GetValueOrDefault(ReferenceTo(policy));

    public static PolicyReference ReferenceTo(ManagedPolicyRecord policy) => new(policy.Arn(), policy.Id);
}
