namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Shows the account's rules for passwords: there are no passwords.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html"/>
internal sealed class GetAccountPasswordPolicy() : PasswordPolicies(
    "GetAccountPasswordPolicy", account => $"The Password Policy with domain name {account} cannot be found.");
