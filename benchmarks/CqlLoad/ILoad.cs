namespace S3Cassandra.CqlLoad;

/// <summary>One kind of request, sent over and over.</summary>
internal interface ILoad
{
    int DefaultInFlight { get; }

    /// <summary>Bytes of payload that one request moves; zero where requests are what counts.</summary>
    long BytesPerRequest { get; }

    Task PrepareAsync(CancellationToken token);

    /// <summary>One request. The number is unique over the whole run.</summary>
    ValueTask RunAsync(long number, CancellationToken token);
}
