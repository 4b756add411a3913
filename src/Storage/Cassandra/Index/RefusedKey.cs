using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Index;

/// <summary>A key on which commits were refused at once. What it has now is read once for all of them, after the refusal.</summary>
internal sealed class RefusedKey(BucketId bucket, ObjectKey key)
{
    private readonly Lock _gate = new();
    private readonly HashSet<RowAddress> _addresses = [];
    private Task<KeyRows?>? _read;

    /// <summary>Adds a refused commit; not after the first read.</summary>
    public void Add(IndexCommit commit)
    {
        foreach (var condition in commit.Conditions)
        {
            _addresses.Add(condition.Address);
        }
    }

    /// <summary>The current heads and the rows that the commit has conditions on; null: the bucket is gone.</summary>
    public async ValueTask<KeyRows?> ReadAsync(KeyReader reader, IndexCommit commit, CancellationToken cancellationToken)
    {
        Task<KeyRows?> read;
        lock (_gate)
        {
            read = _read ??= reader.ReadAsync(bucket, key, _addresses, CancellationToken.None).AsTask();
        }

        var rows = await read.WaitAsync(cancellationToken);
        return rows is null || rows.Rows.All(row => IsAsked(row, commit)) ? rows : rows with { Rows = [.. rows.Rows.Where(row => IsAsked(row, commit))] };
    }

    private static bool IsAsked(IndexRow row, IndexCommit commit) =>
        row.Address.Section is IndexSection.Head or IndexSection.HiddenHead
        || commit.Conditions.Any(condition => condition.Address.Equals(row.Address));
}
