using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Takes the account's shown name away.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountAlias.html"/>
internal sealed class DeleteAccountAlias(AccountStore accounts) : IQueryAction
{
    public string Name => "DeleteAccountAlias";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(new QueryTarget("*"));

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var alias = AccountAliases.Read(request);
        await AccountAliases.ChangeAsync(
            accounts, request, account => account.Alias == alias ? account with { Alias = null } : null, cancellationToken);
        return [];
    }
}
