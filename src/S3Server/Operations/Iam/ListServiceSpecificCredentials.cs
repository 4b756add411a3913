using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists the credentials of a user for single services: there are none of those services here.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html"/>
internal sealed class ListServiceSpecificCredentials(IamHolders<UserRecord> users) : NothingOfUser(users, "ListServiceSpecificCredentials", "ServiceSpecificCredentials");
