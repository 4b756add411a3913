using S3Cassandra.Auth.Credentials;

namespace S3Cassandra.S3Server.Operations.Sts;

/// <summary>A role's ARN: the account, and the name after the path.</summary>
internal readonly record struct RoleArn(string AccountId, string Name)
{
    private const string Prefix = "arn:aws:iam::";
    private const string Kind = ":role/";
    private const int AccountLength = 12;

    /// <summary>Null where it is no role's ARN.</summary>
    public static RoleArn? Parse(string arn)
    {
        var rest = arn.StartsWith(Prefix, StringComparison.Ordinal) ? arn[Prefix.Length..] : "";
        return rest.Length > AccountLength + Kind.Length
            && rest.AsSpan(AccountLength).StartsWith(Kind, StringComparison.Ordinal)
            && Account.IsAccountId(rest[..AccountLength])
            && !rest.EndsWith('/')
                ? new RoleArn(rest[..AccountLength], rest[(rest.LastIndexOf('/') + 1)..])
                : null;
    }
}
