using S3Cassandra.Auth.Sessions;
using S3Cassandra.S3Server.Operations.Iam;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Sts;

/// <summary>The tags that a request gives a session, and those that it inherits from the session that asks.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html"/>
internal static class SessionTags
{
    /// <summary>The session's tags. What is transitive cannot be given another value down the chain.</summary>
    /// <exception cref="QueryException">ValidationError, InvalidParameterValue.</exception>
    public static IReadOnlyList<SessionTag> Read(QueryRequest request, IReadOnlyList<IdentityTag> given)
    {
        var transitive = request.Many("TransitiveTagKeys");
        if (transitive.FirstOrDefault(key => !given.Any(tag => IsSame(tag.Key, key))) is { } missing)
        {
            throw new QueryException("InvalidParameterValue", 400, $"The specified transitive tag key must be included in the requested tags: {missing}");
        }

        var inherited = Inherited(request).ToList();
        if (given.FirstOrDefault(tag => inherited.Any(other => IsSame(other.Key, tag.Key))) is { } taken)
        {
            throw new QueryException(
                "InvalidParameterValue", 400, $"One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session: {taken.Key}");
        }

        return [.. inherited, .. given.Select(tag => new SessionTag(tag.Key, tag.Value, transitive.Any(key => IsSame(key, tag.Key))))];
    }

    /// <summary>The tags of a request, as IAM's.</summary>
    public static IReadOnlyList<IdentityTag> Given(QueryRequest request) => IamTags.Read(request);

    private static IEnumerable<SessionTag> Inherited(QueryRequest request) => (request.Session?.Tags ?? []).Where(tag => tag.IsTransitive);

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
