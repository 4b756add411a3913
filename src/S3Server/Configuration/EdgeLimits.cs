namespace S3Cassandra.S3Server.Configuration;

/// <summary>What one client may take of the server (shared goals: a legal maximum works, a flood does not).</summary>
internal sealed record EdgeLimits
{
    /// <summary>A key of 1,024 bytes percent-encoded beside a session token in a presigned URL needs 8 KiB and more.</summary>
    public int RequestLineBytes { get; init; } = 16 * 1024;

    public int HeaderBytes { get; init; } = 32 * 1024;

    public int HeaderCount { get; init; } = 512;

    /// <summary>What a connection buffers of a request's body before it stops reading.</summary>
    public int RequestBufferBytes { get; init; } = 128 * 1024;

    /// <summary>
    /// How much of a response over TLS or HTTP/2 waits for a slow reader, to which a piece of 128 KiB may be added: slow readers hold this
    /// each, outside the pool of chunks. Over plain HTTP/1.1 they hold one piece (the socket's limit is 64 KiB, and it waits for no more).
    /// </summary>
    public int ResponseBufferBytes { get; init; } = 128 * 1024;

    public TimeSpan HeaderTime { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan IdleTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes a second below which a body is cut, after <see cref="SlowBodyGrace"/>. Counted only while we want to read or write.</summary>
    public double MinBodyRate { get; init; } = 1024;

    public TimeSpan SlowBodyGrace { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Streams of one HTTP/2 connection.</summary>
    public int Http2Streams { get; init; } = 100;

    /// <summary>Connections at once; null: as many as the system gives.</summary>
    public long? Connections { get; init; }

    /// <summary>
    /// Requests answered at once, those included that wait for a slow client; more get 503 SlowDown. Room for some thousand slow clients
    /// beside what two cores answer at a time.
    /// </summary>
    public int Requests { get; init; } = 4096;

    /// <summary>What is read of a body after its request was refused.</summary>
    public long DrainBytes { get; init; } = 256L * 1024 * 1024;

    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(30);
}
