using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Changes of records, with the errors that the IAM API has for what comes of them.</summary>
internal static class IamChanges
{
    /// <summary>Changes a record; null from <paramref name="change"/> means that <paramref name="nothing"/> is what there is not.</summary>
    /// <exception cref="QueryException"><paramref name="missing"/>, NoSuchEntity, ServiceFailure.</exception>
    public static async ValueTask ApplyAsync<T>(
        NamedRecords<T> records,
        string accountId,
        string name,
        Func<T, T?> change,
        QueryException missing,
        string nothing,
        CancellationToken cancellationToken)
        where T : class, INamedRecord
    {
        var isThere = false;
        var outcome = await records.ChangeAsync(
            accountId,
            name,
            record =>
            {
                isThere = true;
                return change(record);
            },
            cancellationToken);
        switch (outcome)
        {
            case IdentityOutcome.Changed:
                return;
            case IdentityOutcome.NotFound:
                throw isThere ? QueryException.Missing(nothing) : missing;
            default:
                throw QueryException.Unsettled();
        }
    }

    /// <summary>Removes a record; <paramref name="check"/> throws where it may not go yet.</summary>
    /// <exception cref="QueryException"><paramref name="missing"/>, ServiceFailure, what <paramref name="check"/> throws.</exception>
    public static async ValueTask RemoveAsync<T>(
        NamedRecords<T> records, string accountId, string name, Action<T> check, QueryException missing, CancellationToken cancellationToken)
        where T : class, INamedRecord
    {
        var outcome = await records.RemoveAsync(
            accountId,
            name,
            record =>
            {
                check(record);
                return true;
            },
            cancellationToken);
        if (outcome != IdentityOutcome.Changed)
        {
            throw outcome == IdentityOutcome.NotFound ? missing : QueryException.Unsettled();
        }
    }

    /// <summary>Makes a record.</summary>
    /// <exception cref="QueryException">EntityAlreadyExists with <paramref name="exists"/>, ServiceFailure.</exception>
    public static async ValueTask CreateAsync<T>(NamedRecords<T> records, T record, string exists, CancellationToken cancellationToken)
        where T : class, INamedRecord
    {
        var outcome = await records.CreateAsync(record, cancellationToken);
        if (outcome != IdentityOutcome.Changed)
        {
            throw outcome == IdentityOutcome.Exists ? QueryException.Exists(exists) : QueryException.Unsettled();
        }
    }
}
