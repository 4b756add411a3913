using S3Cassandra.Auth.Credentials;

namespace S3Cassandra.S3Server.Identities;

/// <summary>The parts of <c>arn:aws:iam::123456789012:policy/path/name</c>.</summary>
/// <param name="AccountId">12 digits, or <c>aws</c>.</param>
/// <param name="Name">The policy's name, without its path.</param>
internal readonly record struct ManagedPolicyArn(string AccountId, string Name)
{
    private const string Prefix = "arn:aws:iam::";
    private const string Kind = ":policy/";

    /// <summary>Whether it names a policy that AWS made, not an account.</summary>
    public bool IsAwsManaged => AccountId == AwsManagedPolicies.AccountId;

    /// <summary>Null where it is no managed policy's ARN.</summary>
    public static ManagedPolicyArn? Parse(string arn)
    {
        if (!arn.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var kind = arn.IndexOf(Kind, StringComparison.Ordinal);
        if (kind < 0)
        {
            return null;
        }

        var account = arn[Prefix.Length..kind];
        var name = arn[(arn.LastIndexOf('/') + 1)..];
        return name.Length > 0 && (account == AwsManagedPolicies.AccountId || Account.IsAccountId(account))
            ? new ManagedPolicyArn(account, name)
            : null;
    }
}
