namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>The slots of <see cref="SuspectSlots"/> that are this server's to sweep, where several share them; changes at any moment.</summary>
internal interface ISlotShare
{
    IReadOnlyList<int> Held { get; }

    /// <summary>Asked before each act: what was held a moment ago may be another's now.</summary>
    bool Holds(int slot);
}
