using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>DetachUserPolicy, DetachGroupPolicy and DetachRolePolicy: frees one of them of a managed policy.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachUserPolicy.html"/>
internal sealed class DetachPolicy<T>(IamHolders<T> holders) : IQueryAction
    where T : class, IPolicyHolder
{
    public string Name => $"Detach{holders.Kind.Name}Policy";

    public async ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        await holders.TargetAsync(request, cancellationToken) with { PolicyArn = IamPolicies.Arn(request) };

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var arn = IamPolicies.Arn(request);
        await holders.ChangeAsync(request, holder => Without(holder, arn), $"Policy {arn} was not found.", cancellationToken);
        return [];
    }

    private T? Without(T holder, string arn) => holder.Attached.Any(policy => policy.Arn == arn)
        ? holders.Kind.WithAttached(holder, [.. holder.Attached.Where(policy => policy.Arn != arn)])
        : null;
}
