using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Switches a user's key on or off.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html"/>
internal sealed class UpdateAccessKey(IdentityStore identities, KeyOwners owners) : IQueryAction
{
    public string Name => "UpdateAccessKey";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => owners.TargetAsync(request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var id = request.AccessKey();
        var isActive = request.Parameter("Status") switch
        {
            "Active" => true,
            "Inactive" => false,
            var other => throw QueryException.NoneOf(other, "status", ["Active", "Inactive"]),
        };
        var owner = await owners.GetAsync(request, cancellationToken);
        return await identities.SwitchKeyAsync(owner.Key(id), isActive, cancellationToken) switch
        {
            IdentityOutcome.Changed => [],
            IdentityOutcome.NotFound => throw QueryException.Missing($"The Access Key with id {id} cannot be found"),
            _ => throw QueryException.Unsettled(),
        };
    }
}
