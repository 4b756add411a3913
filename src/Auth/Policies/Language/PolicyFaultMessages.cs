namespace S3Cassandra.Auth.Policies.Language;

/// <summary>AWS's words for what is wrong with a policy: S3's for bucket policies, IAM's for the others.</summary>
internal static class PolicyFaultMessages
{
    public static PolicyFailure Describe(PolicyFault fault, string detail, PolicyKind kind) => kind == PolicyKind.Bucket
        ? new PolicyFailure("MalformedPolicy", ForBucket(fault, detail))
        : new PolicyFailure("MalformedPolicyDocument", ForIam(fault, detail));

    private static string ForBucket(PolicyFault fault, string detail) => fault switch
    {
        PolicyFault.TooLarge => "Policy exceeds the maximum allowed document size.",
        PolicyFault.NotJson => "This policy contains invalid Json",
        PolicyFault.NotAnObject => "Policies must be valid JSON and the first byte must be '{'",
        PolicyFault.UnknownField => $"Unknown field {detail}",
        PolicyFault.DuplicateField => $"Duplicate field {detail}",
        PolicyFault.InvalidVersion => "The policy must contain a valid version string",
        PolicyFault.MissingStatement => "Missing required field Statement",
        PolicyFault.EmptyStatement => "Could not parse the policy: Statement is empty!",
        PolicyFault.MissingField => $"Missing required field {detail}",
        PolicyFault.InvalidEffect => $"Invalid effect: {detail}",
        PolicyFault.InvalidPrincipal => "Invalid principal in policy",
        PolicyFault.EmptyArray when detail == "Principal" => "Invalid principal in policy",
        PolicyFault.EmptyArray when detail == "Action" => "Policy has invalid action",
        PolicyFault.EmptyArray when detail == "Resource" => "Policy has invalid resource",
        PolicyFault.NotPrincipalWithAllow => "Allow with NotPrincipal is not allowed.",
        PolicyFault.InvalidAction => "Policy has invalid action",
        PolicyFault.InvalidResource => "Policy has invalid resource",
        PolicyFault.ActionResourceMismatch => "Action does not apply to any resource(s) in statement",
        PolicyFault.InvalidConditionOperator => $"Invalid Condition type : {detail}",
        PolicyFault.InvalidConditionKey => "Policy has an invalid condition key",
        PolicyFault.InvalidConditionValue => "Policy has an invalid condition value",
        PolicyFault.InvalidConditionAddress => "Invalid IP address in Conditions",
        PolicyFault.ConditionActionMismatch => "Conditions do not apply to combination of actions and resources in statement",
        _ => "Invalid policy syntax.",
    };

    private static string ForIam(PolicyFault fault, string detail) => fault switch
    {
        PolicyFault.TooLarge => "The policy document is larger than the maximum allowed size.",
        PolicyFault.MissingField when detail == "Action" => "Policy statement must contain actions.",
        PolicyFault.MissingField or PolicyFault.EmptyArray when detail == "Resource" => "Policy statement must contain resources.",
        PolicyFault.MissingField when detail == "Principal" => "Missing required field Principal",
        PolicyFault.ProhibitedField when detail == "Principal" => "Policy document should not specify a principal.",
        PolicyFault.ProhibitedField => $"Has prohibited field {detail}",
        PolicyFault.InvalidSid => "Statement IDs (SID) should be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
        PolicyFault.DuplicateSid => "Statement IDs (SID) in a single policy must be unique.",
        PolicyFault.InvalidPrincipal => $"Invalid principal in policy: {detail}",
        PolicyFault.NotPrincipalWithAllow => "Allow with NotPrincipal is not allowed.",
        PolicyFault.InvalidAction => "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
        PolicyFault.InvalidVendor => $"Vendor {detail} is not valid",
        PolicyFault.InvalidTrustAction => "AssumeRole policy may only specify STS AssumeRole actions.",
        PolicyFault.InvalidResource => $"Resource {detail} must be in ARN format or \"*\".",
        PolicyFault.InvalidPartition => $"Partition \"{PartitionOf(detail)}\" is not valid for resource \"{detail}\".",
        PolicyFault.LegacyParsing => "The policy failed legacy parsing",
        PolicyFault.InvalidConditionKey => "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
        PolicyFault.InvalidConditionOperator => $"Invalid Condition type : {detail}",
        _ => "Syntax errors in policy.",
    };

    private static string PartitionOf(string arn) => arn.Split(':', 3) is [_, var partition, ..] ? partition : "";
}
