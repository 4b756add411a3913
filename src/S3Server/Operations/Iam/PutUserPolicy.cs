using System.Text;
using System.Xml.Linq;
using S3Cassandra.Auth.Policies.Language;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Puts a policy into a user, by name.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html"/>
internal sealed class PutUserPolicy(IamUsers users) : IIamAction
{
    /// <summary>AWS's quota of a user's inline policies together, white space not counted, is 2,048; ten of 2 KiB are to be had here.</summary>
    private const int MaxCharacters = 10 * 2048;

    public string Name => "PutUserPolicy";

    public ValueTask<string> ResourceAsync(IamRequest request, CancellationToken cancellationToken) =>
        users.ResourceAsync(request, request.UserName(), cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(IamRequest request, CancellationToken cancellationToken)
    {
        var policy = new NamedPolicy(request.Named("PolicyName", 128), request.Get("PolicyDocument"));
        if (PolicyParser.Parse(Encoding.UTF8.GetBytes(policy.Document.Trim()), PolicyKind.Identity).Failure is { } failure)
        {
            throw new IamException(failure.Code, 400, failure.Message);
        }

        var name = request.UserName();
        await users.ChangeAsync(request, name, user => With(user, policy with { Document = policy.Document.Trim() }), "", cancellationToken);
        return [];
    }

    private static UserRecord With(UserRecord user, NamedPolicy policy)
    {
        NamedPolicy[] policies = [.. user.Policies.Where(other => other.Name != policy.Name), policy];
        Array.Sort(policies, static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        return policies.Sum(one => one.Document.Count(character => !char.IsWhiteSpace(character))) <= MaxCharacters
            ? user with { Policies = policies }
            : throw IamException.LimitExceeded($"Maximum policy size of {MaxCharacters} bytes exceeded for user {user.Name}");
    }
}
