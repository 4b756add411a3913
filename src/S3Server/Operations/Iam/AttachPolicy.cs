using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>AttachUserPolicy, AttachGroupPolicy and AttachRolePolicy: binds one of them to a managed policy, ten at most.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html"/>
internal sealed class AttachPolicy<T>(IamHolders<T> holders, IamPolicies policies) : IQueryAction
    where T : class, IPolicyHolder
{
    /// <summary>AWS's default quota.</summary>
    private const int MaxAttached = 10;

    public string Name => $"Attach{holders.Kind.Name}Policy";

    public async ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        await holders.TargetAsync(request, cancellationToken) with { PolicyArn = IamPolicies.Arn(request) };

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var holder = await holders.GetAsync(request, cancellationToken);
        var policy = await policies.ReferenceAsync(request, IamPolicies.Arn(request), cancellationToken);
        if (!holder.Attached.Contains(policy))
        {
            await holders.ChangeAsync(request, now => holders.Kind.WithAttached(now, With(now.Attached, policy)), "", cancellationToken);
        }

        return [];
    }

    private PolicyReference[] With(IReadOnlyList<PolicyReference> attached, PolicyReference policy)
    {
        PolicyReference[] together = [.. attached.Where(other => other.Arn != policy.Arn), policy];
        return together.Length <= MaxAttached
            ? together
            : throw QueryException.LimitExceeded($"Cannot exceed quota for PoliciesPer{holders.Kind.Name}: {MaxAttached}");
    }
}
