using System.Xml.Linq;
using S3Cassandra.S3Server.Identities;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>ListAttachedUserPolicies, ListAttachedGroupPolicies and ListAttachedRolePolicies.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html"/>
internal sealed class ListAttachedPolicies<T>(IamHolders<T> holders) : IQueryAction
    where T : class, IPolicyHolder
{
    private const string PathBegin = ":policy";

    public string Name => $"ListAttached{holders.Kind.Name}Policies";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => holders.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        IamPage.Check(request);
        var prefix = request.PathPrefix();
        var holder = await holders.GetAsync(request, cancellationToken);
        return IamPage.Of(
            request, "AttachedPolicies", holder.Attached.Where(policy => IsBelow(policy.Arn, prefix)), policy => policy.Arn, policy => Member(policy));
    }

    public static XElement Member(PolicyReference policy) => IamDocument.Element(
        "member",
        IamDocument.Element("PolicyName", ManagedPolicyArn.Parse(policy.Arn)?.Name ?? policy.Arn),
        IamDocument.Element("PolicyArn", policy.Arn));

    private static bool IsBelow(string arn, string prefix)
    {
        var path = arn.IndexOf(PathBegin, StringComparison.Ordinal) + PathBegin.Length;
        return arn.AsSpan(path).StartsWith(prefix);
    }
}
