namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists the instance profiles: there are no instances here.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html"/>
internal sealed class ListInstanceProfiles() : NothingOfAccount("ListInstanceProfiles", "InstanceProfiles", "instance-profile");
