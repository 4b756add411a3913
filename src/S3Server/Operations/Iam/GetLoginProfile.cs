using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Shows a user's password for the console, which no user has.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html"/>
internal sealed class GetLoginProfile(IamHolders<UserRecord> users) : LoginProfiles(users, "GetLoginProfile");
