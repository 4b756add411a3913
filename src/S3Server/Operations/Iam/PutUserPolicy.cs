using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Puts a policy into a user, by name.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html"/>
internal sealed class PutUserPolicy(IamUsers users) : IQueryAction
{
    /// <summary>AWS's quota of a user's inline policies together, white space not counted, is 2,048; ten of 2 KiB are to be had here.</summary>
    private const int MaxCharacters = 10 * 2048;

    public string Name => "PutUserPolicy";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        users.TargetAsync(request, request.UserName(), cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var policy = InlinePolicies.Read(request);
        await users.ChangeAsync(
            request,
            request.UserName(),
            user => user with { Policies = InlinePolicies.With(user.Policies, policy, MaxCharacters, $"user {user.Name}") },
            "",
            cancellationToken);
        return [];
    }
}
