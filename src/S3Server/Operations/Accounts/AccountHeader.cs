using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;

namespace S3Cassandra.S3Server.Operations.Accounts;

/// <summary>The account that a request to S3 Control is about: the asker's own, by its id.</summary>
internal static class AccountHeader
{
    public const string Name = "x-amz-account-id";

    /// <exception cref="S3Exception">AccessDenied: it is another's, or nobody asks.</exception>
    public static void Require(S3Context context)
    {
        if (context.Identity.IsAnonymous || context.Header(Name) != context.Identity.AccountId)
        {
            throw new S3Exception(S3Errors.AccessDenied);
        }
    }
}
