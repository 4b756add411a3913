using System.Xml.Linq;
using S3Cassandra.Auth.Sessions;
using S3Cassandra.S3Server.Identities;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Sts;

/// <summary>Says which account a long-lived access key belongs to, whether it is active or not.</summary>
/// <seealso href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html"/>
internal sealed class GetAccessKeyInfo(IdentityStore identities, FirstAccount first) : IQueryAction
{
    public string Name => "GetAccessKeyInfo";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(new QueryTarget("*"));

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        if (request.Session is { Kind: not SessionKind.Role })
        {
            throw QueryException.AccessDenied("Cannot call GetAccessKeyInfo with session credentials");
        }

        var id = request.Get("AccessKeyId");
        var account = await first.IsRootKeyAsync(id, cancellationToken) ? first.AccountId : (await identities.FindKeyRecordAsync(id, cancellationToken))?.AccountId;
        return account is null
            ? throw QueryException.Validation("The access key id does not exist.")
            : [StsDocument.Element("Account", account)];
    }
}
