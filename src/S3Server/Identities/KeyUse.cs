namespace S3Cassandra.S3Server.Identities;

/// <summary>When and for what an access key was last used, as this server saw it. Noting a use is two writes of fields.</summary>
internal sealed class KeyUse(string service)
{
    private long _ticks;
    private string _service = service;

    /// <summary>The last use in ticks of UTC; 0: none seen.</summary>
    public long Ticks => Volatile.Read(ref _ticks);

    /// <summary>The service that it was used for.</summary>
    public string Service => Volatile.Read(ref _service);

    public void Note(DateTimeOffset now, string service)
    {
        Volatile.Write(ref _service, service);
        Volatile.Write(ref _ticks, now.UtcTicks);
    }
}
