using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Replaces a provider's thumbprints.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateOpenIDConnectProviderThumbprint.html"/>
internal sealed class UpdateOpenIDConnectProviderThumbprint(IamProviders providers) : IQueryAction
{
    public string Name => "UpdateOpenIDConnectProviderThumbprint";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        providers.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var thumbprints = IamProviders.Thumbprints(request);
        if (thumbprints.Count == 0)
        {
            throw QueryException.Invalid("Thumbprint list must contain at least one entry.");
        }

        await providers.ChangeAsync(request, provider => provider with { Thumbprints = thumbprints }, IamProviders.Missing, cancellationToken);
        return [];
    }
}
