using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Gives the account a name to be shown; one at most, so another replaces it.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html"/>
internal sealed class CreateAccountAlias(AccountStore accounts) : IQueryAction
{
    public string Name => "CreateAccountAlias";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(new QueryTarget("*"));

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var alias = AccountAliases.Read(request);
        await AccountAliases.ChangeAsync(accounts, request, account => account with { Alias = alias }, cancellationToken);
        return [];
    }
}
