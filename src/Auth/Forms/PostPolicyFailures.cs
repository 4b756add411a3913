using S3Cassandra.Auth.Failures;

namespace S3Cassandra.Auth.Forms;

/// <summary>What can be wrong with a form and its policy, in AWS's words.</summary>
public static class PostPolicyFailures
{
    /// <summary>A field that a form has to have is not there, or stands behind the file (400).</summary>
    public static AuthFailure MissingField(string name) => AuthFailures.InvalidArgument(
        $"Bucket POST must contain a field named '{name}'.  If it is specified, please check the order of the fields.", name, "");

    /// <summary>The policy's time, or that of its signing key, is over (403).</summary>
    internal static AuthFailure Expired() => According("Policy expired.");

    /// <summary>A condition is not met (403).</summary>
    internal static AuthFailure ConditionFailed(string condition) => According("Policy Condition failed: " + condition);

    /// <summary>Fields that no condition speaks of (403).</summary>
    internal static AuthFailure ExtraFields(IEnumerable<string> names) => According("Extra input fields: " + string.Join(", ", names));

    /// <summary>The document is no policy (400).</summary>
    internal static AuthFailure Malformed(string reason) => new("InvalidPolicyDocument", "Invalid Policy: " + reason);

    private static AuthFailure According(string reason) => new("AccessDenied", "Invalid according to Policy: " + reason);
}
