using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.Auth.Policies.Language;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Identities;

/// <summary>
/// Puts together what goes with a user or role: inline and attached policies, its groups', its boundary. It reads what the record names;
/// who uses the result often keeps it, for two seconds at most. A bound policy that is not there any more denies everything rather than
/// nothing: it may have been what denied.
/// </summary>
internal sealed class PrincipalPolicyResolver(IdentityStore identities, CompiledPolicies compiled)
{
    public async ValueTask<PrincipalPolicies> OfUserAsync(UserRecord user, CancellationToken cancellationToken)
    {
        var groups = await Task.WhenAll(user.Groups.Select(group => OfGroupAsync(user.AccountId, group, cancellationToken)));
        var own = await OfHolderAsync(user, cancellationToken);
        return new PrincipalPolicies
        {
            Identity = [.. own, .. groups.SelectMany(policies => policies)],
            Boundary = await OfBoundaryAsync(user.Boundary, cancellationToken),
        };
    }

    public async ValueTask<PrincipalPolicies> OfRoleAsync(RoleRecord role, CancellationToken cancellationToken) => new()
    {
        Identity = await OfHolderAsync(role, cancellationToken),
        Boundary = await OfBoundaryAsync(role.Boundary, cancellationToken),
    };

    /// <summary>The policies that are a user's, group's or role's own, inline first.</summary>
    public async ValueTask<IReadOnlyList<Policy>> OfHolderAsync(IPolicyHolder holder, CancellationToken cancellationToken)
    {
        var attached = await Task.WhenAll(holder.Attached.Select(reference => OfReferenceAsync(reference, cancellationToken)));
        return [.. holder.Policies.Select(policy => compiled.Of(policy.Document)), .. attached];
    }

    /// <summary>The managed policy that something is bound to; null where it is not there any more.</summary>
    public async ValueTask<ManagedPolicyRecord?> FindAsync(PolicyReference reference, CancellationToken cancellationToken)
    {
        if (ManagedPolicyArn.Parse(reference.Arn) is not { } arn)
        {
            return null;
        }

        var policy = arn.IsAwsManaged
            ? AwsManagedPolicies.Find(reference.Arn)
            : await identities.Policies.FindAsync(arn.AccountId, arn.Name, cancellationToken);
        return policy?.Id == reference.Id ? policy : null;
    }

    private async Task<IReadOnlyList<Policy>> OfGroupAsync(string accountId, GroupMembership membership, CancellationToken cancellationToken) =>
        await identities.Groups.FindAsync(accountId, membership.Name, cancellationToken) is { } group && group.Id == membership.Id
            ? await OfHolderAsync(group, cancellationToken)
            : [];

    private async ValueTask<Policy?> OfBoundaryAsync(PolicyReference? boundary, CancellationToken cancellationToken) =>
        boundary is null ? null : await OfReferenceAsync(boundary, cancellationToken);

    private async Task<Policy> OfReferenceAsync(PolicyReference reference, CancellationToken cancellationToken) =>
        await FindAsync(reference, cancellationToken) is { } policy ? compiled.Of(policy.Default().Document) : CompiledPolicies.DenyAll;
}
