using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Sts;

/// <summary>Says who asks; nobody can be denied that.</summary>
/// <seealso href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html"/>
internal sealed class GetCallerIdentity : IQueryAction
{
    public string Name => "GetCallerIdentity";

    public QueryAccess Access => QueryAccess.AnyCaller;

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(new QueryTarget("*"));

    public ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<XElement>>(
        [
            StsDocument.Element("Arn", request.Caller.PrincipalArn),
            StsDocument.Element("UserId", request.Caller.UniqueId ?? request.AccountId),
            StsDocument.Element("Account", request.AccountId),
        ]);
}
