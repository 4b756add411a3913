using System.Xml.Linq;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Makes a managed policy of one version.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html"/>
internal sealed class CreatePolicy(IdentityStore identities) : IQueryAction
{
    public string Name => "CreatePolicy";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            new QueryTarget($"arn:aws:iam::{request.AccountId}:policy{request.Path("Path")}{InlinePolicies.Name(request)}") { RequestTags = IamTags.Read(request, IamTags.OfOthers) });

    private const int MaxDescription = 1000;

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var description = request.Find("Description");
        if (description?.Length > MaxDescription)
        {
            throw QueryException.Constraint("description", $"have length less than or equal to {MaxDescription}");
        }

        var policy = new ManagedPolicyRecord
        {
            AccountId = request.AccountId,
            Name = InlinePolicies.Name(request),
            Path = request.Path("Path"),
            Id = UniqueId.New(UniqueId.ManagedPolicy),
            Created = request.Now,
            Updated = request.Now,
            Description = description,
            Versions = [new PolicyVersion(1, PolicyDocuments.Read(request), request.Now)],
            DefaultVersion = 1,
            LastVersion = 1,
            Tags = IamTags.Read(request, IamTags.OfOthers),
        };
        await IamChanges.CreateAsync(
            identities.Policies,
            policy,
            $"A policy called {policy.Name} already exists. Duplicate names are not allowed.",
            cancellationToken);
        return [PolicyElements.Of(policy, default, isAlone: true)];
    }
}
