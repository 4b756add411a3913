using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists the SSH public keys of a user: there is no CodeCommit here for which they would be.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSSHPublicKeys.html"/>
internal sealed class ListSSHPublicKeys(IamHolders<UserRecord> users) : NothingOfUser(users, "ListSSHPublicKeys", "SSHPublicKeys");
