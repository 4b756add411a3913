namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Removes the account's rules for passwords: there are none.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountPasswordPolicy.html"/>
internal sealed class DeleteAccountPasswordPolicy() : PasswordPolicies(
    "DeleteAccountPasswordPolicy", _ => "The account policy with name PasswordPolicy cannot be found.");
