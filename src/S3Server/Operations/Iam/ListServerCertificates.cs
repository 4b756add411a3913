namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists the server certificates: those of the server's own listeners are its operator's.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificates.html"/>
internal sealed class ListServerCertificates() : NothingOfAccount("ListServerCertificates", "ServerCertificateMetadataList", "server-certificate");
