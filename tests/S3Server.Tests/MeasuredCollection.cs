namespace S3Cassandra.S3Server.Tests;

/// <summary>Tests of what this process allocates: alone, when the others are done, for what those allocate counts too.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredCollection
{
    public const string Name = "Measured";
}
