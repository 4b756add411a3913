using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Removes a user's password for the console, which no user has.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html"/>
internal sealed class DeleteLoginProfile(IamHolders<UserRecord> users) : LoginProfiles(users, "DeleteLoginProfile");
