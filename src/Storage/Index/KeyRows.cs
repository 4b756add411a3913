namespace S3Cassandra.Storage.Index;

/// <summary>The rows of one key as of one moment, and the bucket's configuration epoch at that moment.</summary>
/// <param name="Epoch">The epoch in force; see <see cref="IndexConfiguration"/>.</param>
/// <param name="Rows">The rows asked for that exist, in (section, suffix) order.</param>
public sealed record KeyRows(int Epoch, IReadOnlyList<IndexRow> Rows)
{
    /// <summary>The key's lock: its head, shown or hidden; null when the key has neither.</summary>
    public IndexRow? AnyHead => Find(RowAddress.Head) ?? Find(RowAddress.HiddenHead);

    public IndexRow? Find(RowAddress address)
    {
        foreach (var row in Rows)
        {
            if (row.Address.Equals(address))
            {
                return row;
            }
        }

        return null;
    }
}
