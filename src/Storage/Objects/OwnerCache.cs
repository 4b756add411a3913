using S3Cassandra.Storage.Packing;

namespace S3Cassandra.Storage.Objects;

/// <summary>
/// The owner that was read last. Nearly all records of a store have one owner; remembering it spares three strings (some 350 bytes) for
/// every record that is read.
/// </summary>
internal static class OwnerCache
{
    private static Entry? _last;

    public static ObjectOwner Read(ref PackedReader reader)
    {
        var account = reader.Bytes();
        var canonical = reader.Bytes();
        var initiator = reader.Bytes();
        var last = _last;
        if (last is not null
            && account.SequenceEqual(last.Account) && canonical.SequenceEqual(last.Canonical) && initiator.SequenceEqual(last.Initiator))
        {
            return last.Owner;
        }

        var owner = new ObjectOwner(
            System.Text.Encoding.UTF8.GetString(account),
            System.Text.Encoding.UTF8.GetString(canonical),
            System.Text.Encoding.UTF8.GetString(initiator));
        _last = new Entry(account.ToArray(), canonical.ToArray(), initiator.ToArray(), owner);
        return owner;
    }

    private sealed record Entry(byte[] Account, byte[] Canonical, byte[] Initiator, ObjectOwner Owner);
}
