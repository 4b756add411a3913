namespace S3Cassandra.Storage.Cassandra.Servers;

/// <summary>Who holds a slot; <paramref name="Beat"/> rises with each renewal.</summary>
internal readonly record struct SlotLease(int Slot, Guid Holder, long Beat);
