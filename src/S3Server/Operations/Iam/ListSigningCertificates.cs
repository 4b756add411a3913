using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists the X.509 signing certificates of a user: nothing here takes them.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSigningCertificates.html"/>
internal sealed class ListSigningCertificates(IamHolders<UserRecord> users) : NothingOfUser(users, "ListSigningCertificates", "Certificates");
