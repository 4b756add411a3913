using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Keeps tokens that are meant for a client out; one that is not there is no error.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveClientIDFromOpenIDConnectProvider.html"/>
internal sealed class RemoveClientIDFromOpenIDConnectProvider(IamProviders providers) : IQueryAction
{
    public string Name => "RemoveClientIDFromOpenIDConnectProvider";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        providers.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var id = IamProviders.ClientId(request.Get("ClientID"));
        await providers.ChangeAsync(
            request, provider => provider with { ClientIds = [.. provider.ClientIds.Where(other => other != id)] }, IamProviders.Missing, cancellationToken);
        return [];
    }
}
