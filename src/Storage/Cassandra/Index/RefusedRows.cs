using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Index;

/// <summary>The conditioned rows of a refused batch that exist, by key: which of its commits they refuse.</summary>
internal sealed class RefusedRows
{
    private readonly Dictionary<ObjectKey, List<IndexRow>> _rows = [];

    public static RefusedRows Of(IReadOnlyList<ShardRow> rows)
    {
        var all = new RefusedRows();
        foreach (var row in rows)
        {
            var key = ObjectKey.FromStored(row.Key.Span);
            if (!all._rows.TryGetValue(key, out var ofKey))
            {
                all._rows[key] = ofKey = [];
            }

            ofKey.Add(row.Row);
        }

        return all;
    }

    /// <summary>Whether a commit of the batch was refused: a row that it has a condition on is not as it says.</summary>
    public bool Refuse(IndexCommit commit)
    {
        foreach (var condition in commit.Conditions)
        {
            if (Find(commit.Key, condition.Address)?.Ver != condition.Ver)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether rows that are there contradict a commit that was not in the batch. What is missing may only not have been asked for.</summary>
    public bool Contradict(IndexCommit commit)
    {
        foreach (var condition in commit.Conditions)
        {
            if (Find(commit.Key, condition.Address) is { } row && row.Ver != condition.Ver)
            {
                return true;
            }
        }

        return false;
    }

    private IndexRow? Find(ObjectKey key, RowAddress address)
    {
        if (_rows.TryGetValue(key, out var rows))
        {
            foreach (var row in rows)
            {
                if (row.Address.Equals(address))
                {
                    return row;
                }
            }
        }

        return null;
    }
}
