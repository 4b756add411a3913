using System.Collections.Frozen;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Identities;

/// <summary>The policies of AWS's own that make sense here, under AWS's ARNs, ids and texts. They are the same in every account and cannot be changed.</summary>
/// <seealso href="https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html"/>
internal static class AwsManagedPolicies
{
    /// <summary>What stands in their ARNs for an account.</summary>
    public const string AccountId = "aws";

    private static readonly FrozenDictionary<string, ManagedPolicyRecord> ByArn = new[]
    {
        Make("AdministratorAccess", "ANPAIWMBCKSKIEE64ZLYK", "2015-02-06", "Provides full access to AWS services and resources.", Allow("\"*\"")),
        Make(
            "AmazonS3FullAccess",
            "ANPAIFIR6V6BVTRAHWINE",
            "2015-02-06",
            "Provides full access to all buckets via the AWS Management Console.",
            Allow("""["s3:*","s3-object-lambda:*"]""")),
        Make(
            "AmazonS3ReadOnlyAccess",
            "ANPAIZTJ4DXE7G6AGAE6M",
            "2015-02-06",
            "Provides read only access to all buckets via the AWS Management Console.",
            Allow("""["s3:Get*","s3:List*","s3:Describe*","s3-object-lambda:Get*","s3-object-lambda:List*"]""")),
        Make(
            "IAMFullAccess",
            "ANPAI7XKCFMBPM3QQRRVQ",
            "2015-02-06",
            "Provides full access to IAM via the AWS Management Console.",
            Allow("""["iam:*","organizations:DescribeAccount","organizations:DescribeOrganization","organizations:ListRoots"]""")),
        Make(
            "IAMReadOnlyAccess",
            "ANPAJKSO7NDY4T57MWDSQ",
            "2015-02-06",
            "Provides read only access to IAM via the AWS Management Console.",
            Allow("""["iam:GenerateCredentialReport","iam:GenerateServiceLastAccessedDetails","iam:Get*","iam:List*","iam:SimulateCustomPolicy","iam:SimulatePrincipalPolicy"]""")),
        Make(
            "AWSDenyAll",
            "ANPAZKAPJZG4P43IUQ5E5",
            "2019-05-01",
            "Deny all access.",
            """{"Version":"2012-10-17","Statement":[{"Sid":"DenyAll","Effect":"Deny","Action":["*"],"Resource":"*"}]}"""),
    }.ToFrozenDictionary(policy => policy.Arn(), StringComparer.Ordinal);

    /// <summary>All of them, by name.</summary>
    public static IEnumerable<ManagedPolicyRecord> All => ByArn.Values.OrderBy(policy => policy.Name, StringComparer.Ordinal);

    public static ManagedPolicyRecord? Find(string arn) => ByArn.GetValueOrDefault(arn);

    private static string Allow(string actions) =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":{{actions}},"Resource":"*"}]}""";

    private static ManagedPolicyRecord Make(string name, string id, string created, string description, string document)
    {
        var date = DateTimeOffset.ParseExact(created, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);
        return new ManagedPolicyRecord
        {
            AccountId = AccountId,
            Name = name,
            Path = "/",
            Id = id,
            Created = date,
            Updated = date,
            Description = description,
            Versions = [new PolicyVersion(1, document, date)],
            DefaultVersion = 1,
            LastVersion = 1,
        };
    }
}
