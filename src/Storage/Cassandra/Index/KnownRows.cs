using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Index;

/// <summary>
/// What a batch that applied tells of the rows of its keys: those it wrote, those it deleted, and those that it found as its conditions said.
/// Commits on the same keys that waited before it was sent are refused by that, each without a round of its own.
/// </summary>
internal static class KnownRows
{
    /// <summary>Whether the commit cannot apply right after <paramref name="applied"/>, another one on the same key.</summary>
    public static bool Refuses(IndexCommit applied, IndexCommit waiting)
    {
        foreach (var condition in waiting.Conditions)
        {
            if (TryFind(applied, condition.Address, out var ver) && ver != condition.Ver)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The heads and the conditioned rows of a commit that was so refused; null where not all of them are known.</summary>
    public static KeyRows? Current(IndexCommit applied, IndexCommit waiting)
    {
        var rows = new List<IndexRow>(2);
        foreach (var address in waiting.Conditions.Select(condition => condition.Address).Concat([RowAddress.Head, RowAddress.HiddenHead]).Distinct())
        {
            if (!TryFind(applied, address, out var ver))
            {
                return null;
            }

            if (ver is null)
            {
                continue;
            }

            var write = FindWrite(applied, address);
            if (write is null)
            {
                return null;
            }

            rows.Add(new IndexRow(address, write.Value.Ver, write.Value.Record, default));
        }

        return rows.Count < 2 ? new KeyRows(applied.Epoch, rows) : null;
    }

    private static bool TryFind(IndexCommit applied, RowAddress address, out Guid? ver)
    {
        ver = null;
        if (FindWrite(applied, address) is { } write)
        {
            ver = write.Ver;
            return true;
        }

        foreach (var deleted in applied.Deletes)
        {
            if (deleted.Equals(address))
            {
                return true;
            }
        }

        foreach (var condition in applied.Conditions)
        {
            if (condition.Address.Equals(address))
            {
                ver = condition.Ver;
                return true;
            }
        }

        // A key has one head at most: beside one that is there now, or was until now, there is no other.
        return IsHead(address) && (applied.Writes.Any(write => IsHead(write.Address)) || applied.Deletes.Any(IsHead)
            || applied.Conditions.Any(condition => condition.Ver is not null && IsHead(condition.Address)));
    }

    private static bool IsHead(RowAddress address) => address.Section is IndexSection.Head or IndexSection.HiddenHead;

    private static RowWrite? FindWrite(IndexCommit applied, RowAddress address)
    {
        foreach (var write in applied.Writes)
        {
            if (write.Address.Equals(address))
            {
                return write;
            }
        }

        return null;
    }
}
