using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists the MFA devices of a user, or of who asks: there is no second factor here.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html"/>
internal sealed class ListMFADevices(IamHolders<UserRecord> users) : NothingOfUser(users, "ListMFADevices", "MFADevices");
