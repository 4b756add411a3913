using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists the account's shown name: one or none.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html"/>
internal sealed class ListAccountAliases(AccountStore accounts) : IQueryAction
{
    public string Name => "ListAccountAliases";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(new QueryTarget("*"));

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var alias = (await accounts.FindAsync(request.AccountId, cancellationToken))?.Alias;
        string[] aliases = alias is null ? [] : [alias];
        return IamPage.Of(request, "AccountAliases", aliases, one => one, one => IamDocument.Element("member", one));
    }
}
