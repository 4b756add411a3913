using System.Xml.Linq;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.S3Server.Identities;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Says when and for what a key was last used: what other servers saw within the last minute may be missing, as at AWS that of hours.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html"/>
internal sealed class GetAccessKeyLastUsed(IdentityStore identities, IamHolders<UserRecord> users, KeyUses uses, SignatureOptions signatures) : IQueryAction
{
    public string Name => "GetAccessKeyLastUsed";

    public async ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        await FindAsync(request, cancellationToken) is { } key && !key.IsRoots()
            ? await users.TargetAsync(request, key.UserName, cancellationToken)
            : new QueryTarget("*");

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var key = await FindAsync(request, cancellationToken)
            ?? throw QueryException.Missing($"The Access Key with id {request.AccessKey()} cannot be found");
        var use = await uses.FindAsync(key.Id, cancellationToken);
        return
        [
            IamDocument.Element("UserName", key.UserName),
            IamDocument.Element(
                "AccessKeyLastUsed",
                [
                    .. use is null ? Array.Empty<XElement>() : [IamDocument.Element("LastUsedDate", IamDocument.Date(use.LastUsed))],
                    IamDocument.Element("ServiceName", use?.Service ?? "N/A"),
                    IamDocument.Element("Region", use is null ? "N/A" : use.Service == "s3" ? signatures.Region : "us-east-1"),
                ]),
        ];
    }

    private async ValueTask<KeyRecord?> FindAsync(QueryRequest request, CancellationToken cancellationToken) =>
        await identities.FindKeyRecordAsync(request.AccessKey(), cancellationToken) is { } key && key.AccountId == request.AccountId ? key : null;
}
