using S3Cassandra.Auth.Policies.Conditions;
using S3Cassandra.Auth.Policies.Language;
using S3Cassandra.Auth.Policies.Principals;

namespace S3Cassandra.Auth.Policies.Evaluation;

/// <summary>
/// Whether a bucket policy is public, as S3 means it: it allows something to everyone, under no condition that holds the asker to fixed
/// values of one of the keys that S3 counts.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status"/>
public static class PublicPolicy
{
    /// <summary>Whether one of its statements is public.</summary>
    public static bool IsPublic(Policy policy) => policy.Statements.Any(IsPublic);

    private static bool IsPublic(PolicyStatement statement) =>
        statement.Effect == PolicyEffect.Allow
        && statement.Principals is { } principals
        && (principals.IsNot || principals.Entries.Any(entry => entry.Kind == PrincipalKind.Everyone))
        && !statement.Conditions.Any(Restricts);

    private static bool Restricts(ConditionClause condition) =>
        condition.Operator is { IsNegated: false, IfExists: false, Quantifier: not ConditionQuantifier.ForAllValues }
        && condition.Operator.Comparison is ConditionComparison.StringEquals or ConditionComparison.StringEqualsIgnoreCase
            or ConditionComparison.StringLike or ConditionComparison.ArnLike or ConditionComparison.IpAddress
        && IsCounted(condition.Key)
        && condition.Matchers.All(matcher => matcher.IsFixed);

    private static bool IsCounted(ConditionKey key) => key.Id
        is ConditionKeyId.SourceIp
        or ConditionKeyId.VpcSourceIp
        or ConditionKeyId.SourceArn
        or ConditionKeyId.SourceVpc
        or ConditionKeyId.SourceVpce
        or ConditionKeyId.SourceAccount
        or ConditionKeyId.PrincipalArn
        or ConditionKeyId.PrincipalAccount
        or ConditionKeyId.PrincipalOrgId
        or ConditionKeyId.UserId
        or ConditionKeyId.S3DataAccessPointArn
        or ConditionKeyId.S3DataAccessPointAccount
        or ConditionKeyId.S3ServerSideEncryptionKmsKeyId
        || key.Name.Equals("aws:SourceOwner", StringComparison.OrdinalIgnoreCase);
}
