using S3Cassandra.Auth.Failures;

namespace S3Cassandra.Auth.Forms;

/// <summary>A POST policy: until when an upload form is good, and what it may hold.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html"/>
public sealed record PostPolicy(DateTimeOffset Expiration, IReadOnlyList<PostCondition> Conditions)
{
    private const string Bucket = "bucket";
    private const string IgnoredPrefix = "x-ignore-";

    /// <summary>What needs no condition: the signature and what it signs. The file is not among the fields.</summary>
    private static readonly string[] Exempt = ["policy", "x-amz-signature", "signature", "AWSAccessKeyId", Bucket];

    /// <summary>Reads a policy as forms hold it, in base64. The failure is null when it is one.</summary>
    public static AuthFailure? Read(string base64, out PostPolicy? policy) => PostPolicyReader.Read(base64, out policy);

    /// <summary>
    /// Whether the form keeps to the policy, variables in its fields already replaced: every condition is met, and every field has one. The
    /// bucket is the one that the request is sent to, whatever the form says, and has to have a condition as well: else a form would do
    /// for every bucket.
    /// </summary>
    /// <param name="form">The fields before the file.</param>
    /// <param name="bucket">The bucket of the request.</param>
    /// <param name="now">The time.</param>
    /// <param name="length">How long the file may be.</param>
    /// <returns>AccessDenied; null when it does.</returns>
    public AuthFailure? Check(FormFields form, string bucket, DateTimeOffset now, out FileLengthRange length)
    {
        length = FileLengthRange.Any;
        if (now >= Expiration)
        {
            return PostPolicyFailures.Expired();
        }

        var covered = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var condition in Conditions)
        {
            var isBucket = condition.Field.Equals(Bucket, StringComparison.OrdinalIgnoreCase);
            if (!condition.IsMetBy(isBucket ? bucket : form.Get(condition.Field)))
            {
                return PostPolicyFailures.ConditionFailed(condition.Text);
            }

            if (condition.Kind == PostConditionKind.ContentLengthRange)
            {
                length = length.And(condition.Range);
            }

            covered.Add(condition.Field);
        }

        List<string> extra = [.. form.Names.Where(name => !covered.Contains(name) && !IsExempt(name))];
        if (!covered.Contains(Bucket))
        {
            extra.Add(Bucket);
        }

        return extra.Count == 0 ? null : PostPolicyFailures.ExtraFields(extra);
    }

    private static bool IsExempt(string name) =>
        name.StartsWith(IgnoredPrefix, StringComparison.OrdinalIgnoreCase) || Exempt.Contains(name, StringComparer.OrdinalIgnoreCase);
}
