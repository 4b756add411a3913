using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>What has policies does not go.</summary>
internal static class HeldPolicies
{
    /// <exception cref="QueryException">DeleteConflict.</exception>
    public static void Check(IPolicyHolder holder)
    {
        if (holder.Policies.Count > 0)
        {
            throw QueryException.Conflict("Cannot delete entity, must delete policies first.");
        }

        if (holder.Attached.Count > 0)
        {
            throw QueryException.Conflict("Cannot delete entity, must detach all policies first.");
        }
    }
}
