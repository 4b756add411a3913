using System.Text;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Language;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>The policy of the bucket that a simulation is about, and whose the bucket is.</summary>
/// <param name="Policy">The bucket's policy; null where the request gives none.</param>
/// <param name="OwnerId">The account that owns the bucket; null: the simulated caller's.</param>
internal sealed record SimulatedResourcePolicy(Policy? Policy, string? OwnerId)
{
    private const string OfS3 = "arn:aws:s3:::";

    /// <summary>What a request says. Every resource of the simulation has to be of the bucket that the policy would be put to.</summary>
    /// <exception cref="QueryException">InvalidInput.</exception>
    public static SimulatedResourcePolicy Read(QueryRequest request, IReadOnlyList<string> resources)
    {
        var owner = OwnerOf(request);
        if (request.Find("ResourcePolicy") is not { } document)
        {
            return new SimulatedResourcePolicy(null, owner);
        }

        var buckets = resources.Select(BucketOf).Distinct(StringComparer.Ordinal).ToList();
        if (buckets is not [{ } bucket])
        {
            throw QueryException.Invalid("The resource policy does not apply to all ResourceArns: they have to be one bucket and objects in it.");
        }

        var parse = PolicyParser.ParseBucketPolicy(Encoding.UTF8.GetBytes(document.Trim()), bucket);
        return parse.Policy is { } policy
            ? new SimulatedResourcePolicy(policy, owner)
            : throw QueryException.Invalid($"Invalid input ResourcePolicy: {parse.Failure!.Message}");
    }

    private static string? BucketOf(string arn) =>
        arn.StartsWith(OfS3, StringComparison.Ordinal) && arn[OfS3.Length..].Split('/')[0] is { Length: > 0 } bucket && !bucket.AsSpan().ContainsAny('*', '?')
            ? bucket
            : null;

    private static string? OwnerOf(QueryRequest request) => request.Find("ResourceOwner") switch
    {
        null => null,
        var arn when arn.Split(':') is ["arn", "aws", "iam", "", var account, "root"] && Account.IsAccountId(account) => account,
        var arn => throw QueryException.Invalid($"Invalid ResourceOwner: {arn}"),
    };
}
